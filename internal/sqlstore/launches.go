package sqlstore

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/sql/engine"
)

type launches struct{ tx *Tx }

func (launches) tables() []string { return []string{"launches"} }

func (s launches) Insert(ctx context.Context, l launch.Launch) error {
	device, err := deviceText(l)
	if err != nil {
		return err
	}
	_, err = s.tx.run.Exec(ctx, `INSERT INTO launches (id, mini_app_id, user_id, path, state, reason, missing, created_at, ended_at, device)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, l.ID, l.MiniAppID, l.UserID, l.Path, l.State, l.Reason, spaced(l.Missing), l.CreatedAt, l.EndedAt, device)
	return err
}

func (s launches) Get(ctx context.Context, id string) (launch.Launch, error) {
	return get(s.tx, s.tx.db.recent.launches, id, func() (l launch.Launch, err error) {
		err = s.tx.run.One(ctx, readLaunch(&l), s.tx.run.Locked(`SELECT `+launchColumns+` FROM launches WHERE id = $1`), id)
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
		l.State, l.Reason, spaced(l.Missing), l.EndedAt, id)
	return err
}

const launchColumns = `id, mini_app_id, user_id, path, state, reason, missing, created_at, ended_at, device`

func readLaunch(l *launch.Launch) func(engine.Row) error {
	return func(row engine.Row) error {
		var missing, device string
		err := row.Scan(&l.ID, &l.MiniAppID, &l.UserID, &l.Path, &l.State, &l.Reason, &missing, &l.CreatedAt, &l.EndedAt, &device)
		l.Missing = unspaced[event.ConsentName](missing)
		if err != nil || device == "" {
			return err
		}
		return json.Unmarshal([]byte(device), &l.Device)
	}
}

// deviceText returns the device of a launch as JSON, or an empty text for none.
func deviceText(l launch.Launch) (string, error) {
	if l.Device == nil {
		return "", nil
	}
	data, err := json.Marshal(l.Device)
	return string(data), err
}

// spaced returns names without spaces as one text, separated by spaces.
func spaced[T ~string](names []T) string {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = string(name)
	}
	return strings.Join(texts, " ")
}

// unspaced returns the names in a text of spaced.
func unspaced[T ~string](text string) (names []T) {
	for name := range strings.FieldsSeq(text) {
		names = append(names, T(name))
	}
	return names
}
