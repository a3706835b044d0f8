package jsapi

import (
	"context"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/problem"
)

// Capabilities is what a launch can do now.
type Capabilities struct {
	AppVersion string                `json:"app_version"`
	Methods    map[string]Capability `json:"methods"`
}

// Capability says whether a method would be let through, and if not, why. The
// parameters of a real call are still checked then.
type Capability struct {
	Available  bool           `json:"available"`
	MinVersion string         `json:"min_version"`
	Consent    *ConsentStatus `json:"consent,omitempty"`
	Reason     *Error         `json:"reason,omitempty"`
}

// ConsentStatus is the consent that a method needs and how it stands.
type ConsentStatus struct {
	Name  consent.Name  `json:"name"`
	State consent.State `json:"state"`
}

// Capabilities tells what a launch can do now, method by method.
func (e *Engine) Capabilities(ctx context.Context, launchID string) (Capabilities, error) {
	out := Capabilities{Methods: map[string]Capability{}}
	err := e.DB.Read(ctx, func(tx Tx) error {
		for _, m := range Catalogue {
			c := &Call{Launch: launch.Launch{ID: launchID}, name: m.Name, engine: e, tx: tx}
			one, err := c.capability(ctx, m)
			if err != nil {
				return err
			}
			out.Methods[m.Name] = one
			out.AppVersion = c.Device.AppVersion.String()
		}
		return nil
	})
	return out, err
}

func (c *Call) capability(ctx context.Context, m *Method) (Capability, error) {
	one := Capability{MinVersion: m.Since.String()}
	if err := c.checkLaunch(ctx); err != nil {
		return one, err
	}
	if m.Consent != "" {
		entry, err := c.tx.Consents().Get(ctx, c.Launch.UserID, c.App.ID, m.Consent)
		if err != nil {
			return one, err
		}
		one.Consent = &ConsentStatus{Name: m.Consent, State: entry.State()}
	}
	if err := c.letThrough(ctx, m); err != nil {
		one.Reason = failure(problem.Of(err)).Error
	}
	one.Available = one.Reason == nil
	return one, nil
}

// letThrough runs the checks that need no parameters.
func (c *Call) letThrough(ctx context.Context, m *Method) error {
	if err := c.checkMethod(ctx); err != nil {
		return err
	}
	if err := c.checkDevice(ctx); err != nil {
		return err
	}
	if err := c.may(ctx, m.Consent); err != nil {
		return err
	}
	if err := c.checkNetwork(ctx); err != nil {
		return err
	}
	return c.checkSuperApp(ctx)
}
