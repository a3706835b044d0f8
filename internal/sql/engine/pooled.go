package engine

import (
	"context"
	"errors"
)

var errReadOnly = errors.New("this side of the database only reads")

// pooled runs each statement on a connection of the pool that reads.
type pooled struct{ p *postgres }

// with borrows a connection for one statement. No caller waits for a second
// connection while it has one, so there is no deadlock.
func (r pooled) with(ctx context.Context, run func(*session) error) error {
	return retry(ctx, func() error {
		conn, limit, release, err := borrow(ctx, r.p.reading)
		if err != nil {
			return err
		}
		defer release()
		s := &session{on: conn.Conn(), limit: limit}
		err = run(s)
		if s.failed != nil {
			err = r.p.failure(conn, limit, err)
		}
		return err
	})
}

// Exec refuses: statements that write need a transaction.
func (r pooled) Exec(context.Context, string, ...any) (int64, error) { return 0, errReadOnly }

// One reads a single row.
func (r pooled) One(ctx context.Context, scan func(Row) error, query string, args ...any) error {
	return r.with(ctx, func(s *session) error { return s.One(ctx, scan, query, args...) })
}

// All reads every row. It is not retried once scan has seen a row.
func (r pooled) All(ctx context.Context, scan func(Row) error, query string, args ...any) error {
	begun := false
	return r.with(ctx, func(s *session) error {
		err := s.All(ctx, func(row Row) error { begun = true; return scan(row) }, query, args...)
		if begun && err != nil {
			return final{err}
		}
		return err
	})
}

// Locked returns the query unchanged: no decision follows it.
func (r pooled) Locked(query string) string { return query }

// SkipLocked returns the query unchanged.
func (r pooled) SkipLocked(query string) string { return query }
