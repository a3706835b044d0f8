// Package sqlite is one connection to a SQLite file, straight on the C interface of
// SQLite that modernc.org/sqlite/lib translates to Go.
//
// In it: opening, statements that stay prepared, parameters, rows, errors. Not in it:
// transactions and pools, which are sql/engine, and a driver of database/sql, whose
// conversions cost more than a point read (docs/decisions/0012-sqlite-directly.md).
package sqlite

import (
	"errors"
	"path/filepath"
	"strings"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// Conn is one connection. At most one goroutine uses it at a time; only Interrupt may be
// called by another.
type Conn struct {
	tls      *libc.TLS
	db       uintptr
	out      uintptr // room for two pointers that SQLite returns
	prepared map[string]*Stmt
}

const pointerSize = int32(unsafe.Sizeof(uintptr(0)))

// Open opens a file, creates it when it is missing, and sets pragmas such as
// "journal_mode(WAL)" in their order.
func Open(path string, pragmas ...string) (*Conn, error) {
	// An absolute path is no special name, such as ":memory:".
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	c := &Conn{tls: libc.NewTLS(), prepared: map[string]*Stmt{}}
	err = c.open(path)
	for _, pragma := range pragmas {
		if err == nil {
			err = c.Script("PRAGMA " + pragma)
		}
	}
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// open connects without SQLite's own mutexes, because one goroutine at a time uses c.
func (c *Conn) open(path string) error {
	if c.out = lib.Xsqlite3_malloc(c.tls, 2*pointerSize); c.out == 0 {
		return errMemory
	}
	name, err := libc.CString(path)
	if err != nil {
		return err
	}
	defer libc.Xfree(c.tls, name)
	rc := lib.Xsqlite3_open_v2(c.tls, name, c.out, lib.SQLITE_OPEN_READWRITE|lib.SQLITE_OPEN_CREATE|lib.SQLITE_OPEN_NOMUTEX, 0)
	c.db = *(*uintptr)(pointer(c.out)) // set after most failures, too
	if rc == lib.SQLITE_OK {
		rc = lib.Xsqlite3_extended_result_codes(c.tls, c.db, 1)
	}
	return c.check(rc)
}

// Close closes the connection and its statements. It works after Open has failed.
func (c *Conn) Close() error {
	if c.tls == nil {
		return nil
	}
	for _, s := range c.prepared {
		s.finalize()
	}
	err := c.check(lib.Xsqlite3_close_v2(c.tls, c.db))
	lib.Xsqlite3_free(c.tls, c.out)
	c.tls.Close()
	*c = Conn{}
	return err
}

// Script runs one or more statements without parameters and drops their rows.
func (c *Conn) Script(text string) error {
	for strings.TrimSpace(text) != "" {
		s, tail, err := c.prepare(text, 0)
		if err != nil {
			return err
		}
		if s != nil {
			_, err = s.drain()
			s.finalize()
		}
		if err != nil {
			return err
		}
		text = tail
	}
	return nil
}

// Exec runs a statement to its end and returns the number of rows that it changed.
func (c *Conn) Exec(query string, args ...any) (int64, error) {
	s, err := c.Query(query, args...)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	return s.drain()
}

// Query starts a statement. The caller reads its rows and closes it.
func (c *Conn) Query(query string, args ...any) (*Stmt, error) {
	s, err := c.statement(query)
	if err != nil {
		return nil, err
	}
	s.running = true
	if err := s.bind(args); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// statement returns the prepared statement of a query. The texts are constants of the
// program, so they are few. A statement that is running cannot run once more; its second
// copy ends when it is closed.
func (c *Conn) statement(query string) (*Stmt, error) {
	known := c.prepared[query]
	if known != nil && !known.running {
		return known, nil
	}
	s, tail, err := c.prepare(query, lib.SQLITE_PREPARE_PERSISTENT)
	if err != nil {
		return nil, err
	}
	if s == nil || strings.TrimSpace(tail) != "" {
		s.finalize()
		return nil, errors.New("sqlite: a query has exactly one statement")
	}
	if known == nil {
		c.prepared[query], s.kept = s, true
	}
	return s, nil
}

// prepare compiles the first statement of a text, nil for a comment, and returns the
// rest of the text.
func (c *Conn) prepare(text string, flags uint32) (s *Stmt, tail string, err error) {
	p, err := libc.CString(text)
	if err != nil {
		return nil, "", err
	}
	defer libc.Xfree(c.tls, p)
	end := c.out + uintptr(pointerSize)
	if err := c.check(lib.Xsqlite3_prepare_v3(c.tls, c.db, p, int32(len(text)), flags, c.out, end)); err != nil {
		return nil, "", err
	}
	tail = text[*(*uintptr)(pointer(end))-p:]
	handle := *(*uintptr)(pointer(c.out))
	if handle == 0 {
		return nil, tail, nil
	}
	s = &Stmt{conn: c, handle: handle}
	return s, tail, s.number()
}

// Interrupt ends the running statement of c with an error. A statement that starts
// later is not affected.
func (c *Conn) Interrupt() {
	tls := libc.NewTLS() // that of c belongs to another goroutine
	defer tls.Close()
	lib.Xsqlite3_interrupt(tls, c.db)
}

// pointer returns a pointer to SQLite's memory, which Go's collector does not know.
func pointer(address uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&address)) }
