package sqlstore

import (
	"context"
	"database/sql"
	"errors"
)

// session runs statements on one connection to PostgreSQL, which keeps them
// prepared (see wire).
type session struct {
	on interface {
		ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
		QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
		QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	}
	limit  context.Context    // of everything that is run on it
	before func(query string) // called before a statement that writes
	holds  bool               // whether locked queries lock
	failed error              // of the first statement that failed: the transaction is lost then
}

// because gives what a transaction failed of: an error of its statements says
// more than what the caller made of it.
func (s *session) because(err error) error {
	if s.failed != nil && !errors.Is(err, s.failed) {
		return errors.Join(s.failed, err)
	}
	return err
}

func (s *session) exec(ctx context.Context, query string, args ...any) (int64, error) {
	if err := s.ready(ctx, query, args); err != nil {
		return 0, err
	}
	result, err := s.on.ExecContext(s.limit, query, args...)
	if err != nil {
		return 0, s.fail(err)
	}
	return result.RowsAffected()
}

func (s *session) one(ctx context.Context, scan func(scanner) error, query string, args ...any) error {
	if err := s.ready(ctx, query, args); err != nil {
		return err
	}
	err := scan(s.on.QueryRowContext(s.limit, query, args...))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return s.fail(err)
	}
	return err
}

func (s *session) all(ctx context.Context, scan func(scanner) error, query string, args ...any) error {
	if err := s.ready(ctx, query, args); err != nil {
		return err
	}
	rows, err := s.on.QueryContext(s.limit, query, args...)
	if err != nil {
		return s.fail(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return s.fail(rows.Err())
}

// ready says whether a statement may be sent. A caller that has gone loses the
// whole transaction: half of it is never kept, whatever becomes of the error.
func (s *session) ready(ctx context.Context, query string, args []any) error {
	if err := ctx.Err(); err != nil {
		return s.fail(err)
	}
	if err := keepable(args); err != nil {
		return err
	}
	if s.before != nil && !reads(query) {
		s.before(query)
	}
	return nil
}

func (s *session) fail(err error) error {
	if err != nil && s.failed == nil {
		s.failed = err
	}
	return err
}

// locked holds rows against others who would write or hold them. It does not
// hold up those who refer to them: their keys do not change.
func (s *session) locked(query string) string {
	if !s.holds {
		return query
	}
	return query + " FOR NO KEY UPDATE"
}

func (s *session) free(query string) string {
	if !s.holds {
		return query
	}
	return s.locked(query) + " SKIP LOCKED"
}

// pooled runs each statement on whatever connection of a pool is free.
type pooled struct{ pool *sql.DB }

// with borrows a connection for one statement. None is held while waiting for
// another, so there is no circle to wait in.
func (p pooled) with(ctx context.Context, run func(*session) error) error {
	return persist(ctx, func() error {
		conn, limit, release, err := borrow(ctx, p.pool)
		if err != nil {
			return err
		}
		defer release()
		s := &session{on: conn, limit: limit, before: func(string) {}}
		err = run(s)
		if s.failed != nil {
			err = lost(conn, limit, err)
		}
		return err
	})
}

func (p pooled) exec(context.Context, string, ...any) (int64, error) {
	return 0, errReadOnly
}

func (p pooled) one(ctx context.Context, scan func(scanner) error, query string, args ...any) error {
	return p.with(ctx, func(s *session) error { return s.one(ctx, scan, query, args...) })
}

func (p pooled) all(ctx context.Context, scan func(scanner) error, query string, args ...any) error {
	begun := false
	return p.with(ctx, func(s *session) error {
		err := s.all(ctx, func(row scanner) error { begun = true; return scan(row) }, query, args...)
		if begun && err != nil {
			return last{err} // whoever scans has some rows already
		}
		return err
	})
}

func (p pooled) locked(query string) string { return query }
func (p pooled) free(query string) string   { return query }
