package sqlite

import (
	"fmt"
	"reflect"
	"strconv"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// Stmt is a prepared statement, and its current row.
type Stmt struct {
	conn    *Conn
	handle  uintptr
	order   []int   // the number of each parameter, in the order of SQLite
	most    int     // the highest number in order
	room    uintptr // memory of the texts and bytes of the parameters
	size    int     // of room
	used    int     // of room
	running bool    // from Query to Close
	kept    bool    // for the next Query
}

// static tells SQLite that a parameter stays where it is until the statement is reset.
const static = 0

// number reads the numbers of the parameters. SQLite takes $1, $2 ... as names, and
// counts them in the order of their first use.
func (s *Stmt) number() error {
	count := int(lib.Xsqlite3_bind_parameter_count(s.conn.tls, s.handle))
	for i := 1; i <= count; i++ {
		name := libc.GoString(lib.Xsqlite3_bind_parameter_name(s.conn.tls, s.handle, int32(i)))
		n := 0
		if name != "" && name[0] == '$' {
			n, _ = strconv.Atoi(name[1:]) // 0 after an error
		}
		if n < 1 {
			s.finalize()
			return fmt.Errorf("sqlite: a parameter is named $1, $2 ..., not %q", name)
		}
		s.order, s.most = append(s.order, n), max(s.most, n)
	}
	return nil
}

// bind sets the parameters: texts, bytes, whole numbers and booleans, or types of those.
// Nil is NULL.
func (s *Stmt) bind(args []any) error {
	if len(args) != s.most {
		return fmt.Errorf("sqlite: %d parameters for a statement that has %d", len(args), s.most)
	}
	if err := s.reserve(args); err != nil {
		return err
	}
	for i, n := range s.order {
		if err := s.set(int32(i+1), args[n-1]); err != nil {
			return err
		}
	}
	return nil
}

// reserve makes room for all texts and bytes. SQLite reads them there until the
// statement is reset.
func (s *Stmt) reserve(args []any) error {
	need := 1 // so that an empty text has an address
	for _, n := range s.order {
		switch v := args[n-1].(type) {
		case string:
			need += len(v)
		case []byte:
			need += len(v)
		default:
			if v := reflect.ValueOf(v); v.Kind() == reflect.String || v.Kind() == reflect.Slice {
				need += v.Len()
			}
		}
	}
	s.used = 0
	if need <= s.size {
		return nil
	}
	lib.Xsqlite3_free(s.conn.tls, s.room)
	s.size = max(need, 2*s.size)
	if s.room = lib.Xsqlite3_malloc64(s.conn.tls, uint64(s.size)); s.room == 0 {
		s.size = 0
		return errMemory
	}
	return nil
}

func (s *Stmt) set(i int32, arg any) error {
	switch v := arg.(type) {
	case string:
		return s.setText(i, v)
	case int64:
		return s.setNumber(i, v)
	case int:
		return s.setNumber(i, int64(v))
	case []byte:
		return s.setBytes(i, v)
	case nil:
		return s.conn.check(lib.Xsqlite3_bind_null(s.conn.tls, s.handle, i))
	}
	switch v := reflect.ValueOf(arg); v.Kind() {
	case reflect.String:
		return s.setText(i, v.String())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return s.setNumber(i, v.Int())
	case reflect.Bool:
		if v.Bool() {
			return s.setNumber(i, 1)
		}
		return s.setNumber(i, 0)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return s.setBytes(i, v.Bytes())
		}
	}
	return fmt.Errorf("sqlite: a parameter has the type %T", arg)
}

func (s *Stmt) setNumber(i int32, v int64) error {
	return s.conn.check(lib.Xsqlite3_bind_int64(s.conn.tls, s.handle, i, v))
}

func (s *Stmt) setText(i int32, v string) error {
	return s.conn.check(lib.Xsqlite3_bind_text(s.conn.tls, s.handle, i, s.put(v), int32(len(v)), static))
}

func (s *Stmt) setBytes(i int32, v []byte) error {
	if v == nil {
		return s.conn.check(lib.Xsqlite3_bind_null(s.conn.tls, s.handle, i))
	}
	return s.conn.check(lib.Xsqlite3_bind_blob(s.conn.tls, s.handle, i, s.put(unsafe.String(unsafe.SliceData(v), len(v))), int32(len(v)), static))
}

// put copies a text into the room of the statement and returns its address.
func (s *Stmt) put(v string) uintptr {
	at := s.room + uintptr(s.used)
	s.used += copy(unsafe.Slice((*byte)(pointer(at)), len(v)), v)
	return at
}

// Next goes to the next row, and reports whether there is one.
func (s *Stmt) Next() (bool, error) {
	switch rc := lib.Xsqlite3_step(s.conn.tls, s.handle); rc {
	case lib.SQLITE_ROW:
		return true, nil
	case lib.SQLITE_DONE:
		return false, nil
	default:
		return false, s.conn.check(rc)
	}
}

// drain runs the statement to its end and returns the number of rows that it changed.
func (s *Stmt) drain() (int64, error) {
	for {
		if more, err := s.Next(); err != nil {
			return 0, err
		} else if !more {
			return int64(lib.Xsqlite3_changes(s.conn.tls, s.conn.db)), nil
		}
	}
}

// Close ends the statement. It can run again.
func (s *Stmt) Close() {
	s.running = false
	if !s.kept {
		s.finalize()
		return
	}
	lib.Xsqlite3_reset(s.conn.tls, s.handle) // returns the error of the last step again
}

func (s *Stmt) finalize() {
	if s == nil || s.handle == 0 {
		return
	}
	lib.Xsqlite3_finalize(s.conn.tls, s.handle) // returns the error of the last step again
	lib.Xsqlite3_free(s.conn.tls, s.room)
	s.handle, s.room = 0, 0
}
