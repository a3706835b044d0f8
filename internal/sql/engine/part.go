package engine

import (
	"context"
	"database/sql"
	"errors"

	"github.com/selasar/selasar/internal/sql/sqlite"
)

// part runs the statements of one job of SQLite's writer.
//
// A caller's cancellation does not interrupt them: SQLite would roll back the whole
// transaction, which other jobs share.
type part struct {
	run     lone
	before  func(query string) // called before a statement that writes; may be nil
	changed bool               // whether a statement that writes was sent
	failed  error              // error of the first statement that failed
}

func (p *part) Exec(_ context.Context, query string, args ...any) (int64, error) {
	if err := p.ready(query, args); err != nil {
		return 0, err
	}
	n, err := p.run.exec(query, args)
	return n, p.fail(err)
}

func (p *part) One(_ context.Context, scan func(Row) error, query string, args ...any) error {
	if err := p.ready(query, args); err != nil {
		return err
	}
	return p.fail(p.run.one(scan, query, args))
}

func (p *part) All(_ context.Context, scan func(Row) error, query string, args ...any) error {
	if err := p.ready(query, args); err != nil {
		return err
	}
	return p.fail(p.run.all(context.Background(), scan, query, args))
}

// ready refuses a statement after a failed one: SQLite may have rolled the
// transaction back, and a later statement would be committed without the rest.
func (p *part) ready(query string, args []any) error {
	if p.failed != nil {
		return p.failed
	}
	if err := checkTexts(args); err != nil || reads(query) {
		return err
	}
	if p.before != nil {
		p.before(query)
	}
	p.changed = true
	return nil
}

func (p *part) fail(err error) error {
	if err != nil && p.failed == nil && !errors.Is(err, sql.ErrNoRows) {
		p.failed = err
	}
	return err
}

// Locked returns the query unchanged: only one transaction writes.
func (p *part) Locked(query string) string { return query }

// SkipLocked returns the query unchanged.
func (p *part) SkipLocked(query string) string { return query }

// lone runs statements on one connection to SQLite. Each stays prepared.
type lone struct{ on *sqlite.Conn }

func (l lone) exec(query string, args []any) (int64, error) { return l.on.Exec(query, args...) }

func (l lone) one(scan func(Row) error, query string, args []any) error {
	stmt, err := l.on.Query(query, args...)
	if err != nil {
		return err
	}
	defer stmt.Close()
	found, err := stmt.Next()
	if err != nil {
		return err
	}
	if !found {
		return sql.ErrNoRows
	}
	return scan(stmt)
}

// all reads every row, until ctx is cancelled.
func (l lone) all(ctx context.Context, scan func(Row) error, query string, args []any) error {
	stmt, err := l.on.Query(query, args...)
	if err != nil {
		return err
	}
	defer stmt.Close()
	for {
		more, err := stmt.Next()
		if cancelled := ctx.Err(); cancelled != nil {
			return cancelled
		}
		if err != nil || !more {
			return err
		}
		if err := scan(stmt); err != nil {
			return err
		}
	}
}
