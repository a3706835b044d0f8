package jsapi

import (
	"cmp"
	"encoding/json"
	"fmt"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

// Dialect is one surface of the JavaScript APIs: its methods, its error codes,
// and its envelope. Make one with [NewDialect].
type Dialect struct {
	Name       string             // such as "webview"; stored with each ask
	Generation miniapp.Generation // of the mini apps that are written for it
	// Family is a name that several dialects share. A call in a family is a call in the
	// dialect of the mini app's generation, or in the first of the family.
	Family   string
	About    About
	Bindings []*Binding
	Codes    []CodeInfo // the documented error codes, in order

	// Success encodes the envelope of an encoded result. beside is nil, or an object
	// with members next to the data.
	Success func(c *Call, data, beside json.RawMessage) json.RawMessage
	// Failure encodes a problem in the dialect's error form.
	Failure func(c *Call, p *problem.Problem) Failure
	// EventForm returns the variants that decide the form of events in the page, or nil
	// for the defaults.
	EventForm func(c *Call) bus.Variants
	// AskFor returns the call that asks for a consent, in the spelling of a page.
	AskFor func(name consent.Name) string

	byName map[string]*Binding
	names  []string
}

// About describes a dialect to the readers of its generated documents.
type About struct {
	Surface    string // the object that a page uses: "MiniAppSDK"
	Generation string // "generation A"
	Page       string // slug of the page that lists its methods
	Envelope   string // the form of a result, in sentences of Markdown
	// Sample returns a line of JavaScript that calls a method. nil writes the method of an
	// object with promises.
	Sample func(class, method, params string) string
}

// Error is the error of a failed call: the code in its dialect, and the message.
type Error struct {
	Code    ErrorCode `json:"code"`
	Message string    `json:"message"`
}

// Failure is a problem in its dialect: for the journal, and as an encoded envelope.
type Failure struct {
	Error
	JSON json.RawMessage
}

// NewDialect validates a dialect and prepares it for an engine. Two methods with one
// name, or an invalid binding, are errors.
func NewDialect(d Dialect) (*Dialect, error) {
	if d.Name == "" || d.Success == nil || d.Failure == nil || d.AskFor == nil {
		return nil, fmt.Errorf("dialect %q lacks its name, its envelope, or AskFor", d.Name)
	}
	d.byName, d.names = map[string]*Binding{}, nil
	for _, b := range d.Bindings {
		if err := b.prepare(); err != nil {
			return nil, fmt.Errorf("dialect %s: %w", d.Name, err)
		}
		for _, name := range b.allNames() {
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

// Variant returns the chosen reading of a variant: the device's, else the mini app's,
// else an empty string, which stands for the default.
func (c *Call) Variant(name miniapp.VariantName) string {
	return cmp.Or(c.Device.Variants[name], c.App.Variants[name])
}

// eventForm returns the variants of the events of a call's subscription or job.
func (c *Call) eventForm() bus.Variants {
	if c.Dialect == nil || c.Dialect.EventForm == nil {
		return nil
	}
	return c.Dialect.EventForm(c)
}

// Binding returns the binding of a name or an alias, or nil. Only declared names exist.
func (d *Dialect) Binding(name string) *Binding { return d.byName[name] }

// Names returns the names of all methods, with their aliases.
func (d *Dialect) Names() []string { return d.names }

// CodeName returns the documented name of a code, or "".
func (d *Dialect) CodeName(code ErrorCode) string {
	for _, info := range d.Codes {
		if info.Code == code {
			return info.Name
		}
	}
	return ""
}
