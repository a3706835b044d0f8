package engine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

var errNewer = errors.New("it was written by a newer Selasar; use that one, or another database")

// migration is one file, NNNN_name.sql; files run in the order of their numbers. A
// released file never changes. There is no downgrade: an older Selasar refuses a
// newer schema.
type migration struct {
	version int
	text    string
}

// schema is the part of an engine that migrates.
type schema interface {
	schemaVersion
	// prepare creates the lock that transact takes, before the first migration.
	prepare(ctx context.Context) error
	// transact runs fn in a transaction. Until it ends no other process can migrate,
	// and fn sees the commits of the previous process.
	transact(ctx context.Context, fn func(step) error) error
}

// step is a transaction that migrates.
type step interface {
	schemaVersion
	// run runs one or more statements without parameters.
	run(ctx context.Context, text string) error
}

type schemaVersion interface {
	// tables returns the number of tables named schema_versions.
	tables(ctx context.Context) (int, error)
	// version returns the number of the last migration, from that table.
	version(ctx context.Context) (int, error)
}

// migrate runs the files that the database has not seen, each in a transaction that
// also records its number. Of several processes, one migrates and the others wait.
func migrate(ctx context.Context, s schema, files fs.FS) error {
	all, err := readMigrations(files)
	if err != nil {
		return fmt.Errorf("reading the migrations: %w", err)
	}
	newest := all[len(all)-1].version
	have, err := lastVersion(ctx, s)
	if err == nil && have < newest {
		err = s.prepare(ctx)
	}
	for err == nil && have < newest {
		have, err = next(ctx, s, all)
	}
	if err == nil && have > newest {
		err = fmt.Errorf("%w: its schema has version %d, this program knows %d", errNewer, have, newest)
	}
	return err
}

// readMigrations reads a folder, whose files are sorted by name.
func readMigrations(files fs.FS) (all []migration, err error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		number, _, _ := strings.Cut(name, "_")
		version, err := strconv.Atoi(number)
		if err != nil {
			return nil, err
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		if n := len(all); n > 0 && all[n-1].version == version {
			return nil, fmt.Errorf("two files have the number %d", version)
		}
		all = append(all, migration{version, string(text)})
	}
	if len(all) == 0 {
		return nil, errors.New("there are none")
	}
	return all, nil
}

// lastVersion returns the number of the last migration, 0 for an empty database.
func lastVersion(ctx context.Context, on schemaVersion) (int, error) {
	if n, err := on.tables(ctx); err != nil || n == 0 {
		return 0, err
	}
	return on.version(ctx)
}

// next runs the next file, unless another process has already run it,
// and returns the resulting version of the database.
func next(ctx context.Context, s schema, all []migration) (have int, err error) {
	err = s.transact(ctx, func(tx step) (err error) {
		if have, err = lastVersion(ctx, tx); err != nil {
			return err
		}
		for _, m := range all {
			if m.version > have {
				have = m.version
				return m.run(ctx, tx)
			}
		}
		return nil
	})
	return have, err
}

func (m migration) run(ctx context.Context, tx step) error {
	err := tx.run(ctx, m.text)
	if err == nil {
		err = tx.run(ctx, fmt.Sprintf("INSERT INTO schema_versions (version) VALUES (%d)", m.version))
	}
	if err != nil {
		return fmt.Errorf("migrating to version %d: %w", m.version, err)
	}
	return nil
}

const versionQuery = "SELECT coalesce(max(version), 0) FROM schema_versions"
