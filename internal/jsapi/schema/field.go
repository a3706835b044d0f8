package schema

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"sync"

	"github.com/go-json-experiment/json/jsontext"
)

// field is one member of an object, with its value as it is written.
type field struct {
	name  string
	value jsontext.Value
}

// fields are the members of an object, in the order of the text. Most objects have
// few members, so that searching a slice costs less than making a map.
type fields []field

func (f fields) get(name string) (jsontext.Value, bool) {
	for i := range f {
		if f[i].name == name {
			return f[i].value, true
		}
	}
	return nil, false
}

var errTrailing = errors.New("text follows the object")

// decoders keeps decoders for reuse: a new one is larger than most of the texts.
var decoders = sync.Pool{New: func() any { return new(jsontext.Decoder) }}

// fieldsOf reads the members of an object. It refuses a name that stands twice, text
// that is not UTF-8, and text behind the object.
func fieldsOf(raw []byte) (fields, error) {
	if string(raw) == "{}" {
		return nil, nil
	}
	d := decoders.Get().(*jsontext.Decoder)
	defer decoders.Put(d)
	d.Reset(bytes.NewReader(raw))
	defer d.Reset(bytes.NewReader(nil)) // a kept decoder must not keep the text
	return members(d, raw)
}

func members(d *jsontext.Decoder, raw []byte) (list fields, err error) {
	if _, err := d.ReadToken(); err != nil {
		return nil, err
	}
	list = make(fields, 0, 4)
	for d.PeekKind() != '}' {
		name, err := d.ReadToken()
		if err != nil {
			return nil, err
		}
		written := name.String()
		value, err := d.ReadValue()
		if err != nil {
			return nil, err
		}
		end := d.InputOffset()
		list = append(list, field{written, raw[end-int64(len(value)) : end]})
	}
	if _, err := d.ReadToken(); err != nil {
		return nil, err
	}
	if _, err := d.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, errTrailing
	}
	return list, nil
}

// scalar reads a boolean, null, a number, or a string without escapes. Other values
// are not ok. A value with a path stands in an object or a list that was read, and so
// is valid JSON; only the literals are recognised without one.
func scalar(path string, raw jsontext.Value) (value any, ok bool) {
	switch string(raw) {
	case "null":
		return nil, true
	case "true", "false":
		return raw[0] == 't', true
	}
	if path == "" || len(raw) == 0 {
		return nil, false
	}
	switch c := raw[0]; {
	case c == '"' && bytes.IndexByte(raw, '\\') < 0:
		return string(raw[1 : len(raw)-1]), true
	case c == '-' || '0' <= c && c <= '9':
		n, err := strconv.ParseFloat(string(raw), 64)
		return n, err == nil
	}
	return nil, false
}
