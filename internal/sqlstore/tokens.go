package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/sql/engine"
)

type tokens struct{ run engine.Statements }

func (tokens) tables() []string { return []string{"auth_tokens"} }

func (s tokens) Insert(ctx context.Context, t login.Token) (bool, error) {
	n, err := s.run.Exec(ctx, `INSERT INTO auth_tokens (id, mini_app_id, user_id, launch_id, secret_hash, created_at, revoked_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`,
		t.ID, t.MiniAppID, t.UserID, t.LaunchID, t.SecretHash, t.CreatedAt, t.RevokedAt)
	return n == 1, err
}

func (s tokens) Get(ctx context.Context, id string) (t login.Token, found bool, err error) {
	err = s.run.One(ctx, func(row engine.Row) error {
		return row.Scan(&t.ID, &t.MiniAppID, &t.UserID, &t.LaunchID, &t.SecretHash, &t.CreatedAt, &t.RevokedAt)
	}, `SELECT id, mini_app_id, user_id, launch_id, secret_hash, created_at, revoked_at FROM auth_tokens WHERE id = $1`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return login.Token{}, false, nil
	}
	return t, err == nil, err
}

func (s tokens) Revoke(ctx context.Context, id string, now int64) error {
	_, err := s.run.Exec(ctx, `UPDATE auth_tokens SET revoked_at = $1 WHERE id = $2 AND revoked_at = 0`, now, id)
	return err
}

type bankTokens struct{ run engine.Statements }

func (bankTokens) tables() []string { return []string{"bank_tokens"} }

func (s bankTokens) Insert(ctx context.Context, id, miniAppID, userID string, now int64) (bool, error) {
	n, err := s.run.Exec(ctx, `INSERT INTO bank_tokens (id, mini_app_id, user_id, spent_at)
		VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING`, id, miniAppID, userID, now)
	return n == 1, err
}
