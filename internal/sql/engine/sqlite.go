package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver
)

// sqlite is the engine of a file: in WAL mode with synchronous=FULL, with one writer
// and several read-only connections.
type sqlite struct {
	options Options
	pool    *sql.DB // writes
	read    *sql.DB
	known   *prepared // on read
	writer  *writer
}

const (
	// readers is how many connections read.
	readers = 8
	// lockPatience limits the wait for another process that has locked the file.
	lockPatience = 5 * time.Second
)

// open waits for other processes that open or close the file. SQLite itself waits for
// a writer. But while another process switches to WAL, or removes the log because it
// leaves last, SQLite immediately reports a locked file.
func (s *sqlite) open(ctx context.Context) error {
	for until, n := time.Now().Add(lockPatience), 1; ; n++ {
		err := s.attempt(ctx)
		if !held(err) || time.Now().After(until) {
			return err
		}
		if err := errors.Join(s.Close(), backoff(ctx, n)); err != nil {
			return err
		}
		*s = sqlite{options: s.options}
	}
}

func (s *sqlite) attempt(ctx context.Context) (err error) {
	path := s.options.Path
	if err := private(path); err != nil {
		return err
	}
	// temp_store(MEMORY): the statement journal serves rollback only, and would
	// otherwise spill to a file.
	if s.pool, err = pool(path, 1, "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "wal_autocheckpoint(0)", "temp_store(MEMORY)"); err != nil {
		return err
	}
	if err := check(ctx, s.pool, path); err != nil {
		return err
	}
	if err := migrate(ctx, sqliteSchema{s.pool}, s.options.Migrations); err != nil {
		return err
	}
	if s.read, err = pool(path, readers, "query_only(1)"); err != nil {
		return err
	}
	s.read.SetMaxIdleConns(readers)
	s.known = newPrepared(s.read)
	s.writer, err = startWriter(ctx, s.options, s.pool)
	return err
}

func (s *sqlite) Write(ctx context.Context, fn func(Statements) error, committed func()) error {
	return s.writer.do(ctx, fn, committed)
}

func (s *sqlite) Reads() Statements { return s.known }

func (s *sqlite) Close() error {
	var err error
	if s.writer != nil {
		s.writer.close()
	}
	if s.known != nil {
		err = s.known.close()
	}
	for _, p := range []*sql.DB{s.read, s.pool} {
		if p != nil {
			err = errors.Join(err, p.Close())
		}
	}
	return err
}

// private creates a missing file, readable only by its owner. SQLite's files next to
// it get the same mode.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("it cannot be opened; does the folder exist, and may you write to it? (%w)", err)
	}
	return f.Close()
}

// pool opens connections that first set the given pragmas. Their transactions take
// the write lock when they begin.
func pool(path string, size int, pragmas ...string) (*sql.DB, error) {
	query := url.Values{"_pragma": append([]string{fmt.Sprintf("busy_timeout(%d)", lockPatience.Milliseconds())}, pragmas...), "_txlock": {"immediate"}}
	dsn := url.URL{Scheme: "file", Opaque: url.PathEscape(filepath.ToSlash(path)), RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(size)
	return db, nil
}

// checkedWhole is the largest size in bytes of a database and its log that is fully
// checked at start.
const checkedWhole = 4 << 20

func check(ctx context.Context, db *sql.DB, path string) error {
	var mode, verdict string
	var synchronous int
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&synchronous); err != nil {
		return err
	}
	if mode != "wal" || synchronous != 2 {
		return fmt.Errorf("it runs with journal_mode=%s and synchronous=%d; WAL and FULL (2) are needed, which network file systems do not give", mode, synchronous)
	}
	if size, err := sizeOf(path); err != nil || size > checkedWhole {
		return err
	}
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s", errDamaged, verdict)
	}
	return nil
}

// sizeOf returns the size of a database and its log.
func sizeOf(path string) (bytes int64, err error) {
	for _, file := range []string{path, path + "-wal"} {
		info, err := os.Stat(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue // the first write creates the log
		}
		if err != nil {
			return 0, err
		}
		bytes += info.Size()
	}
	return bytes, nil
}
