package jsapi

import (
	"context"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/problem"
)

// Capabilities lists the methods that a launch can call now.
type Capabilities struct {
	AppVersion string                `json:"app_version"`
	Methods    map[string]Capability `json:"methods"`
}

// Capability reports whether a call of a method would pass the checks, and if not, why.
// A real call also has its parameters checked.
type Capability struct {
	Available  bool           `json:"available"`
	MinVersion string         `json:"min_version"`
	Consent    *ConsentStatus `json:"consent,omitempty"`
	Reason     *Error         `json:"reason,omitempty"`
}

// ConsentStatus is the consent that a method needs, and its state.
type ConsentStatus struct {
	Name  consent.Name  `json:"name"`
	State consent.State `json:"state"`
}

// Capabilities returns the capabilities of a launch, for each method of a dialect. An
// empty dialect is the first one. The problem of an unknown dialect is BadRequest.
func (e *Engine) Capabilities(ctx context.Context, dialect, launchID string) (Capabilities, error) {
	out := Capabilities{Methods: map[string]Capability{}}
	d := e.dialect(dialect)
	if d == nil {
		return out, e.noDialect(dialect)
	}
	err := e.DB.Read(ctx, func(tx Tx) error {
		for _, b := range d.Bindings {
			c := &Call{Launch: launch.Launch{ID: launchID}, Dialect: d, family: dialect, Engine: e, Tx: tx, name: b.Name()}
			one, err := c.capability(ctx, b)
			if err != nil {
				return err
			}
			out.Methods[b.Name()] = one
			out.AppVersion = c.Device.AppVersion.String()
		}
		return nil
	})
	return out, err
}

func (c *Call) capability(ctx context.Context, b *Binding) (Capability, error) {
	one := Capability{MinVersion: b.Since.String()}
	var err error
	c.readLaunch(ctx)
	if c.Device, err = c.Launch.On(ctx, c.Engine.Devices); err != nil {
		return one, err
	}
	if err := c.judgeLaunch(ctx); err != nil {
		return one, err
	}
	if b.Operation.Consent != "" {
		entry, err := c.Tx.Consents().Get(ctx, c.Launch.UserID, c.App.ID, b.Operation.Consent)
		if err != nil {
			return one, err
		}
		one.Consent = &ConsentStatus{Name: b.Operation.Consent, State: entry.State()}
	}
	if err := c.letThrough(ctx, b); err != nil {
		reason := c.failure(problem.Of(err)).Error
		one.Reason = &reason
	}
	one.Available = one.Reason == nil
	return one, nil
}

// letThrough runs the checks that need no parameters.
func (c *Call) letThrough(ctx context.Context, b *Binding) error {
	if err := c.checkMethod(ctx); err != nil {
		return err
	}
	if err := c.checkDevice(ctx); err != nil {
		return err
	}
	if err := c.granted(); err != nil {
		return err
	}
	if err := c.May(ctx, b.Operation.Consent); err != nil {
		return err
	}
	if err := c.checkNetwork(ctx); err != nil {
		return err
	}
	return c.checkSuperApp(ctx)
}
