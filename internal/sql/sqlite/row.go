package sqlite

import (
	"fmt"
	"reflect"
	"strings"
	"unsafe"

	lib "modernc.org/sqlite/lib"
)

// Scan reads the columns of the current row into pointers to texts, bytes, whole
// numbers and booleans, or types of those. NULL is only read into bytes, as nil.
func (s *Stmt) Scan(dest ...any) error {
	if n := int(lib.Xsqlite3_column_count(s.conn.tls, s.handle)); n != len(dest) {
		return fmt.Errorf("sqlite: a row has %d columns, %d are read", n, len(dest))
	}
	for i, d := range dest {
		if err := s.column(int32(i), d); err != nil {
			return fmt.Errorf("sqlite: column %d: %w", i+1, err)
		}
	}
	return nil
}

func (s *Stmt) column(i int32, dest any) (err error) {
	if d, ok := dest.(*[]byte); ok {
		*d = nil
		if text := s.text(i); text != "" {
			*d = []byte(text)
		}
		return nil
	}
	kind := lib.Xsqlite3_column_type(s.conn.tls, s.handle, i)
	if kind == lib.SQLITE_NULL {
		return fmt.Errorf("NULL into %T", dest)
	}
	switch d := dest.(type) {
	case *string:
		*d = strings.Clone(s.text(i))
	case *int64:
		*d, err = s.whole(i, kind)
	case *int:
		var v int64
		v, err = s.whole(i, kind)
		*d = int(v)
	default:
		err = s.named(i, kind, reflect.ValueOf(dest))
	}
	return err
}

// named reads into a type of a text, of bytes, of a whole number or of a boolean.
func (s *Stmt) named(i, kind int32, dest reflect.Value) error {
	if dest.Kind() != reflect.Pointer {
		return fmt.Errorf("%s is no pointer", dest.Type())
	}
	d := dest.Elem()
	switch d.Kind() {
	case reflect.String:
		d.SetString(strings.Clone(s.text(i)))
		return nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v, err := s.whole(i, kind)
		d.SetInt(v)
		return err
	case reflect.Bool:
		v, err := s.whole(i, kind)
		d.SetBool(v != 0)
		return err
	case reflect.Slice:
		if d.Type().Elem().Kind() == reflect.Uint8 {
			d.SetBytes([]byte(s.text(i)))
			return nil
		}
	}
	return fmt.Errorf("cannot be read into %s", dest.Type())
}

func (s *Stmt) whole(i, kind int32) (int64, error) {
	if kind != lib.SQLITE_INTEGER {
		return 0, fmt.Errorf("%q is no whole number", s.text(i))
	}
	return lib.Xsqlite3_column_int64(s.conn.tls, s.handle, i), nil
}

// text returns the bytes of a column. They belong to SQLite until the next step.
func (s *Stmt) text(i int32) string {
	at := lib.Xsqlite3_column_blob(s.conn.tls, s.handle, i)
	if at == 0 {
		return ""
	}
	return unsafe.String((*byte)(pointer(at)), int(lib.Xsqlite3_column_bytes(s.conn.tls, s.handle, i)))
}
