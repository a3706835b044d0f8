package sqlstore

import (
	"context"

	"github.com/selasar/selasar/internal/apikey"
	"github.com/selasar/selasar/internal/sql/engine"
	"github.com/selasar/selasar/internal/store"
)

type apiKeys struct{ tx *Tx }

func (apiKeys) tables() []string { return []string{"api_keys"} }

const apiKeyColumns = `id, name, role, scopes, hash, created_at, expires_at, revoked_at, used_at, created_by`

func (s apiKeys) Insert(ctx context.Context, k apikey.Key) error {
	_, err := s.tx.run.Exec(ctx, `INSERT INTO api_keys (`+apiKeyColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		k.ID, k.Name, k.Role, spaced(k.Scopes), k.Hash, k.CreatedAt, k.ExpiresAt, k.RevokedAt, k.UsedAt, k.CreatedBy)
	return err
}

func (s apiKeys) Get(ctx context.Context, id string) (apikey.Key, error) {
	return get(s.tx, s.tx.db.recent.apiKeys, id, func() (k apikey.Key, err error) {
		err = s.tx.run.One(ctx, readAPIKey(&k), s.tx.run.Locked(`SELECT `+apiKeyColumns+` FROM api_keys WHERE id = $1`), id)
		return k, orElse(err, func() error { return apikey.Unknown(id) })
	})
}

func (s apiKeys) List(ctx context.Context, p store.Page) (list []apikey.Key, err error) {
	query, args := newest(p, `SELECT `+apiKeyColumns+` FROM api_keys WHERE true`)
	err = s.tx.run.All(ctx, func(row engine.Row) error {
		var k apikey.Key
		err := readAPIKey(&k)(row)
		list = append(list, k)
		return err
	}, query, args...)
	return list, err
}

func (s apiKeys) Change(ctx context.Context, id string, fn func(*apikey.Key) error) error {
	k, err := s.Get(ctx, id)
	if err != nil {
		return err
	}
	if err := fn(&k); err != nil {
		return err
	}
	s.tx.db.recent.apiKeys.change(id)
	_, err = s.tx.run.Exec(ctx, `UPDATE api_keys SET expires_at = $1, revoked_at = $2, used_at = $3 WHERE id = $4`, k.ExpiresAt, k.RevokedAt, k.UsedAt, id)
	return err
}

// Owners locks the rows in the order of their ids, as every caller does.
func (s apiKeys) Owners(ctx context.Context, now int64) (n int, err error) {
	err = s.tx.run.All(ctx, func(row engine.Row) error {
		n++
		var id string
		return row.Scan(&id)
	}, s.tx.run.Locked(`SELECT id FROM api_keys WHERE role = $1 AND scopes = '' AND expires_at = 0 AND (revoked_at = 0 OR revoked_at > $2) ORDER BY id`), apikey.Owner, now)
	return n, err
}

func readAPIKey(k *apikey.Key) func(engine.Row) error {
	return func(row engine.Row) error {
		var scopes string
		err := row.Scan(&k.ID, &k.Name, &k.Role, &scopes, &k.Hash, &k.CreatedAt, &k.ExpiresAt, &k.RevokedAt, &k.UsedAt, &k.CreatedBy)
		k.Scopes = unspaced[apikey.Scope](scopes)
		return err
	}
}
