package engine

import (
	"context"
	"database/sql"
	"errors"

	"github.com/selasar/selasar/internal/secret"
)

// ownership is the text that the proof of the master key encrypts.
const ownership = "whose database this is"

// ErrForeign is the error of a database that belongs to another master key.
var ErrForeign = errors.New("it belongs to another master key than the one in this data folder; use the folder that it was made with, or another database")

// own binds an empty database to its master key. It refuses a database of another
// key, because that key could decrypt nothing in it. One process locks the folder of
// a master key, so two processes cannot share a database by accident.
func own(ctx context.Context, e Engine, key *secret.Key) error {
	proof, err := proof(ctx, e)
	if err != nil {
		return err
	}
	if proof == nil {
		if proof, err = claim(ctx, e, key); err != nil {
			return err
		}
	}
	if text, err := key.Decrypt(proof, ownership); err != nil || text != ownership {
		return ErrForeign
	}
	return nil
}

// claim writes the proof of a key, unless another process was first. It returns the
// proof in the database.
func claim(ctx context.Context, e Engine, key *secret.Key) ([]byte, error) {
	err := e.Write(ctx, func(run Statements) error {
		_, err := run.Exec(ctx, `INSERT INTO master_key (id, proof) VALUES (1, $1) ON CONFLICT (id) DO NOTHING`, key.Encrypt(ownership, ownership))
		return err
	}, func() {})
	if err != nil {
		return nil, err
	}
	return proof(ctx, e)
}

// proof returns the proof of the master key, nil if it does not exist.
func proof(ctx context.Context, e Engine) (proof []byte, err error) {
	err = e.Reads().One(ctx, func(row Row) error { return row.Scan(&proof) }, `SELECT proof FROM master_key WHERE id = 1`)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return proof, err
}

// probe writes the only row of the database that always exists, without changing it.
func probe(ctx context.Context, e Engine) error {
	return e.Write(ctx, func(run Statements) error {
		_, err := run.Exec(ctx, "UPDATE master_key SET id = id")
		return err
	}, func() {})
}

// Probe writes a row.
func (s *file) Probe(ctx context.Context) error { return probe(ctx, s) }

// Probe writes a row.
func (p *postgres) Probe(ctx context.Context) error { return probe(ctx, p) }
