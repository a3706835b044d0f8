package engine

import (
	"context"
	"database/sql"

	"github.com/selasar/selasar/internal/sql/sqlite"
)

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
