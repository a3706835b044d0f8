package jsapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/operation"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/version"
)

// ring is an operation of these tests. Its result has a secret that is too short for
// the journal to recognise without the schema.
var ring = &jsapi.Operation{
	Name:   "bell.ring",
	Params: schema.Object(schema.Default("times", schema.Integer().Range(1, 3), 1.0), schema.Optional("pin", schema.String().Secret())),
	Result: schema.Object(schema.Required("rung", schema.Integer()), schema.Required("key", schema.String().Secret())),
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		return jsapi.Step{Data: map[string]any{"rung": c.Params.Number("times"), "key": "secret-in-result"}}, nil
	},
}

// misfit returns a result that does not fit its schema.
var misfit = &jsapi.Operation{
	Name: "bell.misfit", Params: schema.Object(), Result: schema.Object(schema.Required("rung", schema.Integer())),
	Run: func(context.Context, *jsapi.Call) (jsapi.Step, error) {
		return jsapi.Step{Data: map[string]any{"rung": "private-text"}}, nil
	},
}

// toy writes operations in its own way: classes, an alias, a renamed parameter, results
// of another shape, members next to data, and errors as strings.
func toy(t testing.TB) *jsapi.Dialect {
	position := schema.Object(schema.Required("coords", schema.List(schema.Number())))
	beside := schema.Object(schema.Required("successScope", schema.Map(schema.Boolean())))
	d, err := jsapi.NewDialect(jsapi.Dialect{
		Name: "toy", Generation: "toys", About: jsapi.About{Surface: "Toy"},
		Bindings: []*jsapi.Binding{
			{Operation: operation.ReadLocation, Class: "Toy", Method: "where", Aliases: []string{"where"}, Since: version.Must("2.0.0"), Result: &position,
				Out: func(_ *jsapi.Call, data any) any {
					at := data.(operation.Position)
					return map[string]any{"coords": []float64{at.Longitude, at.Latitude}}
				}},
			{Operation: operation.RequestConsent, Class: "Toy", Method: "authorize", Rename: map[string]string{"consent_name": "scope"},
				BesideSchema: &beside, Beside: func(_ *jsapi.Call, data any) any {
					got := data.(operation.Consented)
					return map[string]any{"successScope": map[string]bool{got.Name: got.Given}}
				}},
			{Operation: ring, Class: "Bell", Method: "ring"},
			{Operation: misfit, Class: "Bell", Method: "misfit"},
			{Operation: startMotion, Class: "Motion", Method: "start", Events: jsapi.EventNames{Reading: "Toy.motion"}},
			{Operation: stopMotion, Class: "Motion", Method: "stop"},
			{Operation: save, Class: "File", Method: "save", Events: jsapi.EventNames{Progress: "Toy.saving", Done: "Toy.saved", Failed: "Toy.unsaved"}},
		},
		Success: func(_ *jsapi.Call, data, beside json.RawMessage) json.RawMessage {
			if len(beside) == 0 {
				return fmt.Appendf(nil, `{"ret":"TOY_OK","data":%s}`, data)
			}
			return fmt.Appendf(nil, `{"ret":"TOY_OK","data":%s,%s`, data, beside[1:])
		},
		Failure: func(c *jsapi.Call, p *problem.Problem) jsapi.Failure {
			text, _ := json.Marshal(map[string]string{"ret": "TOY_FAILED", "why": p.Message})
			return jsapi.Failure{Error: jsapi.Error{Code: 7, Message: p.Message}, JSON: text}
		},
		AskFor: func(name consent.Name) string { return fmt.Sprintf("Toy.authorize({scope: %q})", name) },
	})
	must(t, err)
	return d
}

// spoken opens a platform with the toy dialect in addition to webview.
func spoken(t testing.TB) *platform {
	p := open(t)
	p.engine.Dialects = append(p.engine.Dialects, toy(t))
	return p
}

// toyCall calls in the toy dialect and returns the envelope.
func (p *platform) toyCall(launchID, method, params string) (jsapi.Reply, string) {
	p.t.Helper()
	reply, err := p.engine.CallIn(p.t.Context(), "toy", launchID, method, json.RawMessage(params))
	must(p.t, err)
	if reply.Result == nil {
		return reply, ""
	}
	return reply, string(reply.Result.JSON)
}

func TestDialect_from_outside_has_its_own_names_and_shapes(t *testing.T) {
	t.Parallel()
	p := spoken(t)
	p.choose(`{"consent":"allow"}`)
	l := p.trusted()
	for _, c := range []struct{ method, params, want string }{
		{"Toy.where", "", `{"ret":"TOY_OK","data":{"coords":[106.8272,-6.1754]}}`},
		{"where", "{}", `{"ret":"TOY_OK","data":{"coords":[106.8272,-6.1754]}}`},
		{"Toy.authorize", `{"scope":"location"}`, `{"ret":"TOY_OK","data":{"consent_name":"location","has_consent":true},"successScope":{"location":true}}`},
		{"Toy.authorize", `{"consent_name":"location"}`, `{"ret":"TOY_FAILED","why":"Toy.authorize needs scope (string); it does not know \"consent_name\""}`},
		{"Toy.authorize", `{"scope":1}`, `{"ret":"TOY_FAILED","why":"scope of Toy.authorize must be a string, got number"}`},
		{"getLocation", "", `{"ret":"TOY_FAILED","why":"there is no method \"getLocation\" in Toy of generation toys; it exists in MiniAppSDK (generation webview)"}`},
		{"Bell.rings", "", `{"ret":"TOY_FAILED","why":"there is no method \"Bell.rings\", did you mean \"Bell.ring\"?"}`},
		{"Drum.beat", "", `{"ret":"TOY_FAILED","why":"there is no method \"Drum.beat\" (there are Toy.where, where, Toy.authorize, Bell.ring, Bell.misfit, Motion.start, Motion.stop, File.save)"}`},
		{"Bell.ring", `{"times":4}`, `{"ret":"TOY_FAILED","why":"times of Bell.ring must be from 1 to 3"}`},
		{"Bell.ring", `{"times":1.5}`, `{"ret":"TOY_FAILED","why":"times of Bell.ring must be a whole number"}`},
		{"Bell.ring", `{"times":null}`, `{"ret":"TOY_OK","data":{"key":"secret-in-result","rung":1}}`},
	} {
		if _, got := p.toyCall(l, c.method, c.params); got != c.want {
			t.Errorf("%s %s:\n got %s\nwant %s", c.method, c.params, got, c.want)
		}
	}
	fails(t, p.call(l, "Toy.where", ""), 100) // webview has only its own names
	if _, err := p.engine.CallIn(t.Context(), "toys", l, "where", nil); !problem.Is(err, problem.BadRequest) {
		t.Errorf("an unknown dialect: %v", err)
	}
}

func TestDialect_names_its_own_call_for_a_missing_consent(t *testing.T) {
	t.Parallel()
	p := spoken(t)
	l := p.launched(p.sari, `{"answer":"allow","consents":[]}`)
	if _, got := p.toyCall(l, "Toy.where", ""); !strings.Contains(got, `call Toy.authorize({scope: \"location\"})`) {
		t.Errorf("got %s", got)
	}
}

func TestDialect_of_an_answer_is_that_of_its_ask(t *testing.T) {
	t.Parallel()
	p := spoken(t)
	l := p.silent(p.sari)
	asked, _ := p.toyCall(l, "Toy.authorize", `{"scope":"location"}`)
	if asked.Ask == nil || asked.Ask.Kind != ask.Consent {
		t.Fatalf("asked nothing: %s", show(asked))
	}
	reply, err := p.answer(l, asked.Ask.ID, allowAll)
	must(t, err)
	if got, want := string(reply.Result.JSON), `{"ret":"TOY_OK","data":{"consent_name":"location","has_consent":true},"successScope":{"location":true}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAnswer_refuses_an_ask_whose_dialect_is_gone(t *testing.T) {
	t.Parallel()
	p := spoken(t)
	l := p.silent(p.sari)
	asked, _ := p.toyCall(l, "Toy.authorize", `{"scope":"location"}`)
	p.engine.Dialects = p.engine.Dialects[:1]
	reply, err := p.answer(l, asked.Ask.ID, allowAll)
	if !problem.Is(err, problem.MethodUnknown) {
		t.Errorf("got %s, %v", show(reply), err)
	}
}

func TestResult_secrets_reach_the_page_and_not_the_journal(t *testing.T) {
	t.Parallel()
	p := spoken(t)
	l := p.trusted()
	reply, got := p.toyCall(l, "Bell.ring", `{"pin":"pin-0123456"}`)
	if !strings.Contains(got, "secret-in-result") {
		t.Errorf("the page got %s", got)
	}
	detail := string(p.entry(reply.CallID).Detail)
	for _, secret := range []string{"secret-in-result", "pin-0123456"} {
		if strings.Contains(detail, secret) {
			t.Errorf("the journal contains %s: %s", secret, detail)
		}
	}
	for _, shown := range []string{"sec•••ult", "pin•••456", `"rung":1`} {
		if !strings.Contains(detail, shown) {
			t.Errorf("the journal does not show %s: %s", shown, detail)
		}
	}
}

func TestResult_that_does_not_fit_its_schema_is_not_sent(t *testing.T) {
	t.Parallel()
	p := spoken(t)
	l := p.trusted()
	reply, got := p.toyCall(l, "Bell.misfit", "")
	if !strings.Contains(got, "TOY_FAILED") || strings.Contains(got, "private-text") {
		t.Errorf("the page got %s", got)
	}
	if entry := show(p.entry(reply.CallID)); strings.Contains(entry, "private-text") {
		t.Errorf("the journal holds %s", entry)
	}
}

func TestNewDialect_refuses_invalid_dialects(t *testing.T) {
	t.Parallel()
	good := func() jsapi.Dialect { return *toy(t) }
	for name, spoil := range map[string]func(d *jsapi.Dialect){
		"two methods are called Bell.ring": func(d *jsapi.Dialect) {
			d.Bindings = append(d.Bindings, &jsapi.Binding{Operation: ring, Class: "Bell", Method: "ring"})
		},
		"lacks its name":      func(d *jsapi.Dialect) { d.Name = "" },
		"its envelope":        func(d *jsapi.Dialect) { d.Failure = nil },
		"lacks its operation": func(d *jsapi.Dialect) { d.Bindings = []*jsapi.Binding{{Method: "x"}} },
		"Result and Out": func(d *jsapi.Dialect) {
			d.Bindings = []*jsapi.Binding{{Operation: ring, Method: "x", Out: func(_ *jsapi.Call, data any) any { return data }}}
		},
		`no parameter "volume"`: func(d *jsapi.Dialect) {
			d.Bindings = []*jsapi.Binding{{Operation: ring, Method: "x", Positional: "volume"}}
		},
	} {
		d := good()
		spoil(&d)
		if _, err := jsapi.NewDialect(d); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
