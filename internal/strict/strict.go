// Package strict decodes JSON that must have one meaning for every reader. It
// refuses duplicate members, names in another case, invalid UTF-8, control characters
// and deep nesting. Its errors name the member and the defect.
package strict

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/selasar/selasar/internal/spelling"
)

// Kind is the kind of a decoding error.
type Kind string

// The kinds.
const (
	Syntax  Kind = "syntax"  // invalid or ambiguous JSON
	Unknown Kind = "unknown" // an unknown member
	Type    Kind = "type"    // a value of the wrong type
	Value   Kind = "value"   // a value of the right type that its type refuses
	Text    Kind = "text"    // a text with a control character
)

// Error is a decoding error.
type Error struct {
	Kind    Kind
	Path    string // the member, such as bank.account_number; empty for the whole text
	Message string // the defect, without the path
}

// Error returns the path and the message.
func (e *Error) Error() string {
	if e.Path == "" {
		return e.Message
	}
	return e.Path + " " + e.Message
}

// maxDepth is the deepest nesting of values that is accepted.
const maxDepth = 64

// Decode reads data into v, a pointer to a struct or a map. A member that v does
// not have is an error, and so is null: it would leave v as it is.
func Decode(data []byte, v any) error { return decode(data, v, json.RejectUnknownMembers(true)) }

// Loosely is like Decode, but ignores unknown members. It is for texts from
// other systems.
func Loosely(data []byte, v any) error { return decode(data, v) }

func decode(data []byte, v any, options ...json.Options) error {
	if depth(data) > maxDepth {
		return &Error{Kind: Syntax, Message: fmt.Sprintf("is nested more than %d deep", maxDepth)}
	}
	if kind, of := jsontext.Value(data).Kind(), nameOf(reflect.TypeOf(v).Elem()); kind == 'n' && of == "an object" && jsontext.Value(data).IsValid() {
		return &Error{Kind: Type, Message: "must be an object, got null"}
	}
	if err := Texts(data); err != nil && jsontext.Value(data).IsValid() {
		return err
	}
	err := json.Unmarshal(data, v, options...)
	if err != nil && !jsontext.Value(data).IsValid() { // a syntax error comes first, wherever it is
		return syntax(json.Unmarshal(data, new(jsontext.Value)))
	}
	return explain(err, reflect.TypeOf(v))
}

// depth returns the deepest nesting of the values in data.
func depth(data []byte) (deepest int) {
	now, inText := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inText && c == '\\':
			i++
		case c == '"':
			inText = !inText
		case inText:
		case c == '{' || c == '[':
			now++
			deepest = max(deepest, now)
		case c == '}' || c == ']':
			now--
		}
	}
	return deepest
}

func syntax(err error) error {
	wrong := &Error{Kind: Syntax, Message: "is not valid JSON"}
	broken, ok := errors.AsType[*jsontext.SyntacticError](err)
	if !ok {
		return wrong
	}
	if errors.Is(broken.Err, jsontext.ErrDuplicateName) {
		wrong.Path, wrong.Message = path(broken.JSONPointer), "appears twice"
		return wrong
	}
	wrong.Message = fmt.Sprintf("is not valid JSON: %s, at byte %d", strings.TrimPrefix(broken.Err.Error(), "jsontext: "), broken.ByteOffset)
	return wrong
}

func explain(err error, t reflect.Type) error {
	if err == nil {
		return nil
	}
	wrong, ok := errors.AsType[*json.SemanticError](err)
	if !ok {
		return syntax(err)
	}
	at := path(wrong.JSONPointer)
	switch {
	case errors.Is(wrong.Err, json.ErrUnknownName):
		return &Error{Kind: Unknown, Path: at, Message: "is not known" + hint(at, t)}
	case wrong.Err != nil && wrong.JSONKind != 0 && !mismatch(wrong):
		return &Error{Kind: Value, Path: at, Message: "is refused: " + wrong.Err.Error()}
	case wrong.GoType != nil:
		return &Error{Kind: Type, Path: at, Message: fmt.Sprintf("must be %s, got %s", nameOf(wrong.GoType), kindOf(wrong.JSONKind))}
	default:
		return &Error{Kind: Value, Path: at, Message: "cannot be read"}
	}
}

// mismatch reports whether the value has the wrong type.
func mismatch(wrong *json.SemanticError) bool {
	return wrong.Err == nil || wrong.GoType == nil
}

// maxName is the longest part of a member's name that an error repeats, in bytes.
const maxName = 64

// path returns a JSON pointer in the form a.b[2].c.
func path(p jsontext.Pointer) string {
	var b strings.Builder
	for token := range p.Tokens() {
		if len(token) > maxName {
			token = strings.ToValidUTF8(token[:maxName], "") + "…"
		}
		switch {
		case strings.Trim(token, "0123456789") == "":
			b.WriteString("[" + token + "]")
		case b.Len() > 0:
			b.WriteString("." + token)
		default:
			b.WriteString(token)
		}
	}
	return b.String()
}

// hint returns the hint for an unknown member, by the known members of t.
func hint(at string, t reflect.Type) string {
	names := strings.Split(at, ".")
	for _, name := range names[:len(names)-1] {
		t = member(t, name)
	}
	known := members(t)
	if len(known) == 0 {
		return ""
	}
	return spelling.Hint(names[len(names)-1], known)
}

func structOf(t reflect.Type) reflect.Type {
	for t != nil && (t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice) {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	return t
}

func member(t reflect.Type, name string) reflect.Type {
	if t = structOf(t); t == nil {
		return nil
	}
	for _, f := range reflect.VisibleFields(t) {
		if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag == name {
			return f.Type
		}
	}
	return nil
}

func members(t reflect.Type) (names []string) {
	if t = structOf(t); t == nil {
		return nil
	}
	for _, f := range reflect.VisibleFields(t) {
		if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag != "" && tag != "-" {
			names = append(names, tag)
		}
	}
	slices.Sort(names)
	return names
}

func nameOf(t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.String:
		return "a string"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Struct, reflect.Map:
		return "an object"
	default:
		return "a number"
	}
}

func kindOf(k jsontext.Kind) string {
	switch k {
	case '"':
		return "a string"
	case '0':
		return "a number"
	case 't', 'f':
		return k.String()
	case 'n':
		return "null"
	case '{':
		return "an object"
	case '[':
		return "a list"
	default:
		return "another type"
	}
}
