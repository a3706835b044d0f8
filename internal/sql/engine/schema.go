package engine

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// sqliteSchema migrates a SQLite file. A transaction takes the write lock when it
// begins; that is the lock for migrations.
type sqliteSchema struct{ lone }

func (s sqliteSchema) prepare(context.Context) error { return nil }

func (s sqliteSchema) tables(context.Context) (n int, err error) {
	err = read(s.on, `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_versions'`, &n)
	return n, err
}

func (s sqliteSchema) version(context.Context) (n int, err error) {
	err = read(s.on, versionQuery, &n)
	return n, err
}

func (s sqliteSchema) transact(_ context.Context, fn func(step) error) error {
	if err := s.on.Script("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := fn(s); err != nil {
		_ = s.on.Script("ROLLBACK") // its error adds nothing to err
		return err
	}
	return s.on.Script("COMMIT")
}

func (s sqliteSchema) run(_ context.Context, text string) error { return s.on.Script(text) }

// postgresSchema migrates a PostgreSQL database. Its lock is a row of a table,
// because some servers with the protocol have no advisory locks.
type postgresSchema struct{ pool *pgxpool.Pool }

// prepare is retried: two processes that create one table concurrently can both fail.
func (s postgresSchema) prepare(ctx context.Context) error {
	return retry(ctx, func() error {
		if _, err := s.pool.Exec(ctx, `CREATE TABLE IF NOT EXISTS schema_lock (id BIGINT PRIMARY KEY)`); err != nil {
			return err
		}
		_, err := s.pool.Exec(ctx, `INSERT INTO schema_lock (id) VALUES (1) ON CONFLICT (id) DO NOTHING`)
		return err
	})
}

func (s postgresSchema) tables(ctx context.Context) (int, error) { return postgresTables(ctx, s.pool) }

func (s postgresSchema) version(ctx context.Context) (int, error) {
	return postgresVersion(ctx, s.pool)
}

func (s postgresSchema) transact(ctx context.Context, fn func(step) error) error {
	return pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.ReadCommitted}, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT id FROM schema_lock WHERE id = 1 FOR UPDATE`); err != nil {
			return err
		}
		return fn(postgresStep{tx})
	})
}

type postgresStep struct{ tx pgx.Tx }

func (s postgresStep) tables(ctx context.Context) (int, error)  { return postgresTables(ctx, s.tx) }
func (s postgresStep) version(ctx context.Context) (int, error) { return postgresVersion(ctx, s.tx) }

func (s postgresStep) run(ctx context.Context, text string) error {
	_, err := s.tx.Exec(ctx, text)
	return err
}

// rower is a pool or a transaction.
type rower interface {
	QueryRow(ctx context.Context, query string, args ...any) pgx.Row
}

func postgresTables(ctx context.Context, on rower) (n int, err error) {
	err = on.QueryRow(ctx, `SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'schema_versions'`).Scan(&n)
	return n, err
}

func postgresVersion(ctx context.Context, on rower) (n int, err error) {
	err = on.QueryRow(ctx, versionQuery).Scan(&n)
	return n, err
}
