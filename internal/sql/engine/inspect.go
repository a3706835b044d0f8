package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sql/sqlite"
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

// Copy writes one consistent state of a SQLite file to a new file with mode 0600, also
// while another process writes. The copy has every transaction that was committed before
// Copy was called. It is on disk when Copy returns; a failure leaves no file.
func Copy(ctx context.Context, path, to string) (err error) {
	if _, err := os.Lstat(to); !errors.Is(err, os.ErrNotExist) {
		return errors.Join(err, fmt.Errorf("%s exists; choose another file", to))
	}
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("there is no database: %w", err)
	}
	unfinished := to + ".unfinished"
	if err := os.Remove(unfinished); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := private(unfinished); err != nil {
		return err
	}
	if err = vacuum(ctx, path, unfinished); err == nil {
		err = syncFile(unfinished)
	}
	if err == nil {
		err = os.Link(unfinished, to) // fails if the file was made meanwhile
	}
	return errors.Join(err, os.Remove(unfinished), syncFolder(filepath.Dir(to)))
}

// vacuum copies with VACUUM INTO: a read transaction, which lets writers continue. SQLite
// accepts an empty file as the target.
func vacuum(ctx context.Context, path, to string) (err error) {
	conn, err := open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	stop := context.AfterFunc(ctx, conn.Interrupt)
	defer stop()
	if err := conn.Script("VACUUM INTO '" + strings.ReplaceAll(to, "'", "''") + "'"); err != nil {
		return explain(err)
	}
	return ctx.Err()
}

// Verify reads a whole SQLite file. Its error names the first damage.
func Verify(path string) error {
	return inspected(path, func(conn *sqlite.Conn) error {
		verdict := ""
		if err := read(conn, "PRAGMA integrity_check(1)", &verdict); err != nil {
			return err
		}
		if verdict != "ok" {
			return fmt.Errorf("%w: %s", errDamaged, verdict)
		}
		return nil
	})
}

// Owned returns an error if a SQLite file belongs to another master key, or is no database
// of Selasar.
func Owned(path string, key *secret.Key) error {
	return inspected(path, func(conn *sqlite.Conn) error {
		key, err := rootOf(conn, key)
		var proof []byte
		if err == nil {
			err = read(conn, "SELECT proof FROM master_key WHERE id = 1", &proof)
		}
		if errors.Is(err, secret.ErrOtherKey) {
			return ErrForeign
		}
		if err != nil {
			return fmt.Errorf("it is no database of Selasar (%w)", err)
		}
		if text, err := key.Decrypt(proof, ownership); err != nil || text != ownership {
			return ErrForeign
		}
		return nil
	})
}

// rootOf returns the root key of a file, which a database of an early schema does not have.
func rootOf(conn *sqlite.Conn, master *secret.Key) (*secret.Key, error) {
	tables, roots := 0, 0
	var sealed []byte
	err := read(conn, "SELECT count(*) FROM sqlite_master WHERE name = 'root_key'", &tables)
	if err == nil && tables > 0 {
		err = read(conn, "SELECT count(*), coalesce(max(sealed), x'') FROM root_key", &roots, &sealed)
	}
	if err != nil || roots == 0 {
		return master, err
	}
	return master.Unwrap(sealed)
}

// inspected runs fn on a connection that writes nothing.
func inspected(path string, fn func(*sqlite.Conn) error) (err error) {
	conn, err := open(path, "query_only(1)")
	if err != nil {
		return explain(err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	return explain(fn(conn))
}

// syncFile waits until a file is on disk.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
