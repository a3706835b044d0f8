package operation

import (
	"context"
	"encoding/json"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

// Consented is the result of [RequestConsent].
type Consented struct {
	Name  string `json:"consent_name"` // as it was asked for
	Given bool   `json:"has_consent"`
}

// RequestConsent asks the user for one consent.
var RequestConsent = &jsapi.Operation{
	Name:    "consent.request",
	Summary: "Asks the user for one consent, unless the user has already given it.",
	Params: schema.Object(
		schema.Required("consent_name", text("`location`, `camera`, `device_info`, `wifi`, `bank_account` or `profile`.")),
	),
	Result: schema.Object(
		schema.Required("consent_name", schema.String().Doc("The requested consent.")),
		schema.Required("has_consent", schema.Boolean().Doc("Whether the user has given the consent.")),
	),
	Check: func(c *jsapi.Call) error {
		if name := c.Params.Text("consent_name"); !known(name) {
			return problem.New(problem.ParamValue, "there is no consent %q; there are %s", name, consent.List())
		}
		return nil
	},
	Permit: func(_ context.Context, c *jsapi.Call) error { return c.Permitted(wanted(c)) },
	Run:    askConsent,
	Hold:   holdConsent,
	Resume: recordConsent,
	Share: func(c *jsapi.Call, data any) any {
		given, _ := data.(Consented)
		return Consented{c.Params.Text("consent_name"), given.Given}
	},
}

func known(name string) bool {
	_, ok := consent.Parse(name)
	return ok
}

// wanted returns the consent that a call asks for.
func wanted(c *jsapi.Call) consent.Name {
	name, _ := consent.Parse(c.Params.Text("consent_name"))
	return name
}

func consented(c *jsapi.Call, given bool) jsapi.Step {
	return jsapi.Step{Data: Consented{c.Params.Text("consent_name"), given}}
}

func askConsent(ctx context.Context, c *jsapi.Call) (jsapi.Step, error) {
	name := wanted(c)
	if registered, _ := c.App.Consent(string(name)); registered.Mandatory {
		c.Note(event.CallNote{Code: event.MandatoryAsked, Method: c.Name(), Names: []string{string(name)}})
	}
	entry, err := c.Tx.Consents().Get(ctx, c.Launch.UserID, c.App.ID, name)
	if err != nil || entry.State() == consent.StateGiven {
		return consented(c, true), err
	}
	registered, _ := c.App.Consent(string(name))
	offer := consent.NewOffer(registered) // mandatory, when the user has withdrawn a mandatory consent
	return jsapi.Step{Ask: &jsapi.Want{
		Kind: ask.Consent, Subject: string(name),
		Show: map[string]any{"phase": consent.OnCall, "consents": []consent.Offer{offer}},
	}}, nil
}

// holdConsent opens no sheet for a consent that the user has given since the checks.
func holdConsent(ctx context.Context, c *jsapi.Call, _ ask.Ask) (*jsapi.Step, error) {
	entry, err := c.Tx.Consents().Get(ctx, c.Launch.UserID, c.App.ID, wanted(c))
	if err != nil || entry.State() != consent.StateGiven {
		return nil, err
	}
	step := consented(c, true)
	return &step, nil
}

func recordConsent(ctx context.Context, c *jsapi.Call, a ask.Ask, answer jsapi.Answer) (jsapi.Step, error) {
	var shown struct{ Consents []consent.Offer }
	if err := json.Unmarshal(a.Show, &shown); err != nil {
		return jsapi.Step{}, err
	}
	decided, err := consent.Decide(shown.Consents, consent.Answer{Answer: answer.Answer, Consents: answer.Consents})
	if err != nil {
		return jsapi.Step{}, err
	}
	offer := shown.Consents[0]
	action := decided[offer.Name]
	e := consent.Entry{
		ID: c.Engine.IDs.New(), UserID: c.Launch.UserID, MiniAppID: c.App.ID, Name: offer.Name, Action: action,
		At: c.Now.UnixMilli(), Wording: offer.Wording(c.Device.Locale), AppVersion: c.Device.AppVersion.String(),
		LaunchID: c.Launch.ID, Source: consent.OnCall,
	}
	c.Decided = []consent.Entry{e}
	step := consented(c, action == consent.Given)
	if offer.Mandatory && action != consent.Given {
		step.End = &event.LaunchMove{Reason: event.ConsentDeclined, AppName: c.App.Name, Missing: []event.ConsentName{event.ConsentName(offer.Name)}}
	}
	return step, consent.Record(ctx, c.Tx, e)
}
