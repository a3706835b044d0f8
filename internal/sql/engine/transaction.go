package engine

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// begin forces READ COMMITTED, whatever the server's default is: after a wait for a
// lock, a statement must see what the previous holder has committed.
const begin = "BEGIN ISOLATION LEVEL READ COMMITTED"

// Write runs fn until it commits, fails with a final error, or has used all attempts.
func (p *postgres) Write(ctx context.Context, fn func(Statements) error, committed func()) error {
	err := retry(ctx, func() error { return p.once(ctx, fn) })
	if err == nil {
		committed()
	}
	return err
}

// once runs fn in one transaction. A caller's cancellation ends it before its next
// statement.
func (p *postgres) once(ctx context.Context, fn func(Statements) error) error {
	conn, limit, release, err := borrow(ctx, p.writing)
	if err != nil {
		return err
	}
	defer release() // a connection that is still in a transaction is closed
	before := p.options.OnStatement
	if before == nil {
		before = func(string) {}
	}
	s := &session{on: conn.Conn(), limit: limit, before: before, writes: true}
	if err := guarded(fn, s); err != nil || s.failed != nil {
		err = s.because(err)
		if s.failed != nil {
			err = p.failure(conn, limit, err)
		}
		s.rollback()
		return err
	}
	if !s.begun {
		return nil // no statement was sent
	}
	before("COMMIT")
	return committing(commit(limit, conn))
}

// commit returns errUnsent only if nothing was sent. SafeToRetry of pgconn does not
// prove that: if a connection breaks during the wait for the response, it reports
// that the connection was closed before.
func commit(limit context.Context, conn *pgxpool.Conn) error {
	on := conn.Conn().PgConn()
	if on.IsClosed() {
		return errUnsent
	}
	if err := limit.Err(); err != nil {
		_ = on.Close(context.WithoutCancel(limit)) // this also ends the transaction
		return final{fmt.Errorf("%w (%w)", errSlow, err)}
	}
	results, err := on.Exec(limit, "COMMIT").ReadAll()
	if n := len(results); err == nil && n > 0 && results[n-1].CommandTag.String() == "ROLLBACK" {
		err = fmt.Errorf("%w: one of its statements had failed", errLost)
	}
	return err
}

var errUnsent = errors.New("the connection was closed before the commit was sent")

// committing translates a failed commit. Unless the server itself refused it, the
// commit may have happened, and must not be retried.
func committing(err error) error {
	if err == nil || errors.Is(err, errLost) {
		return err
	}
	if _, ok := errors.AsType[final](err); ok {
		return err
	}
	if told, ok := errors.AsType[*pgconn.PgError](err); ok && !fatal(told) {
		return err
	}
	if errors.Is(err, errUnsent) {
		return fmt.Errorf("%w (%w)", errGone, err)
	}
	return final{fmt.Errorf("%w (%w)", errUnsure, err)}
}
