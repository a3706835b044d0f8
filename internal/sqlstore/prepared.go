package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// preparer is a pool or one connection.
type preparer interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// prepared keeps each statement prepared, for SQLite. The texts are constants
// of this package, so there are few.
type prepared struct {
	on preparer

	mu    sync.RWMutex
	known map[string]*sql.Stmt
}

func newPrepared(on preparer) *prepared {
	return &prepared{on: on, known: map[string]*sql.Stmt{}}
}

func (s *prepared) get(ctx context.Context, query string) (*sql.Stmt, error) {
	s.mu.RLock()
	stmt := s.known[query]
	s.mu.RUnlock()
	if stmt != nil {
		return stmt, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if stmt := s.known[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := s.on.PrepareContext(ctx, query)
	if err == nil {
		s.known[query] = stmt
	}
	return stmt, err
}

func (s *prepared) exec(ctx context.Context, query string, args ...any) (int64, error) {
	if err := keepable(args); err != nil {
		return 0, err
	}
	stmt, err := s.get(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// close gives back every statement.
func (s *prepared) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	for _, stmt := range s.known {
		err = errors.Join(err, stmt.Close())
	}
	clear(s.known)
	return err
}

// locked leaves a query as it is: nobody else writes.
func (s *prepared) locked(query string) string { return query }
func (s *prepared) free(query string) string   { return query }

// one is not interrupted once begun: watching the context would take longer
// than the reading.
func (s *prepared) one(ctx context.Context, scan func(scanner) error, query string, args ...any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := keepable(args); err != nil {
		return err
	}
	ctx = context.Background()
	stmt, err := s.get(ctx, query)
	if err != nil {
		return err
	}
	return scan(stmt.QueryRowContext(ctx, args...))
}

func (s *prepared) all(ctx context.Context, scan func(scanner) error, query string, args ...any) (err error) {
	if err := keepable(args); err != nil {
		return err
	}
	stmt, err := s.get(ctx, query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
