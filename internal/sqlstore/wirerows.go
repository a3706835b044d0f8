package sqlstore

import (
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// Formats of values, and the types that our SQL has, by their numbers in
// pg_type: whole numbers, bytes (in hexadecimal when they come as text), and
// everything else as text.
const (
	asText   = 0
	asBinary = 1

	boolType  = 16
	byteaType = 17
	int8Type  = 20
	int2Type  = 21
	int4Type  = 23
)

// encoded gives parameters as they are sent.
func encoded(args []driver.NamedValue) (values [][]byte, formats []int16, err error) {
	values, formats = make([][]byte, len(args)), make([]int16, len(args))
	for i, arg := range args {
		switch v := arg.Value.(type) {
		case nil:
		case string:
			values[i] = []byte(v)
		case []byte:
			values[i], formats[i] = v, asBinary
		case int64:
			values[i] = strconv.AppendInt(nil, v, 10)
		case bool:
			values[i] = strconv.AppendBool(nil, v)
		default:
			return nil, nil, fmt.Errorf("parameter %d is a %T, which no column holds", i+1, v)
		}
	}
	return values, formats, nil
}

// resultFormats has bytes sent as they are.
func resultFormats(fields []pgconn.FieldDescription) []int16 {
	formats := make([]int16, len(fields))
	for i, f := range fields {
		if f.DataTypeOID == byteaType {
			formats[i] = asBinary
		}
	}
	return formats
}

// wireRows reads what a statement results in.
type wireRows struct {
	reader *pgconn.ResultReader
	fields []pgconn.FieldDescription
}

func (r *wireRows) Columns() []string {
	names := make([]string, len(r.fields))
	for i, f := range r.fields {
		names[i] = f.Name
	}
	return names
}

func (r *wireRows) Close() error {
	_, err := r.reader.Close()
	return err
}

func (r *wireRows) Next(to []driver.Value) error {
	if !r.reader.NextRow() {
		if err := r.Close(); err != nil {
			return err
		}
		return io.EOF
	}
	for i, value := range r.reader.Values() {
		var err error
		if to[i], err = decoded(r.fields[i], value); err != nil {
			return err
		}
	}
	return nil
}

func decoded(f pgconn.FieldDescription, value []byte) (driver.Value, error) {
	if value == nil {
		return nil, nil
	}
	switch f.DataTypeOID {
	case int8Type, int4Type, int2Type:
		return strconv.ParseInt(string(value), 10, 64)
	case byteaType:
		if f.Format == asText {
			return hex.DecodeString(strings.TrimPrefix(string(value), `\x`))
		}
		return append([]byte{}, value...), nil
	case boolType:
		return string(value) == "t", nil
	default:
		return string(value), nil
	}
}
