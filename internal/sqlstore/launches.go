package sqlstore

import (
	"context"
	"strings"

	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/sql/engine"
)

type launches struct{ tx *Tx }

func (launches) tables() []string { return []string{"launches"} }

func (s launches) Insert(ctx context.Context, l launch.Launch) error {
	_, err := s.tx.run.Exec(ctx, `INSERT INTO launches (id, mini_app_id, user_id, path, state, reason, missing, created_at, ended_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, l.ID, l.MiniAppID, l.UserID, l.Path, l.State, l.Reason, joined(l.Missing), l.CreatedAt, l.EndedAt)
	return err
}

func (s launches) Get(ctx context.Context, id string) (launch.Launch, error) {
	return get(s.tx, s.tx.db.recent.launches, id, func() (l launch.Launch, err error) {
		var missing string
		err = s.tx.run.One(ctx, func(row engine.Row) error {
			return row.Scan(&l.ID, &l.MiniAppID, &l.UserID, &l.Path, &l.State, &l.Reason, &missing, &l.CreatedAt, &l.EndedAt)
		}, s.tx.run.Locked(`SELECT id, mini_app_id, user_id, path, state, reason, missing, created_at, ended_at FROM launches WHERE id = $1`), id)
		l.Missing = split(missing)
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
	_, err = s.tx.run.Exec(ctx, `UPDATE launches SET state = $1, reason = $2, missing = $3, ended_at = $4 WHERE id = $5`,
		l.State, l.Reason, joined(l.Missing), l.EndedAt, id)
	return err
}

// joined returns the names of consents, separated by spaces. No name contains one.
func joined(names []event.ConsentName) string {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = string(name)
	}
	return strings.Join(texts, " ")
}

func split(text string) (names []event.ConsentName) {
	for name := range strings.FieldsSeq(text) {
		names = append(names, event.ConsentName(name))
	}
	return names
}
