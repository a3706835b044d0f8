package jsapi

import (
	"context"
	"encoding/json"
	"time"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

// Call is one JSAPI invocation that passes the checks. Operations and dialects read the
// results of the checks.
type Call struct {
	ID      string
	Launch  launch.Launch
	Page    int // the host's number of the page that called; 0 if it has none
	App     miniapp.App
	Device  device.Device
	Dialect *Dialect
	Binding *Binding      // nil for an unknown method
	Params  schema.Values // validated, in the operation's names
	Now     time.Time
	Engine  *Engine
	Tx      Tx // of the current step
	// Found is the result of the operation's Permit, for its Run.
	Found any
	// Decided are the consents that the operation recorded. The engine publishes them
	// after the commit.
	Decided []consent.Entry

	family     string // of dialects, or the dialect, that the caller named
	name       string // the name in the call
	raw        json.RawMessage
	lost       bool      // by the network
	began      time.Time // for the journal's duration only
	checks     []Check
	unlaunched error // of readLaunch
	notes      []event.CallNote
	ending     *ending // the end of the launch that the operation's step demands
}

// Source names the call in an event for the host.
func (c *Call) Source() bus.Source { return bus.Source{CallID: c.ID, Page: c.Page} }

// Note adds advice for the developer to the call's journal entry.
func (c *Call) Note(n event.CallNote) { c.notes = append(c.notes, n) }

// Check is one step that a call passed or failed, for the journal.
type Check struct {
	Step int          `json:"step"`
	Name string       `json:"name"`
	OK   bool         `json:"ok"`
	Code problem.Code `json:"code,omitempty"` // of a failed check
	Note string       `json:"note,omitempty"`
}

// The checks in their order. The first failed check answers the call with one of
// its codes.
var checks = []struct {
	name string
	run  func(c *Call, ctx context.Context) error
}{
	{"launch", (*Call).judgeLaunch},         // 203
	{"method", (*Call).checkMethod},         // 100
	{"device", (*Call).checkDevice},         // 400
	{"parameters", (*Call).checkParameters}, // 200, 201, 202
	{"permission", (*Call).checkPermission}, // 300
	{"network", (*Call).checkNetwork},       // 401
	{"super app", (*Call).checkSuperApp},    // 500
}

// check reads the device and runs the checks until one fails. The device comes first,
// because it can choose the form of errors.
func (c *Call) check(ctx context.Context) (err error) {
	c.readLaunch(ctx)
	if c.Device, err = c.Launch.On(ctx, c.Engine.Devices); err != nil {
		return err
	}
	c.checks = make([]Check, 0, len(checks))
	for i, step := range checks {
		err := step.run(c, ctx)
		done := Check{Step: i + 1, Name: step.name, OK: err == nil}
		if err != nil {
			p := problem.Of(err)
			done.Code, done.Note = p.Code, p.Message
		}
		c.checks = append(c.checks, done)
		if err != nil {
			return err
		}
	}
	return nil
}

// readLaunch reads the launch. Its error is that of the first check.
func (c *Call) readLaunch(ctx context.Context) {
	l, err := c.Tx.Launches().Get(ctx, c.Launch.ID)
	if c.unlaunched = err; err == nil {
		c.Launch = l
	}
}

// checkLaunch reads the launch, and checks it.
func (c *Call) checkLaunch(ctx context.Context) error {
	c.readLaunch(ctx)
	return c.judgeLaunch(ctx)
}

func (c *Call) judgeLaunch(ctx context.Context) (err error) {
	if c.unlaunched != nil {
		return c.unlaunched
	}
	if c.App, err = c.Tx.MiniApps().Get(ctx, c.Launch.MiniAppID); err != nil {
		return err
	}
	if d := c.Engine.member(c.family, c.App.Generation); d != nil {
		c.Dialect = d
	}
	if err := c.Launch.Running(); err != nil {
		return err
	}
	return c.App.Runs()
}

func (c *Call) checkMethod(context.Context) error {
	b := c.Dialect.Binding(c.name)
	switch {
	case b == nil:
		return problem.New(problem.MethodUnknown, "there is no method %s%s", quoted([]string{c.name}), c.elsewhere())
	case b.Draft && !c.App.Drafts:
		return problem.New(problem.MethodUnknown, "%s is a draft of the documentation; it exists only with drafts: true in the mini app's manifest", c.Name())
	}
	c.Binding = b
	if !c.Device.AppVersion.AtLeast(b.Since) {
		return problem.New(problem.VersionTooOld, "%s needs GoPay %s, the device has %s", c.Name(), b.Since, c.Device.AppVersion)
	}
	return nil
}

// checkDevice checks the device, and the user's account on it.
func (c *Call) checkDevice(ctx context.Context) error {
	op := c.Binding.Operation
	if why, lacks := c.Device.Lacks[op.Needs]; lacks {
		return problem.New(problem.DeviceLacks, "%s needs %s: %s", c.Name(), op.Needs, why)
	}
	if op.Lacks == nil {
		return nil
	}
	u, err := c.Tx.Users().Get(ctx, c.Launch.UserID)
	if err == nil && c.Engine.Directory != nil {
		u.Bank, err = c.Engine.Directory.BankAccount(ctx, u.ID)
	}
	if err != nil {
		return err
	}
	if what := op.Lacks(u); what != "" {
		return problem.New(problem.DeviceLacks, "%s needs %s", c.Name(), what)
	}
	return nil
}

func (c *Call) checkParameters(context.Context) error {
	unknown, err := c.readParams()
	if len(unknown) > 0 {
		some, more := shorten(unknown)
		c.Note(event.CallNote{Code: event.UnknownParameters, Method: c.Name(), Names: some, More: more})
	}
	if op := c.Binding.Operation; err == nil && op.Check != nil {
		err = op.Check(c)
	}
	return err
}

func (c *Call) checkPermission(ctx context.Context) error {
	op := c.Binding.Operation
	if err := c.granted(); err != nil {
		return err
	}
	if err := c.May(ctx, op.Consent); err != nil {
		return err
	}
	if op.Permit != nil {
		return op.Permit(ctx, c)
	}
	return nil
}

// May reports whether the operator and the user let the mini app have what a
// consent is for. An empty name is always allowed.
func (c *Call) May(ctx context.Context, name consent.Name) error {
	if name == "" {
		return nil
	}
	if err := c.Permitted(name); err != nil {
		return err
	}
	return c.consentGiven(ctx, name)
}

// Permitted reports whether the operator lets the mini app ask for a consent.
func (c *Call) Permitted(name consent.Name) error {
	if _, ok := c.App.Consent(string(name)); !ok {
		return problem.New(problem.NotPermitted, "%s is not permitted to ask for %q; add it to consents in its manifest, and ask GoPay to allow it", c.App.ID, name)
	}
	return nil
}

func (c *Call) consentGiven(ctx context.Context, name consent.Name) error {
	entry, err := c.Tx.Consents().Get(ctx, c.Launch.UserID, c.App.ID, name)
	if err != nil {
		return err
	}
	switch entry.State() {
	case consent.StateGiven:
		return nil
	case consent.StateNeverAsked:
		return problem.New(problem.ConsentMissing, "the user was never asked for %q; call %s first", name, c.Dialect.AskFor(name))
	case consent.StateRevoked:
		return problem.New(problem.ConsentMissing, "the user has withdrawn %q; call %s to ask again", name, c.Dialect.AskFor(name))
	default:
		return problem.New(problem.ConsentMissing, "the user has refused %q; call %s to ask again", name, c.Dialect.AskFor(name))
	}
}

func (c *Call) checkNetwork(context.Context) error {
	if c.lost {
		return problem.New(problem.Offline, "the network lost the call; try again")
	}
	if !c.Device.Online {
		return problem.New(problem.Offline, "the device is offline; try again when it is back")
	}
	return nil
}

func (c *Call) checkSuperApp(context.Context) error {
	if c.Device.Failing {
		return problem.New(problem.Internal, "the super app is set to fail; this is what an internal error of GoPay looks like")
	}
	return nil
}
