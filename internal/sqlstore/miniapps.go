package sqlstore

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/sql/engine"
)

type miniApps struct{ tx *Tx }

func (miniApps) tables() []string { return []string{"mini_apps"} }

func (s miniApps) Put(ctx context.Context, a miniapp.App) error {
	data, err := json.Marshal(a)
	if err != nil {
		return err
	}
	s.tx.db.recent.miniApps.change(a.ID)
	_, err = s.tx.run.Exec(ctx, `INSERT INTO mini_apps (id, registration) VALUES ($1, $2)
		ON CONFLICT (id) DO UPDATE SET registration = excluded.registration`, a.ID, string(data))
	return err
}

func (s miniApps) Get(ctx context.Context, id string) (miniapp.App, error) {
	return get(s.tx, s.tx.db.recent.miniApps, id, func() (a miniapp.App, err error) {
		err = s.tx.run.One(ctx, readMiniApp(&a), `SELECT registration FROM mini_apps WHERE id = $1`, id)
		return a, orElse(err, func() error { return miniapp.Unknown(id) })
	})
}

func (s miniApps) List(ctx context.Context) (list []miniapp.App, err error) {
	err = s.tx.run.All(ctx, func(row engine.Row) error {
		var a miniapp.App
		err := readMiniApp(&a)(row)
		list = append(list, a)
		return err
	}, `SELECT registration FROM mini_apps`)
	slices.SortFunc(list, func(a, b miniapp.App) int { return strings.Compare(a.ID, b.ID) }) // databases sort texts differently
	return list, err
}

func readMiniApp(a *miniapp.App) func(engine.Row) error {
	return func(row engine.Row) error {
		var data string
		if err := row.Scan(&data); err != nil {
			return err
		}
		return json.Unmarshal([]byte(data), a)
	}
}
