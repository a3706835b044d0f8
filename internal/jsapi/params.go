package jsapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	jsonx "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/selasar/selasar/internal/problem"
)

// maxText bounds a string parameter, in bytes.
const maxText = 4096

// values are the checked parameters of a call, by name.
type values map[string]any

// text gives a string parameter.
func (v values) text(name string) string {
	s, _ := v[name].(string)
	return s
}

// readParams checks parameters against a method's declaration: what is missing
// is ParamMissing, another type is ParamType, a value that cannot be is
// ParamValue. Names that the method does not have do no harm, and are given
// back so that they can be told.
func readParams(m *Method, raw json.RawMessage) (v values, unknown []string, err error) {
	given, err := members(m, raw)
	if err != nil {
		return nil, nil, err
	}
	v = values{}
	for name := range given {
		if !m.has(name) {
			unknown = append(unknown, name)
		}
	}
	sort.Strings(unknown)
	for _, p := range m.Params {
		value, ok := given[p.Name]
		if !ok || string(value) == "null" {
			return nil, unknown, problem.New(problem.ParamMissing, "%s needs %s (%s)%s", m.Name, p.Name, p.Type, alsoGot(unknown))
		}
		if v[p.Name], err = p.read(m, value); err != nil {
			return nil, unknown, err
		}
	}
	return v, unknown, nil
}

func members(m *Method, raw json.RawMessage) (map[string]jsontext.Value, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	if got := typeOf(raw); got != "object" {
		return nil, problem.New(problem.ParamType, "the parameters of %s must be an object, got %s", m.Name, got)
	}
	var given map[string]jsontext.Value
	if err := jsonx.Unmarshal(raw, &given); err != nil {
		return nil, problem.New(problem.ParamValue, "the parameters of %s are not valid JSON: a name twice, or broken text", m.Name)
	}
	return given, nil
}

func (p Param) read(m *Method, raw jsontext.Value) (any, error) {
	got := typeOf(raw)
	if got != string(p.Type) {
		return nil, problem.New(problem.ParamType, "%s of %s must be a %s, got %s", p.Name, m.Name, p.Type, got)
	}
	var value any
	if err := jsonx.Unmarshal(raw, &value); err != nil {
		return nil, problem.New(problem.ParamValue, "%s of %s cannot be read: %v", p.Name, m.Name, err)
	}
	if s, ok := value.(string); ok && len(s) > maxText {
		return nil, problem.New(problem.ParamValue, "%s of %s is %d bytes long; at most %d", p.Name, m.Name, len(s), maxText)
	}
	if value == "" {
		return nil, problem.New(problem.ParamValue, "%s of %s is empty", p.Name, m.Name)
	}
	return value, nil
}

func (m *Method) has(param string) bool {
	for _, p := range m.Params {
		if p.Name == param {
			return true
		}
	}
	return false
}

func typeOf(raw []byte) string {
	switch raw[0] {
	case '"':
		return "string"
	case '{':
		return "object"
	case '[':
		return "array"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	default:
		return "number"
	}
}

// alsoGot names what came under names that the method does not have: most
// often the missing parameter, misspelt.
func alsoGot(unknown []string) string {
	if len(unknown) == 0 {
		return ""
	}
	return fmt.Sprintf("; it does not know %s", quoted(unknown))
}

const namesShown = 5

func quoted(names []string) string {
	var parts []string
	for i, n := range names {
		if i == namesShown {
			parts = append(parts, fmt.Sprintf("and %d more", len(names)-i))
			break
		}
		if len(n) > 40 {
			n = n[:40] + "…"
		}
		parts = append(parts, fmt.Sprintf("%q", n))
	}
	return strings.Join(parts, ", ")
}
