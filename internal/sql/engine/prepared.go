package engine

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

// prepared runs statements on SQLite and caches each prepared one. The texts are
// constants of the program, so they are few.
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
	stmt, err := s.on.PrepareContext(ctx, ordinal(query))
	if err == nil {
		s.known[query] = stmt
	}
	return stmt, err
}

// close closes every statement.
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

// Exec runs a statement; a read-only connection refuses a statement that writes.
func (s *prepared) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	if err := checkTexts(args); err != nil {
		return 0, err
	}
	return s.exec(ctx, query, args)
}

// One cannot be interrupted after its start: watching the context would take longer
// than the read.
func (s *prepared) One(ctx context.Context, scan func(Row) error, query string, args ...any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := checkTexts(args); err != nil {
		return err
	}
	return s.one(context.Background(), scan, query, args)
}

// All reads every row.
func (s *prepared) All(ctx context.Context, scan func(Row) error, query string, args ...any) (err error) {
	if err := checkTexts(args); err != nil {
		return err
	}
	return s.all(ctx, scan, query, args)
}

func (s *prepared) exec(ctx context.Context, query string, args []any) (int64, error) {
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

func (s *prepared) one(ctx context.Context, scan func(Row) error, query string, args []any) error {
	stmt, err := s.get(ctx, query)
	if err != nil {
		return err
	}
	return scan(stmt.QueryRowContext(ctx, args...))
}

func (s *prepared) all(ctx context.Context, scan func(Row) error, query string, args []any) error {
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

// Locked returns the query unchanged: only one transaction writes.
func (s *prepared) Locked(query string) string { return query }

// SkipLocked returns the query unchanged.
func (s *prepared) SkipLocked(query string) string { return query }
