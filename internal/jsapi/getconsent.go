package jsapi

import (
	"context"
	"encoding/json"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/version"
)

var getConsent = &Method{
	Name:    "getConsent",
	Summary: "Asks the user for one consent, unless it is given already.",
	Page:    "get-consent",
	Params: []Param{
		{Name: "consent_name", Type: String, Doc: "`location`, `camera`, `device_info`, `wifi`, `bank_account` or `profile`."},
	},
	Positional: "consent_name",
	Result: []Field{
		{Name: "consent_name", Type: String, Doc: "The consent that was asked for."},
		{Name: "has_consent", Type: Boolean, Doc: "Whether the user has given it."},
	},
	Since: version.Must("1.52.0"),
	Check: func(c *Call) error {
		if text := c.values.text("consent_name"); !known(text) {
			return problem.New(problem.ParamValue, "there is no consent %q; there are %s", text, consent.List())
		}
		return nil
	},
	Permit: func(_ context.Context, c *Call) error { return c.permitted(c.wanted()) },
	Run:    askConsent,
	Resume: recordConsent,
}

func known(name string) bool {
	_, ok := consent.Parse(name)
	return ok
}

// wanted is the consent that a getConsent call names.
func (c *Call) wanted() consent.Name {
	name, _ := consent.Parse(c.values.text("consent_name"))
	return name
}

func (c *Call) consented(given bool) Step {
	return Step{Data: map[string]any{"consent_name": c.values.text("consent_name"), "has_consent": given}}
}

func askConsent(ctx context.Context, c *Call) (Step, error) {
	name := c.wanted()
	entry, err := c.tx.Consents().Get(ctx, c.Launch.UserID, c.App.ID, name)
	if err != nil || entry.State() == consent.StateGiven {
		return c.consented(true), err
	}
	registered, _ := c.App.Consent(string(name))
	offer := consent.NewOffer(registered)
	offer.Mandatory = false // asked from within the mini app, every consent is optional (get-consent)
	return Step{Ask: &Want{
		Kind: ask.Consent, Subject: string(name),
		Show: map[string]any{"phase": consent.OnCall, "consents": []consent.Offer{offer}},
	}}, nil
}

func recordConsent(ctx context.Context, c *Call, a ask.Ask, answer Answer) (Step, error) {
	var shown struct{ Consents []consent.Offer }
	if err := json.Unmarshal(a.Show, &shown); err != nil {
		return Step{}, err
	}
	decided, err := consent.Decide(shown.Consents, consent.Answer{Answer: answer.Answer, Consents: answer.Consents})
	if err != nil {
		return Step{}, err
	}
	offer := shown.Consents[0]
	action := decided[offer.Name]
	e := consent.Entry{
		ID: c.engine.IDs.New(), UserID: c.Launch.UserID, MiniAppID: c.App.ID, Name: offer.Name, Action: action,
		At: c.now.UnixMilli(), Wording: offer.Wording(c.Device.Locale), AppVersion: c.Device.AppVersion.String(),
		LaunchID: c.Launch.ID, Source: consent.OnCall,
	}
	c.decided = []consent.Entry{e}
	return c.consented(action == consent.Given), consent.Record(ctx, c.tx, e)
}
