package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// The schema is made by the files in migrations, in the order of the numbers
// that their names begin with. A file that was released is never altered, and
// there is no way back: an older Selasar does not open a newer schema.
//
//go:embed migrations
var migrations embed.FS

// migration is one file.
type migration struct {
	version int
	text    string
}

// schema is how an engine goes about its migrations.
type schema struct {
	// exists is a query that counts the tables named schema_versions.
	exists string
	// prepare makes what lock needs, before the first migration.
	prepare func(ctx context.Context, db *sql.DB) error
	// begin is such that what is read behind the lock is what the one before has
	// committed, whatever the server's default is.
	begin sql.TxOptions
	// lock keeps every other process from migrating until tx ends.
	lock func(ctx context.Context, tx *sql.Tx) error
}

// Beginning a transaction takes SQLite's right to write; that is the lock.
var schemaOfSQLite = schema{exists: `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_versions'`}

// migrate runs the files that the database has not seen, each in a transaction
// that also notes its number. When several processes do so at once, one waits
// for the other.
func migrate(ctx context.Context, db *sql.DB, s schema) error {
	all, err := readMigrations("migrations")
	if err != nil {
		return fmt.Errorf("reading the migrations: %w", err)
	}
	newest := all[len(all)-1].version
	have, err := s.version(ctx, db)
	if err == nil && have < newest && s.prepare != nil {
		err = s.prepare(ctx, db)
	}
	for err == nil && have < newest {
		have, err = s.step(ctx, db, all)
	}
	if err == nil && have > newest {
		err = fmt.Errorf("%w: its schema has version %d, this program knows %d", errNewer, have, newest)
	}
	return err
}

// readMigrations reads a folder; its files are listed by name.
func readMigrations(folder string) (all []migration, err error) {
	files, err := fs.ReadDir(migrations, folder)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		number, _, _ := strings.Cut(f.Name(), "_")
		version, err := strconv.Atoi(number)
		if err != nil {
			return nil, err
		}
		text, err := migrations.ReadFile(folder + "/" + f.Name())
		if err != nil {
			return nil, err
		}
		all = append(all, migration{version, string(text)})
	}
	return all, nil
}

// asker is a database or a transaction.
type asker interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// version gives the number of the last file that has run, 0 for none.
func (s schema) version(ctx context.Context, on asker) (version int, err error) {
	var tables int
	if err = on.QueryRowContext(ctx, s.exists).Scan(&tables); err != nil || tables == 0 {
		return 0, err
	}
	err = on.QueryRowContext(ctx, "SELECT coalesce(max(version), 0) FROM schema_versions").Scan(&version)
	return version, err
}

// step runs the next file, unless another process has run them all meanwhile,
// and gives the version that the database has then.
func (s schema) step(ctx context.Context, db *sql.DB, all []migration) (have int, err error) {
	tx, err := db.BeginTx(ctx, &s.begin)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			_ = tx.Rollback() // it says nothing that err does not
		}
	}()
	if s.lock != nil {
		if err := s.lock(ctx, tx); err != nil {
			return 0, err
		}
	}
	if have, err = s.version(ctx, tx); err != nil {
		return 0, err
	}
	for _, m := range all {
		if m.version > have {
			have = m.version
			if err := m.run(ctx, tx); err != nil {
				return 0, fmt.Errorf("migrating to version %d: %w", m.version, err)
			}
			break
		}
	}
	return have, tx.Commit()
}

func (m migration) run(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, m.text); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO schema_versions (version) VALUES ($1)", m.version)
	return err
}
