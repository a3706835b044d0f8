package jsapi

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/user"
)

// Operation is an action that a mini app can request, in any dialect.
type Operation struct {
	Name    string // a machine name such as "location.get"
	Summary string
	Params  schema.Schema // an object
	Result  schema.Schema // schema of Step.Data
	// Event is the schema of readings, or of a job's progress and end. It is the zero
	// Schema for operations without either.
	Event   schema.Schema
	Consent consent.Name // that the user must have given; may be empty
	Needs   device.Capability

	// Lacks returns what the user's account lacks, or an empty string.
	Lacks func(u user.User) string
	// Check checks that the values of the parameters are consistent.
	Check func(c *Call) error
	// Permit checks whether this mini app may run the operation, in addition to its
	// consents.
	Permit func(ctx context.Context, c *Call) error
	// Run does the work, or asks the host. It does not write.
	Run func(ctx context.Context, c *Call) (Step, error)
	// Hold ties the ask to its subject, in the transaction that stores the ask. If it
	// returns a step, the call settles and the host is not asked.
	Hold func(ctx context.Context, c *Call, a ask.Ask) (*Step, error)
	// Resume continues with the host's answer, in the transaction that took it.
	Resume func(ctx context.Context, c *Call, a ask.Ask, answer Answer) (Step, error)
	// Share returns the result of a call that shared the sheet of another call of the
	// operation, from that call's result. Without Share, each call has its own sheet.
	Share func(c *Call, data any) any
	// Lapse ends an ask without an answer. Without Lapse the call times out.
	Lapse func(ctx context.Context, c *Call, a ask.Ask) (Step, error)
}

// Step is the outcome of an operation: its result, or an ask. With the result, a
// subscription or a job may start, a subscription stop, and the host hear of effects.
type Step struct {
	Data any // encoded by Operation.Result
	Ask  *Want
	Feed *Feed  // a subscription that starts
	Work *Work  // a job that is accepted
	Stop string // the key of a subscription that stops
	// Tell are effects on the host's screen or device; see [bus.Effects].
	Tell []bus.Event
	// Log are journal entries beside that of the call.
	Log []journal.Entry
	// End, when set, ends the launch after the call: the user declined what the mini app
	// cannot be used without.
	End *event.LaunchMove
}

// Want is an ask that an operation needs answered.
type Want struct {
	Kind    ask.Kind
	Show    any    // an object: what the host needs to show
	Subject string // the id of its subject
	Until   int64  // ms since the epoch; 0 for the default of the kind
}
