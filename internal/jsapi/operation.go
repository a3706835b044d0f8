package jsapi

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/user"
)

// Operation is something that a mini app can have done, in any dialect.
type Operation struct {
	Name    string // a machine name such as "location.get"
	Summary string
	Params  schema.Schema // an object
	Result  schema.Schema // what Step.Data is encoded as
	// Event is what readings, or a job's progress and end, are encoded as. The
	// zero Schema is for operations without either.
	Event   schema.Schema
	Consent consent.Name // that the user must have given; empty for none
	Needs   device.Capability

	// Lacks returns what the user's account lacks; empty for nothing.
	Lacks func(u user.User) string
	// Check reports whether the values of the parameters make sense together.
	Check func(c *Call) error
	// Permit reports whether this mini app may do this, beyond its consents.
	Permit func(ctx context.Context, c *Call) error
	// Run does the work, or asks the host. It reads and does not write.
	Run func(ctx context.Context, c *Call) (Step, error)
	// Hold ties the ask to its subject, in the transaction that keeps the
	// ask. With a step, the call is settled and the host is not asked.
	Hold func(ctx context.Context, c *Call, a ask.Ask) (*Step, error)
	// Resume continues with the host's answer, in the transaction that took it.
	Resume func(ctx context.Context, c *Call, a ask.Ask, answer Answer) (Step, error)
	// Lapse ends an ask without an answer. Without Lapse the call times out.
	Lapse func(ctx context.Context, c *Call, a ask.Ask) (Step, error)
}

// Step is what an operation came to: its result, or an ask. With the result
// a subscription or a job may start, or a subscription stop.
type Step struct {
	Data any // encoded by Operation.Result
	Ask  *Want
	Feed *Feed  // a subscription that starts
	Work *Work  // a job that is accepted
	Stop string // the key of a subscription that stops
}

// Want is an ask that an operation needs answered.
type Want struct {
	Kind    ask.Kind
	Show    any    // an object: what the host needs to show
	Subject string // what it is about
	Until   int64  // ms since the epoch; 0 for the patience of the kind
}
