package sqlstore

import (
	"context"

	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/sql/engine"
)

type launches struct{ tx *Tx }

func (launches) tables() []string { return []string{"launches"} }

func (s launches) Insert(ctx context.Context, l launch.Launch) error {
	_, err := s.tx.run.Exec(ctx, `INSERT INTO launches (id, mini_app_id, user_id, path, state, reason, created_at, ended_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, l.ID, l.MiniAppID, l.UserID, l.Path, l.State, l.Reason, l.CreatedAt, l.EndedAt)
	return err
}

func (s launches) Get(ctx context.Context, id string) (launch.Launch, error) {
	return get(s.tx, s.tx.db.recent.launches, id, func() (l launch.Launch, err error) {
		err = s.tx.run.One(ctx, func(row engine.Row) error {
			return row.Scan(&l.ID, &l.MiniAppID, &l.UserID, &l.Path, &l.State, &l.Reason, &l.CreatedAt, &l.EndedAt)
		}, s.tx.run.Locked(`SELECT id, mini_app_id, user_id, path, state, reason, created_at, ended_at FROM launches WHERE id = $1`), id)
		return l, orElse(err, func() error { return launch.Unknown(id) })
	})
}

func (s launches) Change(ctx context.Context, id string, fn func(*launch.Launch) error) error {
	l, err := s.Get(ctx, id)
	if err != nil {
		return err
	}
	if err := fn(&l); err != nil {
		return err
	}
	s.tx.db.recent.launches.change(id)
	_, err = s.tx.run.Exec(ctx, `UPDATE launches SET state = $1, reason = $2, ended_at = $3 WHERE id = $4`,
		l.State, l.Reason, l.EndedAt, id)
	return err
}
