package schema

import (
	"bytes"
	"fmt"
	"sort"
	"strconv"

	jsonx "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// maxText is the largest size in bytes of a string whose schema has no limit.
const maxText = 4096

// Reason is the way in which a value does not fit its schema.
type Reason int

// The reasons.
const (
	Missing Reason = iota + 1 // a required value is absent
	WrongType
	BadValue
)

// Fault describes why a value does not fit its schema. Message starts with Path, if
// Path is not empty.
type Fault struct {
	Reason Reason
	Path   string // such as "items[2].name"; empty for the whole value
	Type   string // JSON's name of the expected type
	what   string
}

// Error returns the path and the mistake, in one line.
func (f *Fault) Error() string { return f.In("") }

// In returns the text of Error with an owner after the path, as in "deeplink of
// openDeeplink is empty".
func (f *Fault) In(owner string) string {
	switch {
	case f.Path == "" && owner == "":
		return "the value " + f.what
	case f.Path == "":
		return owner + " " + f.what
	case owner == "":
		return f.Path + " " + f.what
	default:
		return f.Path + " of " + owner + " " + f.what
	}
}

// Values are the members of a decoded object, by name.
type Values map[string]any

// Text returns a string, or "" for an absent member.
func (v Values) Text(name string) string { s, _ := v[name].(string); return s }

// Number returns a number, or 0 for an absent member.
func (v Values) Number(name string) float64 { n, _ := v[name].(float64); return n }

// Bool returns a boolean, or false for an absent member.
func (v Values) Bool(name string) bool { b, _ := v[name].(bool); return b }

// Read decodes an object from outside and fills in defaults. It returns the object's
// unknown names, sorted, even together with a fault. Empty input and null count as an
// empty object.
func (s Schema) Read(raw []byte) (v Values, unknown []string, fault *Fault) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		raw = []byte("{}")
	}
	r := reader{}
	v, fault = r.object(&s, "", raw)
	sort.Strings(r.unknown)
	return v, r.unknown, fault
}

// reader decodes values. A strict reader, which is for results, refuses unknown members
// and null for an optional member. It has no default limit for strings.
type reader struct {
	strict  bool
	unknown []string
}

func (r *reader) value(s *Schema, path string, raw jsontext.Value) (any, *Fault) {
	if got, want := typeOf(raw), s.JSONType(); s.kind != KindAny && got != want {
		return nil, &Fault{WrongType, path, want, "must be " + article(want) + ", got " + got}
	}
	switch s.kind {
	case KindObject:
		v, fault := r.object(s, path, raw)
		return v, fault
	case KindMap:
		return r.entries(s, path, raw)
	case KindList:
		return r.list(s, path, raw)
	}
	if value, ok := scalar(path, raw); ok {
		return value, r.bounds(s, path, value)
	}
	var value any
	if err := jsonx.Unmarshal(raw, &value); err != nil {
		return nil, s.bad(path, "cannot be read: %v", err)
	}
	return value, r.bounds(s, path, value)
}

func (r *reader) object(s *Schema, path string, raw []byte) (Values, *Fault) {
	given, fault := s.open(path, raw)
	if fault != nil {
		return nil, fault
	}
	if fault := r.strangers(s, path, given); fault != nil {
		return nil, fault
	}
	v := make(Values, len(s.members))
	for i := range s.members {
		m := &s.members[i]
		raw, ok := given.get(m.Name)
		switch {
		case ok && (string(raw) != "null" || m.kind == KindNull || m.kind == KindAny):
			value, fault := r.value(&m.Schema, join(path, m.Name), raw)
			if fault != nil {
				return nil, fault
			}
			v[m.Name] = value
		case ok && !m.Optional: // null, which JSON also writes for NaN
			return nil, &Fault{WrongType, join(path, m.Name), m.JSONType(), "must be " + article(m.JSONType()) + ", got null"}
		case !m.Optional || ok && r.strict:
			return nil, &Fault{Missing, join(path, m.Name), m.JSONType(), "is missing"}
		case m.Default != nil:
			v[m.Name] = m.Default
		}
	}
	return v, nil
}

// strangers records the unknown names of the outermost object. A strict reader refuses
// unknown names at every depth.
func (r *reader) strangers(s *Schema, path string, given fields) *Fault {
	for _, f := range given {
		if s.member(f.name) != nil {
			continue
		}
		if r.strict {
			return s.bad(join(path, f.name), "is not declared")
		}
		if path == "" {
			r.unknown = append(r.unknown, f.name)
		}
	}
	return nil
}

func (r *reader) entries(s *Schema, path string, raw []byte) (any, *Fault) {
	given, fault := s.open(path, raw)
	if fault != nil {
		return nil, fault
	}
	all := make(map[string]any, len(given))
	for _, f := range given {
		value, fault := r.value(s.of, join(path, f.name), f.value)
		if fault != nil {
			return nil, fault
		}
		all[f.name] = value
	}
	return all, s.count(path, len(all))
}

func (r *reader) list(s *Schema, path string, raw []byte) (any, *Fault) {
	var given []jsontext.Value
	if err := jsonx.Unmarshal(raw, &given); err != nil {
		return nil, s.bad(path, "cannot be read: %v", err)
	}
	all := make([]any, len(given))
	for i, value := range given {
		var fault *Fault
		if all[i], fault = r.value(s.of, path+"["+strconv.Itoa(i)+"]", value); fault != nil {
			return nil, fault
		}
	}
	return all, s.count(path, len(all))
}

// open decodes the members of an object or a map.
func (s *Schema) open(path string, raw []byte) (fields, *Fault) {
	if got := typeOf(raw); got != "object" {
		return nil, &Fault{WrongType, path, "object", "must be an object, got " + got}
	}
	given, err := fieldsOf(raw)
	if err != nil {
		return nil, s.bad(path, "is not valid JSON: a name twice, or broken text")
	}
	return given, nil
}

func (s *Schema) bad(path, format string, args ...any) *Fault {
	return &Fault{BadValue, path, s.JSONType(), fmt.Sprintf(format, args...)}
}

func join(path, name string) string {
	if len(name) > 40 {
		name = name[:40] + "…"
	}
	if path == "" {
		return name
	}
	return path + "." + name
}
