package hostapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestSocket_starts_with_a_hello(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l, other := d.Open(apitest.AllowAll), d.Open(apitest.AllowAll)
	for name, first := range map[string]string{
		"no hello": `{"id":1,"type":"call","method":"getAuthCode"}`, "a hello without a token": `{"type":"hello"}`,
		"a wrong token": `{"type":"hello","token":"x"}`, "another launch's token": `{"type":"hello","token":"` + other.Token + `"}`,
		"another type":   `{"type":"HELLO","token":"` + l.Token + `"}`,
		"a number token": `{"type":"hello","token":1}`, "garbage": `hello`, "nothing": ``, "an array": `[]`, "null": `null`,
		"too much": `{"type":"hello","token":"` + strings.Repeat("x", 2<<20) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			c := l.Connect()
			c.Say(first)
			want := websocket.StatusPolicyViolation
			if len(first) > 1<<20 {
				want = websocket.StatusMessageTooBig
			}
			if got := c.Closed(); got != want {
				t.Errorf("closed with %v, want %v", got, want)
			}
		})
	}
	c := l.Dial()
	c.Say(`{"id":1,"type":"call","method":"getAuthCode"}`)
	if got := c.Hear(); got.Member("id") != "1" || got.Text("type") != "reply" || len(got.Text("result.data.authCode")) != 64 {
		t.Errorf("got %s", got.Body)
	}
}

func TestSocket_refuses_other_origins_and_hosts(t *testing.T) {
	t.Parallel()
	l := apitest.Start(t).Open(apitest.AllowAll)
	for name, o := range map[string]*websocket.DialOptions{
		"the mini app's origin": {HTTPHeader: http.Header{"Origin": {strings.TrimSuffix(l.URLs.App, "/")}}},
		"a foreign origin":      {HTTPHeader: http.Header{"Origin": {"https://evil.example"}}},
		"an opaque origin":      {HTTPHeader: http.Header{"Origin": {"null"}}},
		"a rebound name":        {Host: "evil.example", HTTPHeader: http.Header{"Origin": {"http://evil.example"}}},
	} {
		_, got, err := websocket.Dial(t.Context(), l.Socket(), o)
		if err == nil || got == nil || got.StatusCode != 403 {
			t.Errorf("%s: %v", name, err)
		}
	}
	l.Send("GET", l.Path("/socket"), "").OK(http.StatusUpgradeRequired)
}

func TestSocket_messages(t *testing.T) {
	t.Parallel()
	l := apitest.Start(t).Open(apitest.AllowAll)
	c := l.Dial()
	for message, want := range map[string]string{
		`{"id":7,"type":"nonsense"}`:          `7 error bad_request`,
		`{"id":8}`:                            `8 error bad_request`,
		`{"id":9,"type":"hello","token":"x"}`: `9 error bad_request`,
		`garbage`:                             `0 error bad_request`,
		`[]`:                                  `0 error bad_request`,
		`"call"`:                              `0 error bad_request`,
		`{"id":10,"type":"call","method":1}`:  `10 error bad_request`,
		`{"id":"x","type":"call","method":"getAuthCode"}`:                                                                       `0 error bad_request`,
		`{"id":11,"type":"answer","ask_id":"x","answer":{}}`:                                                                    `11 error ask_unknown`,
		`{"id":12,"type":"answer","ask_id":"x"}`:                                                                                `12 error answer_invalid`,
		`{"id":13,"type":"call"}`:                                                                                               `13 reply 100`,
		`{"id":14,"type":"call","method":"__proto__"}`:                                                                          `14 reply 100`,
		`{"id":15,"type":"call","method":"getConsent"}`:                                                                         `15 reply 200`,
		`{"id":16,"type":"call","method":"getConsent","params":[]}`:                                                             `16 reply 201`,
		`{"id":17,"type":"call","method":"getConsent","params":"x"}`:                                                            `17 reply 201`,
		`{"id":-18,"type":"call","method":"getAuthCode","params":null}`:                                                         `-18 reply ok`,
		`{"id":9007199254740993,"type":"call","method":"getAuthCode"}`:                                                          `9007199254740993 reply ok`,
		`{"id":19,"type":"capabilities","method":"x","more":{"a":[1]}}`:                                                         `19 reply capabilities`,
		`{"id":20,"type":"call","method":"x","params":` + apitest.Big(300) + `}`:                                                `20 error too_large`,
		`{"id":21,"type":"call","method":"getAuthCode","params":` + strings.Repeat(`[`, 9000) + strings.Repeat(`]`, 9000) + `}`: `21 reply 201`,
	} {
		c.Say(message)
		if got := brief(c.Hear()); got != want {
			t.Errorf("%.80s: got %s, want %s", message, got, want)
		}
	}
	apitest.Must(t, c.Ws.Write(t.Context(), websocket.MessageBinary, []byte(`{"id":1,"type":"nonsense"}`)))
	if got := brief(c.Hear()); got != "1 error bad_request" {
		t.Errorf("binary: got %s", got)
	}
	apitest.Must(t, c.Ws.Write(t.Context(), websocket.MessageBinary, []byte{0xff, 0, 0xfe}))
	if got := brief(c.Hear()); got != "0 error bad_request" {
		t.Errorf("garbage in binary: got %s", got)
	}
}

func TestSocket_describes_the_mistake_in_a_message(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Open(apitest.AllowAll).Dial()
	for message, want := range map[string]string{
		`{"id":6,"type":"call","method":5}`:               `6 method must be a string, got number`,
		`{"method":[],"type":"call","id":7}`:              `7 method must be a string, got array`,
		`{"id":8,"type":true}`:                            `8 type must be a string, got bool`,
		`{"id":9,"type":"answer","ask_id":{}}`:            `9 ask_id must be a string, got object`,
		`{"id":"x","type":"call","method":"getAuthCode"}`: `0 id must be a whole number, got string`,
		`{"id":` + strings.Repeat("7", 99) + `}`:          `0 id must be a whole number, got number 777•••777`,
		`{"id":1.5,"type":"capabilities"}`:                `0 id must be a whole number, got number 1.5`,
		`{"id":11,"type":"hello","after":"x"}`:            `11 after must be a whole number, got string`,
		`[]`:                                              `0 a message is an object such as {"id":1,"type":"capabilities"}, got array`,
		`garbage`:                                         `0 the message is not JSON: invalid character 'g' looking for beginning of value`,
		`{"id":10}`:                                       `10 there is no message type ""; there are call, answer, withdraw, leave, capabilities and background`,
	} {
		c.Say(message)
		got := c.Hear()
		if says := got.Member("id") + " " + got.Text("error.message"); says != want {
			t.Errorf("%s: got %s, want %s", message, says, want)
		}
	}
}

// brief returns the id and kind of a message, and its result.
func brief(a apitest.Answer) string {
	a.T.Helper()
	var m struct {
		ID      json.Number
		Type    string
		Methods json.RawMessage
		Result  *struct {
			Success bool
			Error   *struct{ Code int }
		}
		Error *struct{ Code string }
	}
	a.Into(&m)
	head := m.ID.String() + " " + m.Type + " "
	switch {
	case m.Error != nil:
		return head + m.Error.Code
	case m.Methods != nil:
		return head + "capabilities"
	case m.Result != nil && m.Result.Success:
		return head + "ok"
	case m.Result != nil && m.Result.Error != nil:
		return head + fmt.Sprint(m.Result.Error.Code)
	}
	return head + string(a.Body)
}

// Earlier messages get their replies, and the close has a reason.
func TestSocket_closes_on_a_message_of_2_MB_and_the_platform_continues(t *testing.T) {
	t.Parallel()
	l := apitest.Start(t).Open(apitest.AllowAll)
	c := l.Dial()
	const before = 200
	go func() {
		for i := range before {
			_ = c.Ws.Write(t.Context(), websocket.MessageText, fmt.Appendf(nil, `{"id":%d,"type":"call","method":"getAuthCode"}`, i+1))
		}
		_ = c.Ws.Write(t.Context(), websocket.MessageText, []byte(`{"id":999,"type":"call","method":"getAuthCode","params":`+apitest.Big(2048)+`}`))
	}()
	for range before {
		if got := brief(c.Hear()); !strings.HasSuffix(got, " reply ok") {
			t.Errorf("got %s", got)
		}
	}
	end := c.Ended()
	if end.Code != websocket.StatusMessageTooBig || end.Reason != "a message is longer than 327680 bytes; the parameters of a call take at most 262144" {
		t.Errorf("closed with %v", end)
	}
	again := l.Dial()
	again.Say(`{"id":1,"type":"capabilities"}`)
	if got := brief(again.Hear()); got != "1 reply capabilities" {
		t.Errorf("got %s", got)
	}
	l.Code()
}

// Each of 10,000 messages gets one reply, in any order.
func TestSocket_answers_a_flood_of_calls_once_each(t *testing.T) {
	t.Parallel()
	l := apitest.Start(t).Open(apitest.AllowAll)
	c := l.Dial()
	const n = 10_000
	go func() {
		for i := range n {
			if c.Ws.Write(t.Context(), websocket.MessageText, fmt.Appendf(nil, `{"id":%d,"type":"call","method":"getAuthCode"}`, i+1)) != nil {
				return
			}
		}
	}()
	seen := make(map[string]bool, n)
	for range n {
		got := string(c.Hear().Body)
		id, rest, _ := strings.Cut(got, ",")
		if !strings.HasPrefix(rest, `"type":"reply"`) || !strings.Contains(rest, `"success":true`) || seen[id] {
			t.Fatalf("got %s", got)
		}
		seen[id] = true
	}
}

func TestSocket_ask_answer_and_events(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(`{"answer":"decline"}`)
	c := l.Dial()
	c.Say(`{"id":1,"type":"call","method":"getConsent","params":{"consent_name":"location"}}`)
	asked := c.Hear()
	if asked.Text("ask.kind") != "consent" || asked.Text("ask.phase") != "call" || asked.Text("ask.app.name") != "Kopi" || asked.Member("result") != "" {
		t.Errorf("got %s", asked.Body)
	}
	c.Say(`{"id":2,"type":"answer","ask_id":"` + asked.Text("ask.id") + `","answer":{"answer":"allow"}}`)
	reply, told := c.Hear(), c.Hear()
	if reply.Text("type") == "event" {
		reply, told = told, reply // they arrive in any order
	}
	if reply.Member("id") != "2" || reply.Member("result.data.has_consent") != "true" || reply.Text("call_id") != asked.Text("call_id") {
		t.Errorf("got %s", reply.Body)
	}
	if string(told.Body) != `{"event":{"name":"consent_changed","event":"consent.changed","data":{"name":"location","state":"given"}},"type":"event"}` {
		t.Errorf("told %s", told.Body)
	}
	d.Patch("/control/v1/device", `{"model":"X"}`)
	if got := c.Hear(); got.Text("event.name") != "device_changed" || got.Text("type") != "event" {
		t.Errorf("got %s", got.Body)
	}
	c.Say(`{"id":3,"type":"call","method":"getConsent","params":{"consent_name":"wifi"}}`)
	asked = c.Hear()
	d.Post("/control/v1/clock", `{"advance":"10m"}`).OK(200)
	if got := c.Hear(); got.Text("event.name") != "ask_closed" || got.Text("event.data.ask_id") != asked.Text("ask.id") {
		t.Errorf("got %s", got.Body)
	}
	if got := c.Hear(); got.Text("event.name") != "call_settled" || got.Text("event.data.call_id") != asked.Text("call_id") || got.Member("event.data.result.error.code") != "401" {
		t.Errorf("got %s", got.Body)
	}
	d.Send("DELETE", l.Path(""), "", apitest.Bearer(l.Token)).OK(204)
	if got := c.Hear(); got.Text("event.name") != "launch_ended" {
		t.Errorf("got %s", got.Body)
	}
	c.Say(`{"id":4,"type":"call","method":"getAuthCode"}`)
	if got := brief(c.Hear()); got != "4 reply 203" {
		t.Errorf("got %s", got)
	}
}

// A page that is reloaded without ending its launch leaves no payment locked: the
// launch ends 10 seconds after its connection, and the next launch can pay the
// payment.
func TestHost_that_disconnects_ends_its_launch_after_the_grace(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	made := d.Post("/control/v1/payments", `{"amount":15000,"title":"Kopi susu","valid_for":"24h"}`).OK(201)
	pay := `{"deeplink":"` + made.Text("deeplink") + `"}`
	for how, come := range map[string]func(l apitest.Launch) (goes func()){
		"a socket": func(l apitest.Launch) func() { return l.Dial().Close },
		"a stream": func(l apitest.Launch) func() {
			ctx, cancel := context.WithCancel(t.Context())
			r, err := http.NewRequestWithContext(ctx, "GET", l.URLs.API+l.Path("/events"), nil)
			apitest.Must(t, err)
			apitest.Bearer(l.Token)(r)
			got, err := http.DefaultClient.Do(r)
			apitest.Must(t, err)
			return func() { cancel(); _ = got.Body.Close() }
		},
	} {
		l := d.Open(apitest.AllowAll)
		goes := come(l)
		if got := l.Call("triggerPayment", pay); got.Member("ask") == "" {
			t.Fatalf("%s: got %s", how, got.Body)
		}
		goes()
		for late := time.Now().Add(20 * time.Second); len(l.Endings()) == 0 && time.Now().Before(late); { // the server notices it a moment later
			d.Post("/control/v1/clock", `{"advance":"10s"}`).OK(200)
		}
		if got := l.Endings(); len(got) != 1 || !strings.Contains(got[0], "host has gone") {
			t.Errorf("%s: ended for %q", how, got)
		}
	}
	if got := d.Open(apitest.AllowAll).Call("triggerPayment", pay); got.Member("ask") == "" {
		t.Errorf("got %s", got.Body)
	}
}

func TestHost_that_reconnects_or_never_connects_keeps_its_launch(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	back, plain := d.Open(apitest.AllowAll), d.Open(apitest.AllowAll)
	c := back.Dial()
	for range 5 {
		c.Close()
		c = back.Dial()
		d.Post("/control/v1/clock", `{"advance":"1h"}`).OK(200)
	}
	for _, l := range []apitest.Launch{back, plain} {
		l.Code()
		if got := l.Endings(); len(got) != 0 {
			t.Errorf("ended for %q", got)
		}
	}
}

// A withdrawn consent takes effect at the next call of open launches, and their hosts
// get the event within a second (F7).
func TestConsent_withdrawn_while_a_launch_is_open(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	c := l.Dial()
	fastest := time.Hour // other load on the machine may slow down some of the five
	for range 5 {
		if got := l.Call("getLocation", ""); got.Member("result.success") != "true" {
			t.Fatalf("got %s", got.Body)
		}
		began := time.Now()
		d.Patch("/control/v1/consents", `{"name":"location","state":"revoked"}`)
		if got := l.Call("getLocation", ""); got.Member("result.error.code") != "300" {
			t.Errorf("the next call got %s", got.Body)
		}
		got := c.Hear()
		fastest = min(fastest, time.Since(began))
		if string(got.Body) != `{"event":{"name":"consent_changed","event":"consent.changed","data":{"name":"location","state":"revoked"}},"type":"event"}` {
			t.Errorf("told %s", got.Body)
		}
		if able := d.Get(l.Path("/capabilities"), apitest.Bearer(l.Token)).Member("methods.getLocation.consent.state"); able != `"revoked"` {
			t.Errorf("capabilities say %s", able)
		}
		d.Patch("/control/v1/consents", `{"name":"location","state":"given"}`)
		c.Hear()
	}
	if fastest > time.Second {
		t.Errorf("told after %s", fastest)
	}
}
