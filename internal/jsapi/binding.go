package jsapi

import (
	"encoding/json"
	"fmt"
	"iter"

	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/version"
)

// Binding defines how a dialect writes an operation.
type Binding struct {
	Operation  *Operation
	Class      string // of the method; empty in a dialect without classes
	Method     string
	Aliases    []string // further full names
	Positional string   // the parameter that a page may pass without an object
	Page       string   // slug of the documentation page
	Since      version.Version
	Draft      bool // only for mini apps whose manifest asks for drafts

	// Rename maps parameters of the operation to the dialect's names.
	Rename map[string]string
	// Params and In are for parameters that differ in more than names: Params is the
	// dialect's schema, In returns the operation's values.
	Params *schema.Schema
	In     func(schema.Values) schema.Values

	// Result and Out are for a result of another shape: Result is the dialect's schema,
	// Out returns the dialect's value for Step.Data.
	Result *schema.Schema
	Out    func(c *Call, data any) any
	// Beside returns an object with further members of the envelope; its schema is
	// BesideSchema. Both are nil for an envelope without such members.
	BesideSchema *schema.Schema
	Beside       func(c *Call, data any) any

	// Events are the dialect's names of readings and of a job's events.
	Events EventNames

	// Done and Failed return the page's values for the end of a job. Without Done, the page
	// gets the operation's value; without Failed, none.
	Done   func(c *Call, data any) any
	Failed func(c *Call, p *problem.Problem) any

	// Fail replaces the dialect's error form; nil keeps it.
	Fail func(c *Call, p *problem.Problem) Failure

	params schema.Schema // in the dialect's names
}

// EventNames are a dialect's names for the events of an operation.
type EventNames struct{ Reading, Progress, Done, Failed string }

// Names yields the names that are set.
func (n EventNames) Names() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, name := range []string{n.Reading, n.Progress, n.Done, n.Failed} {
			if name != "" && !yield(name) {
				return
			}
		}
	}
}

// Name is the method's full name, with its class: "GPLocation.getLocation".
func (b *Binding) Name() string {
	if b.Class == "" {
		return b.Method
	}
	return b.Class + "." + b.Method
}

// allNames are the method's name and its aliases.
func (b *Binding) allNames() []string { return append([]string{b.Name()}, b.Aliases...) }

// Takes is the schema of the parameters in the dialect's names.
func (b *Binding) Takes() schema.Schema { return b.params }

// Gives is the schema of the result in the dialect's shape.
func (b *Binding) Gives() schema.Schema {
	if b.Result != nil {
		return *b.Result
	}
	return b.Operation.Result
}

// prepare derives the parts that calls need. It refuses an invalid binding.
func (b *Binding) prepare() error {
	switch {
	case b.Operation == nil || b.Operation.Run == nil || b.Method == "":
		return fmt.Errorf("binding %q lacks its operation, its Run, or its method name", b.Name())
	case (b.Result == nil) != (b.Out == nil):
		return fmt.Errorf("%s: Result and Out go together", b.Name())
	case (b.BesideSchema == nil) != (b.Beside == nil):
		return fmt.Errorf("%s: Beside and BesideSchema go together", b.Name())
	case (b.Params == nil) != (b.In == nil) || b.In != nil && b.Rename != nil:
		return fmt.Errorf("%s: Params and In go together, and replace Rename", b.Name())
	}
	if b.params = b.Operation.Params.Renamed(b.Rename); b.Params != nil {
		b.params = *b.Params
	}
	if _, ok := b.params.Member(b.Positional); b.Positional != "" && !ok {
		return fmt.Errorf("%s: there is no parameter %q to pass bare", b.Name(), b.Positional)
	}
	return nil
}

// in returns the operation's parameters for parameters in the dialect's names.
func (b *Binding) in(given schema.Values) schema.Values {
	if b.In != nil {
		return b.In(given)
	}
	for name, other := range b.Rename {
		if value, ok := given[other]; ok {
			delete(given, other)
			given[name] = value
		}
	}
	return given
}

// shaped is a result in the dialect's shape, encoded.
type shaped struct{ data, beside json.RawMessage }

// shape encodes a result once and checks it against its schema. A result that does not
// fit is a defect: its problem is Internal, and it is not sent.
func (b *Binding) shape(c *Call, data any) (out shaped, err error) {
	own := data
	if b.Out != nil {
		if _, err = encode("the result of "+b.Operation.Name, b.Operation.Result, data); err != nil {
			return shaped{}, err
		}
		own = b.Out(c, data)
	}
	if out.data, err = encode("the result of "+b.Name(), b.Gives(), own); err != nil || b.Beside == nil {
		return out, err
	}
	out.beside, err = encode("what "+b.Name()+" has beside its data", *b.BesideSchema, b.Beside(c, data))
	return out, err
}

// masked returns the result with its secrets masked.
func (b *Binding) masked(s shaped) shaped {
	s.data = b.Gives().Mask(s.data)
	if b.BesideSchema != nil {
		s.beside = b.BesideSchema.Mask(s.beside)
	}
	return s
}

// hasSecrets reports whether a result has members to mask.
func (b *Binding) hasSecrets() bool {
	return b.Gives().HasSecrets() || b.BesideSchema != nil && b.BesideSchema.HasSecrets()
}

// event encodes a reading, or a job's progress or end.
func (b *Binding) event(value any) (json.RawMessage, error) {
	return encode("an event of "+b.Name(), b.Operation.Event, value)
}

// done encodes the value of a job that is done.
func (b *Binding) done(c *Call, value any) (json.RawMessage, error) {
	raw, err := b.event(value)
	if err != nil || b.Done == nil {
		return raw, err
	}
	return json.Marshal(b.Done(c, value))
}

// failedJob encodes the page's value of a job that failed; nil if it has none.
func (b *Binding) failedJob(c *Call, p *problem.Problem) json.RawMessage {
	if b.Failed == nil {
		return nil
	}
	raw, err := json.Marshal(b.Failed(c, p))
	if err != nil {
		panic(err) // dialects return plain values
	}
	return raw
}

func encode(what string, s schema.Schema, value any) (json.RawMessage, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encoding %s: %w", what, err)
	}
	if fault := s.Check(raw); fault != nil {
		return nil, fmt.Errorf("%s does not fit its schema: %w", what, fault)
	}
	return raw, nil
}
