package jsapi

import (
	"encoding/json"
	"fmt"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/problem"
)

// Dialect is one surface of the JavaScript APIs: its methods, its error codes,
// and its envelope. Make one with [NewDialect].
type Dialect struct {
	Name     string // such as "webview"; asks keep it
	Bindings []*Binding
	Codes    []CodeInfo // the documented error codes, in order

	// Success encodes a result, already encoded, in the dialect's envelope.
	// beside is nil, or an object whose members stand beside the data.
	Success func(c *Call, data, beside json.RawMessage) json.RawMessage
	// Failure encodes a problem in the dialect's error form.
	Failure func(c *Call, p *problem.Problem) Failure
	// AskFor returns the call that asks for a consent, as a page writes it.
	AskFor func(name consent.Name) string

	byName map[string]*Binding
	names  []string
}

// ErrorCode is an error code of a dialect as a number.
type ErrorCode int

// CodeInfo is an error code with what the documentation calls it.
type CodeInfo struct {
	Code     ErrorCode
	Name     string
	Constant string // its name in TypeScript
	Meaning  string
}

// Error is why a call failed: the code in its dialect, and the message.
type Error struct {
	Code    ErrorCode `json:"code"`
	Message string    `json:"message"`
}

// Failure is a problem in its dialect: for the journal, and encoded.
type Failure struct {
	Error
	JSON json.RawMessage
}

// NewDialect validates a dialect and makes it ready for an engine. Two methods
// with one name, or a binding that cannot work, are errors of the program.
func NewDialect(d Dialect) (*Dialect, error) {
	if d.Name == "" || d.Success == nil || d.Failure == nil || d.AskFor == nil {
		return nil, fmt.Errorf("dialect %q lacks its name, its envelope, or AskFor", d.Name)
	}
	d.byName, d.names = map[string]*Binding{}, nil
	for _, b := range d.Bindings {
		if err := b.prepare(); err != nil {
			return nil, fmt.Errorf("dialect %s: %w", d.Name, err)
		}
		for _, name := range append([]string{b.Name()}, b.Aliases...) {
			if d.byName[name] != nil {
				return nil, fmt.Errorf("dialect %s: two methods are called %s", d.Name, name)
			}
			d.byName[name] = b
			d.names = append(d.names, name)
		}
	}
	return &d, nil
}

// MustDialect is NewDialect for dialects that are part of the program.
func MustDialect(d Dialect) *Dialect {
	made, err := NewDialect(d)
	if err != nil {
		panic("jsapi: " + err.Error())
	}
	return made
}

// Binding returns the binding of a name or an alias, or nil. Only declared
// names are there: no name reaches anything else.
func (d *Dialect) Binding(name string) *Binding { return d.byName[name] }

// CodeName is what the documentation calls a code, or "".
func (d *Dialect) CodeName(code ErrorCode) string {
	for _, info := range d.Codes {
		if info.Code == code {
			return info.Name
		}
	}
	return ""
}
