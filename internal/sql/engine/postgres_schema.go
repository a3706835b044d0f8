package engine

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

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
