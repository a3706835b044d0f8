// Package schema describes JSON values once, for every use of the description.
//
// A [Schema] is used to read parameters ([Schema.Read]), to check results
// ([Schema.Check]), to mask secrets ([Schema.Mask]), and to write TypeScript
// ([Schema.TypeScript]) and JSON Schema ([Schema.JSONSchema]). The package knows no
// operation, no dialect, and no error code.
package schema

import "math"

// Kind is the form of a JSON value.
type Kind string

// The kinds. A blob is a string that refers to bytes in another store.
const (
	KindNull    Kind = "null"
	KindString  Kind = "string"
	KindNumber  Kind = "number"
	KindInteger Kind = "integer"
	KindBoolean Kind = "boolean"
	KindObject  Kind = "object"
	KindMap     Kind = "map"
	KindList    Kind = "list"
	KindBlob    Kind = "blob"
	KindAny     Kind = "any"
)

// Schema describes a JSON value. The zero Schema is not usable: call the function of a
// kind. Methods return a changed copy.
type Schema struct {
	kind     Kind
	title    string
	doc      string
	values   []string // the allowed strings; empty for any
	min, max float64
	least    int // bytes of a string, entries of a list or map
	most     int // 0 for no limit
	members  []Member
	of       *Schema // the schema of the entries of a list or map
	secret   bool
	secrets  bool // whether it, or a part of it, is secret
}

// Member is one member of an object.
type Member struct {
	Name string
	Schema
	Optional bool
	Default  any // the value of an absent member; may be nil
}

func of(kind Kind) Schema {
	return Schema{kind: kind, min: math.Inf(-1), max: math.Inf(1)}
}

// Null is the value null, the result of an operation that returns nothing.
func Null() Schema { return of(KindNull) }

// String is a string.
func String() Schema { return of(KindString) }

// Number is a number.
func Number() Schema { return of(KindNumber) }

// Integer is a whole number that a float64 holds exactly.
func Integer() Schema { return of(KindInteger) }

// Boolean is true or false.
func Boolean() Schema { return of(KindBoolean) }

// Any is any JSON value.
func Any() Schema { return of(KindAny) }

// Blob is a reference to bytes in another store; it is valid in one launch.
func Blob() Schema { return of(KindBlob) }

// Enum is one of a few strings.
func Enum(values ...string) Schema {
	s := of(KindString)
	s.values = values
	return s
}

// Object is an object with exactly these members, in their documented order.
func Object(members ...Member) Schema {
	s := of(KindObject)
	s.members = members
	for _, m := range members {
		s.secrets = s.secrets || m.secrets
	}
	return s
}

// List is a list of values of one schema.
func List(entry Schema) Schema {
	s := of(KindList)
	s.of, s.secrets = &entry, entry.secrets
	return s
}

// Map is an object with any names, whose values have one schema.
func Map(entry Schema) Schema {
	s := of(KindMap)
	s.of, s.secrets = &entry, entry.secrets
	return s
}

// Required is a member that is always present.
func Required(name string, s Schema) Member { return Member{Name: name, Schema: s} }

// Optional is a member that may be absent, or null.
func Optional(name string, s Schema) Member { return Member{Name: name, Schema: s, Optional: true} }

// Default is a member with a default value for absent or null.
func Default(name string, s Schema, value any) Member {
	return Member{Name: name, Schema: s, Optional: true, Default: value}
}

// Doc describes the value, in one line of Markdown.
func (s Schema) Doc(text string) Schema { s.doc = text; return s }

// Titled names the schema's type in TypeScript and JSON Schema.
func (s Schema) Titled(name string) Schema { s.title = name; return s }

// Range limits a number; both limits are allowed values.
func (s Schema) Range(least, most float64) Schema { s.min, s.max = least, most; return s }

// Length limits the bytes of a string, or the entries of a list or map.
func (s Schema) Length(least, most int) Schema { s.least, s.most = least, most; return s }

// Secret marks the value as secret for Mask.
func (s Schema) Secret() Schema { s.secret, s.secrets = true, true; return s }
