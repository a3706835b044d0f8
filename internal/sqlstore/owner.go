package sqlstore

import (
	"context"
	"database/sql"
	"errors"
)

// ownership is what the proof of the master key is sealed for.
const ownership = "whose database this is"

// own ties an empty database to its master key, and refuses one that belongs
// to another: nothing that is sealed there could be read. The folder of a
// master key is held by one process, so that no two of them share a database
// by accident, wherever it is.
func (db *DB) own(ctx context.Context) error {
	proof, err := db.proof(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		err = db.Write(ctx, func(tx *Tx) error {
			_, err := tx.run.exec(ctx, `INSERT INTO master_key (id, proof) VALUES (1, $1) ON CONFLICT (id) DO NOTHING`,
				db.options.Key.Encrypt(ownership, ownership))
			return err
		})
		if err == nil {
			proof, err = db.proof(ctx)
		}
	}
	if err != nil {
		return err
	}
	if text, err := db.options.Key.Decrypt(proof, ownership); err != nil || text != ownership {
		return errForeign
	}
	return nil
}

func (db *DB) proof(ctx context.Context) (proof []byte, err error) {
	err = db.reads.one(ctx, func(row scanner) error { return row.Scan(&proof) }, `SELECT proof FROM master_key WHERE id = 1`)
	return proof, err
}
