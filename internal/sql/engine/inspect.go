package engine

import (
	"context"
	"errors"
	"fmt"
)

// Inspect connects to a database and returns the version of its schema, 0 for an empty
// database, and the newest version that this program knows. It changes nothing. It refuses
// what Open refuses, except a damaged file and another master key.
func Inspect(ctx context.Context, o Options) (have, want int, err error) {
	all, err := readMigrations(o.Migrations)
	if err != nil {
		return 0, 0, err
	}
	want = all[len(all)-1].version
	if o.URL != "" {
		have, err = inspectPostgres(ctx, o)
	} else {
		have, err = inspectFile(ctx, o)
	}
	if err == nil && have > want {
		err = fmt.Errorf("%w: its schema has version %d, this program knows %d", errNewer, have, want)
	}
	if err != nil {
		err = fmt.Errorf("database %s: %w", o.Place, explain(err))
	}
	return have, want, err
}

func inspectPostgres(ctx context.Context, o Options) (have int, err error) {
	p := &postgres{options: o}
	defer func() { err = errors.Join(err, p.Close()) }()
	if err := p.connect(ctx); err != nil {
		return 0, err
	}
	return lastVersion(ctx, postgresSchema{p.writing})
}

func inspectFile(ctx context.Context, o Options) (have int, err error) {
	conn, err := open(o.Path, "query_only(1)")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	return lastVersion(ctx, sqliteSchema{lone{conn}})
}
