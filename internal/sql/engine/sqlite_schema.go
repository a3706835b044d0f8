package engine

import (
	"context"
	"database/sql"
)

// sqliteSchema migrates a SQLite file. A transaction takes the write lock when it
// begins; that is the lock for migrations.
type sqliteSchema struct{ db *sql.DB }

func (s sqliteSchema) prepare(context.Context) error            { return nil }
func (s sqliteSchema) tables(ctx context.Context) (int, error)  { return sqliteTables(ctx, s.db) }
func (s sqliteSchema) version(ctx context.Context) (int, error) { return sqliteVersion(ctx, s.db) }

func (s sqliteSchema) transact(ctx context.Context, fn func(step) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(sqliteStep{tx}); err != nil {
		_ = tx.Rollback() // its error adds nothing to err
		return err
	}
	return tx.Commit()
}

type sqliteStep struct{ tx *sql.Tx }

func (s sqliteStep) tables(ctx context.Context) (int, error)  { return sqliteTables(ctx, s.tx) }
func (s sqliteStep) version(ctx context.Context) (int, error) { return sqliteVersion(ctx, s.tx) }

func (s sqliteStep) run(ctx context.Context, text string) error {
	_, err := s.tx.ExecContext(ctx, text)
	return err
}

// asker is a database or a transaction.
type asker interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func sqliteTables(ctx context.Context, on asker) (n int, err error) {
	err = on.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_versions'`).Scan(&n)
	return n, err
}

func sqliteVersion(ctx context.Context, on asker) (n int, err error) {
	err = on.QueryRowContext(ctx, versionQuery).Scan(&n)
	return n, err
}
