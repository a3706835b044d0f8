package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sql/engine"
)

// ErrForeign is the error of a database that belongs to another master key.
var ErrForeign = engine.ErrForeign

// root returns the root key of a database: the key from which everything is derived. A
// wrapped database has a root key of its own, encrypted with the master key, so that the
// master key can change. In others, the master key is the root key.
func (o Options) root(ctx context.Context, e engine.Engine) (*secret.Key, error) {
	sealed, err := readBytes(ctx, e, `SELECT sealed FROM root_key WHERE id = 1`)
	if err == nil && sealed == nil && o.Wrapped {
		sealed, err = o.wrap(ctx, e)
	}
	if err != nil || sealed == nil {
		return o.Key, err
	}
	key, err := o.Key.Unwrap(sealed)
	if err != nil && o.Previous != nil {
		if key, err = o.Previous.Unwrap(sealed); err == nil {
			err = e.Write(ctx, func(run engine.Statements) error { return putRoot(ctx, run, o.Key.Wrap(key)) }, func() {})
		}
	}
	if errors.Is(err, secret.ErrOtherKey) {
		err = ErrForeign
	}
	return key, err
}

// wrap stores the root key of a database: a new one, or for a database that belongs to the master
// key already, that key. It returns the row, which another process may have written first.
func (o Options) wrap(ctx context.Context, e engine.Engine) ([]byte, error) {
	proof, err := readBytes(ctx, e, `SELECT proof FROM master_key WHERE id = 1`)
	if err != nil {
		return nil, err
	}
	first := secret.Random()
	if proof != nil {
		first = o.Key // engine.Open checks it
	}
	err = e.Write(ctx, func(run engine.Statements) error {
		_, err := run.Exec(ctx, `INSERT INTO root_key (id, sealed) VALUES (1, $1) ON CONFLICT (id) DO NOTHING`, o.Key.Wrap(first))
		return err
	}, func() {})
	if err != nil {
		return nil, err
	}
	return readBytes(ctx, e, `SELECT sealed FROM root_key WHERE id = 1`)
}

func putRoot(ctx context.Context, run engine.Statements, sealed []byte) error {
	_, err := run.Exec(ctx, `UPDATE root_key SET sealed = $1 WHERE id = 1`, sealed)
	return err
}

// readBytes returns the only column of one row; nil without the row.
func readBytes(ctx context.Context, e engine.Engine, query string) (data []byte, err error) {
	err = e.Reads().One(ctx, func(row engine.Row) error { return row.Scan(&data) }, query)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return data, err
}

// Key returns the root key.
func (db *DB) Key() *secret.Key { return db.options.Key }

// PutMasterKey changes the master key of a wrapped database, in the transaction of its
// audit entry. What is derived from the root key stays.
func (tx *Tx) PutMasterKey(ctx context.Context, next *secret.Key) error {
	return putRoot(ctx, tx.run, next.Wrap(tx.db.options.Key))
}
