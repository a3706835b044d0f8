package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/selasar/selasar/internal/sql/engine"
)

type settings struct{ run engine.Statements }

func (settings) tables() []string { return []string{"settings"} }

func (s settings) Get(ctx context.Context, name string) (value string, found bool, err error) {
	err = s.run.One(ctx, func(row engine.Row) error { return row.Scan(&value) },
		`SELECT value FROM settings WHERE name = $1`, name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return value, err == nil, err
}

func (s settings) Put(ctx context.Context, name, value string) error {
	_, err := s.run.Exec(ctx, `INSERT INTO settings (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}
