package sqlite

import (
	"errors"
	"fmt"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

var errMemory = errors.New("sqlite: out of memory")

// Error is an error of SQLite.
type Error struct {
	Code    int // extended result code, see https://sqlite.org/rescode.html
	Message string
}

func (e *Error) Error() string { return fmt.Sprintf("%s (%d)", e.Message, e.Code) }

// Primary returns the code without its extension, such as SQLITE_BUSY.
func (e *Error) Primary() int { return e.Code & 0xff }

// check returns the error of a result code.
func (c *Conn) check(rc int32) error {
	if rc == lib.SQLITE_OK {
		return nil
	}
	text := libc.GoString(lib.Xsqlite3_errstr(c.tls, rc))
	if c.db != 0 {
		if more := libc.GoString(lib.Xsqlite3_errmsg(c.tls, c.db)); more != text {
			text += ": " + more
		}
	}
	return &Error{int(rc), text}
}
