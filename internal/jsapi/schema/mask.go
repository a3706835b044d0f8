package schema

import (
	"bytes"
	"encoding/json"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/selasar/selasar/internal/mask"
)

// longSecret is the length in characters up to which a secret is masked entirely.
const longSecret = 8

// Mask returns an encoded value with its secrets masked. A long secret keeps three
// characters at each end, so that it can be recognised. The other bytes are unchanged.
// An invalid value is masked as a whole. If the schema has no secret, Mask returns raw
// itself.
func (s Schema) Mask(raw json.RawMessage) json.RawMessage {
	if !s.secrets || len(raw) == 0 {
		return raw
	}
	d := jsontext.NewDecoder(bytes.NewReader(raw), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	var out []byte
	var err error
	if out, err = s.mask(d, out); err != nil {
		return json.RawMessage(`"` + mask.Mask + `"`)
	}
	return out
}

func (s Schema) mask(d *jsontext.Decoder, out []byte) ([]byte, error) {
	if s.secret {
		value, err := d.ReadValue()
		return append(out, ends(value)...), err
	}
	kind := d.PeekKind()
	switch {
	case !s.secrets, kind == 'n':
		value, err := d.ReadValue()
		return append(out, value...), err
	case kind == '{' && (s.kind == KindObject || s.kind == KindMap):
		return s.maskEntries(d, out, '{', '}')
	case kind == '[' && s.kind == KindList:
		return s.maskEntries(d, out, '[', ']')
	default: // another form than declared may hold the secret anywhere
		_, err := d.ReadValue()
		return append(out, `"`+mask.Mask+`"`...), err
	}
}

// maskEntries masks the members of an object, or the entries of a list.
func (s Schema) maskEntries(d *jsontext.Decoder, out []byte, begin, end byte) ([]byte, error) {
	if _, err := d.ReadToken(); err != nil {
		return nil, err
	}
	out = append(out, begin)
	for first := true; d.PeekKind() != jsontext.Kind(end); first = false {
		if !first {
			out = append(out, ',')
		}
		entry := s.of
		if begin == '{' {
			name, err := d.ReadValue()
			if err != nil {
				return nil, err
			}
			out = append(append(out, name...), ':')
			entry = s.entryOf(name)
		}
		var err error
		if out, err = entry.mask(d, out); err != nil {
			return nil, err
		}
	}
	_, err := d.ReadToken()
	return append(out, end), err
}

// entryOf returns the schema of a member by its encoded name.
func (s Schema) entryOf(written jsontext.Value) *Schema {
	if s.of != nil {
		return s.of
	}
	var name string
	if json.Unmarshal(written, &name) == nil {
		if m, ok := s.Member(name); ok {
			return &m.Schema
		}
	}
	other := Any()
	return &other
}

// ends masks a secret except for three characters at each end of a long string.
func ends(value jsontext.Value) []byte {
	var text string
	if json.Unmarshal(value, &text) != nil {
		return []byte(`"` + mask.Mask + `"`)
	}
	quoted, err := json.Marshal(mask.Ends(text, longSecret))
	if err != nil {
		return []byte(`"` + mask.Mask + `"`)
	}
	return quoted
}
