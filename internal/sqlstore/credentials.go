package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/sql/engine"
)

type credentials struct{ tx *Tx }

// A reset keeps credentials, because the mini app's command continues to use its
// current ones.
func (credentials) tables() []string { return nil }

const credentialColumns = `mini_app_id, generation, private_key, notify_key, previous, previous_until, made_at`

func (s credentials) Insert(ctx context.Context, r credential.Record) error {
	s.tx.db.recent.credentials.change(r.MiniAppID)
	_, err := s.tx.run.Exec(ctx, `INSERT INTO credentials (`+credentialColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (mini_app_id) DO NOTHING`,
		r.MiniAppID, r.Generation, r.PrivateKey, r.NotifyKey, append([]byte{}, r.Previous...), r.PreviousUntil, r.MadeAt)
	return err
}

func (s credentials) Get(ctx context.Context, miniAppID string) (credential.Record, bool, error) {
	r, err := get(s.tx, s.tx.db.recent.credentials, miniAppID, func() (r credential.Record, err error) {
		err = s.tx.run.One(ctx, func(row engine.Row) error {
			err := row.Scan(&r.MiniAppID, &r.Generation, &r.PrivateKey, &r.NotifyKey, &r.Previous, &r.PreviousUntil, &r.MadeAt)
			if len(r.Previous) == 0 {
				r.Previous = nil // drivers differ: nil or empty
			}
			return err
		}, s.tx.run.Locked(`SELECT `+credentialColumns+` FROM credentials WHERE mini_app_id = $1`), miniAppID)
		return r, err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return credential.Record{}, false, nil
	}
	return r, err == nil, err
}

func (s credentials) Change(ctx context.Context, miniAppID string, fn func(*credential.Record) error) error {
	r, found, err := s.Get(ctx, miniAppID)
	if err == nil && !found {
		err = sql.ErrNoRows
	}
	if err != nil {
		return err
	}
	if err := fn(&r); err != nil {
		return err
	}
	s.tx.db.recent.credentials.change(miniAppID)
	_, err = s.tx.run.Exec(ctx, `UPDATE credentials SET generation = $1, private_key = $2, notify_key = $3,
		previous = $4, previous_until = $5, made_at = $6 WHERE mini_app_id = $7`,
		r.Generation, r.PrivateKey, r.NotifyKey, append([]byte{}, r.Previous...), r.PreviousUntil, r.MadeAt, miniAppID)
	return err
}
