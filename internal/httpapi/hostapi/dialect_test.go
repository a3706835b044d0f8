package hostapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/testkit/apitest"
)

// The operations of these tests: a subscription with a start and a stop, and a job
// that ends only with its launch.
var (
	counted = schema.Object(schema.Required("n", schema.Integer()))

	startTicks = &jsapi.Operation{
		Name: "tick.start", Params: schema.Object(), Result: schema.Null(), Event: counted,
		Run: func(context.Context, *jsapi.Call) (jsapi.Step, error) {
			n := 0
			return jsapi.Step{Feed: &jsapi.Feed{
				Key: "tick", Every: jsapi.MinEvery, Read: func(context.Context) (any, error) { n++; return map[string]any{"n": n}, nil },
			}}, nil
		},
	}
	stopTicks = &jsapi.Operation{
		Name: "tick.stop", Params: schema.Object(), Result: schema.Null(),
		Run: func(context.Context, *jsapi.Call) (jsapi.Step, error) {
			return jsapi.Step{Stop: "tick"}, nil
		},
	}
	upload = &jsapi.Operation{
		Name: "file.upload", Params: schema.Object(schema.Required("how", schema.Enum("well", "badly", "never"))), Result: schema.Null(), Event: counted,
		Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
			how := c.Params.Text("how")
			return jsapi.Step{Work: &jsapi.Work{
				Do: func(ctx context.Context, progress func(any) error) (any, error) {
					if err := progress(map[string]any{"n": 50}); err != nil {
						return nil, err
					}
					switch how {
					case "badly":
						return nil, problem.New(problem.Offline, "the file cannot be sent")
					case "never":
						<-ctx.Done()
						return nil, ctx.Err()
					}
					return map[string]any{"n": 100}, nil
				},
			}}, nil
		},
	}
)

// toy returns a dialect whose method and event names differ from webview's.
func toy(t testing.TB) *jsapi.Dialect {
	t.Helper()
	d, err := jsapi.NewDialect(jsapi.Dialect{
		Name: "toy",
		Bindings: []*jsapi.Binding{
			{Operation: startTicks, Class: "Tick", Method: "start", Events: jsapi.EventNames{Reading: "Toy.tick"}},
			{Operation: stopTicks, Class: "Tick", Method: "stop"},
			{Operation: upload, Class: "File", Method: "upload", Events: jsapi.EventNames{Progress: "Toy.sending", Done: "Toy.sent", Failed: "Toy.unsent"}},
		},
		Success: func(_ *jsapi.Call, data, _ json.RawMessage) json.RawMessage {
			return fmt.Appendf(nil, `{"success":true,"data":%s,"error":null}`, data)
		},
		Failure: func(_ *jsapi.Call, p *problem.Problem) jsapi.Failure {
			e := jsapi.Error{Code: 500, Message: p.Message}
			text, err := json.Marshal(map[string]any{"success": false, "data": nil, "error": e})
			apitest.Must(t, err)
			return jsapi.Failure{Error: e, JSON: text}
		},
		AskFor: func(name consent.Name) string { return fmt.Sprintf("Toy.authorize(%q)", name) },
	})
	apitest.Must(t, err)
	return d
}

const webviewMethods = "getAuthCode getBankAccountToken getConsent getLocation getSystemInfo getWifiInfo openDeeplink triggerPayment"

func TestDialect_of_a_call_is_optional_and_known(t *testing.T) {
	t.Parallel()
	d := apitest.StartIn(t, toy(t))
	l := d.Open(apitest.AllowAll)
	post := func(body string) apitest.Answer { return d.Post(l.Path("/calls"), body, apitest.Bearer(l.Token)) }
	for _, body := range []string{`{"method":"getAuthCode"}`, `{"dialect":"","method":"getAuthCode"}`, `{"dialect":"webview","method":"getAuthCode"}`} {
		if got := post(body).OK(200); got.Member("result.success") != "true" {
			t.Errorf("%s: got %s", body, got.Body)
		}
	}
	if got := post(`{"dialect":"toy","method":"Tick.stop"}`).OK(200); got.Member("result.success") != "true" {
		t.Errorf("got %s", got.Body)
	}
	if got := post(`{"method":"Tick.stop"}`).OK(200); got.Member("result.error.code") != "100" {
		t.Errorf("webview has a method of the toy dialect: %s", got.Body)
	}
	post(`{"dialect":"toys","method":"Tick.stop"}`).Refused(400, "bad_request", `"toys"`, "toy")
	post(`{"dialect":1,"method":"Tick.stop"}`).Refused(400, "bad_request", "dialect")
}

func TestDialect_of_capabilities_is_optional_and_known(t *testing.T) {
	t.Parallel()
	d := apitest.StartIn(t, toy(t))
	l := d.Open(apitest.AllowAll)
	for query, want := range map[string]string{
		"": webviewMethods, "?dialect=": webviewMethods, "?dialect=webview": webviewMethods, "?dialect=toy": "File.upload Tick.start Tick.stop",
	} {
		d.Get(l.Path("/capabilities"+query), apitest.Bearer(l.Token)).Has("methods", want)
	}
	d.Send("GET", l.Path("/capabilities?dialect=Webview"), "", apitest.Bearer(l.Token)).Refused(400, "bad_request", `"Webview"`, "webview")
}

func TestDialect_of_a_message_is_optional_and_known(t *testing.T) {
	t.Parallel()
	c := apitest.StartIn(t, toy(t)).Open(apitest.AllowAll).Dial()
	for _, m := range []struct{ message, want string }{
		{`{"id":1,"type":"call","method":"getAuthCode"}`, "1 reply ok"},
		{`{"id":2,"type":"call","dialect":"toy","method":"Tick.stop"}`, "2 reply ok"},
		{`{"id":3,"type":"call","dialect":"toys","method":"Tick.stop"}`, "3 error bad_request"},
		{`{"id":4,"type":"call","dialect":[],"method":"Tick.stop"}`, "4 error bad_request"},
		{`{"id":5,"type":"capabilities","dialect":"nothing"}`, "5 error bad_request"},
	} {
		c.Say(m.message)
		if got := brief(c.Hear()); got != m.want {
			t.Errorf("%s: got %s, want %s", m.message, got, m.want)
		}
	}
	c.Say(`{"id":6,"type":"capabilities","dialect":"toy"}`)
	c.Hear().Has("methods", "File.upload Tick.start Tick.stop")
}
