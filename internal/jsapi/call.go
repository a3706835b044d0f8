package jsapi

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/spelling"
)

// Call is one JSAPI invocation on its way through the checks.
type Call struct {
	ID     string
	Launch launch.Launch
	App    miniapp.App
	Device device.Device
	Method *Method

	name   string // as it was called
	params json.RawMessage
	values values
	now    time.Time
	began  time.Time // for the journal's duration only
	engine *Engine
	tx     Tx
	checks []Check
	notes  []string

	payment payment.Payment // that triggerPayment is for, once it is permitted
	decided []consent.Entry // what a sheet was answered with, told once it is kept
}

// Check is one step that a call passed or failed, for the journal.
type Check struct {
	Step int    `json:"step"`
	Name string `json:"name"`
	OK   bool   `json:"ok"`
	Note string `json:"note,omitempty"`
}

// The checks, in their order: the first that fails answers the call. Each is
// named by what it settles; behind it stand the codes that it gives.
var checks = []struct {
	name string
	run  func(c *Call, ctx context.Context) error
}{
	{"launch", (*Call).checkLaunch},         // 203
	{"method", (*Call).checkMethod},         // 100
	{"device", (*Call).checkDevice},         // 400
	{"parameters", (*Call).checkParameters}, // 200, 201, 202
	{"permission", (*Call).checkPermission}, // 300
	{"network", (*Call).checkNetwork},       // 401
	{"super app", (*Call).checkSuperApp},    // 500
}

// check runs the checks until one fails.
func (c *Call) check(ctx context.Context) error {
	c.checks = make([]Check, 0, len(checks))
	for i, step := range checks {
		err := step.run(c, ctx)
		done := Check{Step: i + 1, Name: step.name, OK: err == nil}
		if err != nil {
			done.Note = problem.Of(err).Message
		}
		c.checks = append(c.checks, done)
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *Call) checkLaunch(ctx context.Context) (err error) {
	if c.Launch, err = c.tx.Launches().Get(ctx, c.Launch.ID); err != nil {
		return err
	}
	if c.App, err = c.tx.MiniApps().Get(ctx, c.Launch.MiniAppID); err != nil {
		return err
	}
	if err := c.Launch.Running(); err != nil {
		return err
	}
	return c.App.Runs()
}

func (c *Call) checkMethod(ctx context.Context) (err error) {
	if c.Device, err = c.engine.Devices.Device(ctx, c.Launch.ID); err != nil {
		return err
	}
	m := byName[c.name]
	if m == nil {
		return problem.New(problem.MethodUnknown, "there is no method %s%s", quoted([]string{c.name}), spelling.Hint(c.name, names))
	}
	c.Method = m
	if !c.Device.AppVersion.AtLeast(m.Since) {
		return problem.New(problem.VersionTooOld, "%s needs GoPay %s, the device has %s", m.Name, m.Since, c.Device.AppVersion)
	}
	return nil
}

// checkDevice looks at the device, and at what the user has on it.
func (c *Call) checkDevice(ctx context.Context) error {
	if why, lacks := c.Device.Lacks[c.Method.Needs]; lacks {
		return problem.New(problem.DeviceLacks, "%s needs %s: %s", c.Method.Name, c.Method.Needs, why)
	}
	if c.Method.Lacks == nil {
		return nil
	}
	u, err := c.tx.Users().Get(ctx, c.Launch.UserID)
	if err != nil {
		return err
	}
	if what := c.Method.Lacks(u); what != "" {
		return problem.New(problem.DeviceLacks, "%s needs %s", c.Method.Name, what)
	}
	return nil
}

func (c *Call) checkParameters(context.Context) (err error) {
	var unknown []string
	c.values, unknown, err = readParams(c.Method, c.params)
	if len(unknown) > 0 {
		c.notes = append(c.notes, c.Method.Name+" does not know the parameters "+quoted(unknown)+"; they are ignored")
	}
	if err == nil && c.Method.Check != nil {
		err = c.Method.Check(c)
	}
	return err
}

func (c *Call) checkPermission(ctx context.Context) error {
	if err := c.may(ctx, c.Method.Consent); err != nil {
		return err
	}
	if c.Method.Permit != nil {
		return c.Method.Permit(ctx, c)
	}
	return nil
}

// may says whether the operator and the user let the mini app have what a
// consent is for; no consent is always given.
func (c *Call) may(ctx context.Context, name consent.Name) error {
	if name == "" {
		return nil
	}
	if err := c.permitted(name); err != nil {
		return err
	}
	return c.consentGiven(ctx, name)
}

// permitted says whether the operator lets the mini app ask for a consent.
func (c *Call) permitted(name consent.Name) error {
	if _, ok := c.App.Consent(string(name)); !ok {
		return problem.New(problem.NotPermitted, "%s is not permitted to ask for %q; add it to consents in its manifest, and ask GoPay to allow it", c.App.ID, name)
	}
	return nil
}

func (c *Call) consentGiven(ctx context.Context, name consent.Name) error {
	entry, err := c.tx.Consents().Get(ctx, c.Launch.UserID, c.App.ID, name)
	if err != nil {
		return err
	}
	switch entry.State() {
	case consent.StateGiven:
		return nil
	case consent.StateNeverAsked:
		return problem.New(problem.ConsentMissing, "the user was never asked for %q; call getConsent(%q) first", name, name)
	case consent.StateRevoked:
		return problem.New(problem.ConsentMissing, "the user has withdrawn %q; call getConsent(%q) to ask again", name, name)
	default:
		return problem.New(problem.ConsentMissing, "the user has refused %q; call getConsent(%q) to ask again", name, name)
	}
}

func (c *Call) checkNetwork(context.Context) error {
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

// secrets gives the members of the result that the journal must not hold.
func (m *Method) secrets() []string {
	var names []string
	for _, f := range m.Result {
		if f.Secret {
			names = append(names, f.Name)
		}
	}
	return slices.Clip(names)
}
