package engine

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
)

// session runs statements on one connection to PostgreSQL.
type session struct {
	on     *pgx.Conn
	limit  context.Context    // context of all statements on the connection
	before func(query string) // called before a statement that writes; nil for a read-only session
	writes bool               // in a transaction, whose BEGIN is sent with its first statement
	begun  bool               // whether BEGIN was sent
	failed error              // error of the first statement that failed; the transaction is then lost
}

// because returns the reason why a transaction failed. The error of a statement says
// more than the error that the caller derived from it.
func (s *session) because(err error) error {
	if s.failed != nil && !errors.Is(err, s.failed) {
		return errors.Join(s.failed, err)
	}
	return err
}

// Exec runs a statement and returns the number of rows that it changed.
func (s *session) Exec(ctx context.Context, query string, args ...any) (touched int64, err error) {
	err = s.run(ctx, query, args, func(rows pgx.Rows) error {
		rows.Close()
		touched = rows.CommandTag().RowsAffected()
		return rows.Err()
	})
	return touched, err
}

// One reads a single row.
func (s *session) One(ctx context.Context, scan func(Row) error, query string, args ...any) error {
	found := false
	err := s.run(ctx, query, args, func(rows pgx.Rows) error {
		if found = rows.Next(); !found {
			return rows.Err()
		}
		if err := scan(rows); err != nil {
			return err
		}
		rows.Close()
		return rows.Err()
	})
	if err == nil && !found {
		return sql.ErrNoRows
	}
	return err
}

// All reads every row. An error of scan ends the reading; the transaction goes on.
func (s *session) All(ctx context.Context, scan func(Row) error, query string, args ...any) (err error) {
	var refused error
	err = s.run(ctx, query, args, func(rows pgx.Rows) error {
		for rows.Next() {
			if refused = scan(rows); refused != nil {
				return nil
			}
		}
		return rows.Err()
	})
	if err == nil {
		err = refused
	}
	return err
}

// run sends a statement and passes its rows to read.
func (s *session) run(ctx context.Context, query string, args []any, read func(pgx.Rows) error) error {
	if err := s.ready(ctx, query, args); err != nil {
		return err
	}
	if s.writes && !s.begun {
		return s.fail(s.first(query, args, read))
	}
	rows, err := s.on.Query(s.limit, query, args...)
	if err != nil {
		return s.fail(err)
	}
	defer rows.Close()
	return s.fail(read(rows))
}

// first sends BEGIN together with the first statement of a transaction, which
// saves a round trip.
func (s *session) first(query string, args []any, read func(pgx.Rows) error) (err error) {
	s.begun = true
	batch := &pgx.Batch{}
	batch.Queue(begin)
	batch.Queue(query, args...)
	results := s.on.SendBatch(s.limit, batch)
	defer func() {
		if closed := results.Close(); err == nil {
			err = closed
		}
	}()
	if _, err := results.Exec(); err != nil {
		return err
	}
	rows, err := results.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	return read(rows)
}

// rollback ends an uncommitted transaction. It returns no error: after a failure the
// connection is closed, and with it the transaction.
func (s *session) rollback() {
	if s.begun && !s.on.IsClosed() {
		_, _ = s.on.Exec(s.limit, "ROLLBACK")
	}
}

// ready reports whether a statement may be sent. A caller that cancels loses the
// whole transaction, even if it ignores the error: half a transaction is never
// committed.
func (s *session) ready(ctx context.Context, query string, args []any) error {
	if err := ctx.Err(); err != nil {
		return s.fail(err)
	}
	if err := checkTexts(args); err != nil {
		return err
	}
	if s.writes && !s.begun {
		s.before("BEGIN")
	}
	if s.writes && !reads(query) {
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

// Locked locks rows against transactions that would write or lock them. Others can
// still refer to the rows, because their keys do not change.
func (s *session) Locked(query string) string {
	if !s.writes {
		return query
	}
	return query + " FOR NO KEY UPDATE"
}

// SkipLocked is Locked, but skips locked rows.
func (s *session) SkipLocked(query string) string {
	if !s.writes {
		return query
	}
	return s.Locked(query) + " SKIP LOCKED"
}
