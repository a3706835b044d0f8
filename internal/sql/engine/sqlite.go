package engine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/sql/sqlite"
)

// file is the engine of a SQLite file: in WAL mode with synchronous=FULL, with one
// writer and several read-only connections.
type file struct {
	options   Options
	writing   sync.RWMutex // read-locked by writes, locked by a reset
	replacing sync.RWMutex // read-locked by statements that read, locked while a reset replaces the file
	conn      *sqlite.Conn // writes; of the writer, once that has started
	readers   *readers
	current   *readers // readers, also after Close: they refuse then
	writer    *writer
}

// writerPragmas configure the connection that writes. With temp_store(MEMORY), the
// statement journal, which serves rollback only, does not spill to a file.
var writerPragmas = []string{"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "wal_autocheckpoint(0)", "temp_store(MEMORY)"}

// lockPatience limits the wait for another process that has locked the file.
const lockPatience = 5 * time.Second

// open waits for other processes that open or close the file. SQLite itself waits for
// a writer. But while another process switches to WAL, or removes the log because it
// leaves last, SQLite immediately reports a locked file.
func (s *file) open(ctx context.Context) error {
	for until, n := time.Now().Add(lockPatience), 1; ; n++ {
		err := s.attempt(ctx)
		if !held(err) || time.Now().After(until) {
			return err
		}
		if err := errors.Join(s.Close(), backoff(ctx, n)); err != nil {
			return err
		}
	}
}

func (s *file) attempt(ctx context.Context) (err error) {
	path := s.options.Path
	if err := private(path); err != nil {
		return err
	}
	if s.conn, err = open(path, writerPragmas...); err != nil {
		return err
	}
	if err := check(s.conn, path); err != nil {
		return err
	}
	if err := migrate(ctx, sqliteSchema{lone{s.conn}}, s.options.Migrations); err != nil {
		return err
	}
	s.readers = newReaders(path)
	s.current = s.readers
	s.writer, err = startWriter(s.options, s.conn)
	return err
}

func (s *file) Write(ctx context.Context, fn func(Statements) error, committed func()) error {
	s.writing.RLock()
	defer s.writing.RUnlock()
	return s.writer.do(ctx, fn, committed)
}

func (s *file) Reads() Statements { return reading{s} }

// before calls the hook of the statements that write.
func (s *file) before(query string) {
	if s.options.OnStatement != nil {
		s.options.OnStatement(query)
	}
}

func (s *file) Close() (err error) {
	if s.writer != nil {
		s.writer.close()
	}
	if s.readers != nil {
		err = s.readers.close()
	}
	if s.conn != nil {
		err = errors.Join(err, s.conn.Close())
	}
	return err // later statements get errClosed
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

// open opens a connection with the given pragmas. It waits for locks of other programs.
func open(path string, pragmas ...string) (*sqlite.Conn, error) {
	return sqlite.Open(path, append([]string{fmt.Sprintf("busy_timeout(%d)", lockPatience.Milliseconds())}, pragmas...)...)
}

// checkedWhole is the largest size in bytes of a database and its log that is fully
// checked at start.
const checkedWhole = 4 << 20

func check(conn *sqlite.Conn, path string) error {
	var mode, verdict string
	var synchronous int
	err := errors.Join(read(conn, "PRAGMA journal_mode", &mode), read(conn, "PRAGMA synchronous", &synchronous))
	if err != nil {
		return err
	}
	if mode != "wal" || synchronous != 2 {
		return fmt.Errorf("it runs with journal_mode=%s and synchronous=%d; WAL and FULL (2) are needed, which network file systems do not give", mode, synchronous)
	}
	if size, err := sizeOf(path); err != nil || size > checkedWhole {
		return err
	}
	if err := read(conn, "PRAGMA quick_check(1)", &verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s", errDamaged, verdict)
	}
	return nil
}

// read reads the columns of a single row.
func read(conn *sqlite.Conn, query string, dest ...any) error {
	return lone{conn}.one(func(row Row) error { return row.Scan(dest...) }, query, nil)
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
