package httpapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// conn is the socket of a launch.
type conn struct {
	t  testing.TB
	ws *websocket.Conn
}

func (l launch) socket() string {
	return "ws" + strings.TrimPrefix(l.urls.API, "http") + l.path("/socket")
}

func (l launch) connect() *conn {
	l.t.Helper()
	ws, _, err := websocket.Dial(l.t.Context(), l.socket(), nil)
	must(l.t, err)
	ws.SetReadLimit(1 << 20)
	l.t.Cleanup(func() { _ = ws.CloseNow() })
	return &conn{l.t, ws}
}

// dial connects and says hello.
func (l launch) dial() *conn {
	l.t.Helper()
	c := l.connect()
	c.say(`{"type":"hello","token":"` + l.token + `"}`)
	if got := c.hear(); string(got.body) != `{"type":"ready"}` {
		l.t.Fatalf("got %s", got.body)
	}
	return c
}

func (c *conn) say(message string) {
	c.t.Helper()
	must(c.t, c.ws.Write(c.t.Context(), websocket.MessageText, []byte(message)))
}

// hear gives the next message.
func (c *conn) hear() answer {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 20*time.Second)
	defer cancel()
	_, data, err := c.ws.Read(ctx)
	must(c.t, err)
	return answer{t: c.t, what: "the socket", body: data, status: 200}
}

// ended waits for the end and gives its status and reason.
func (c *conn) ended() (end websocket.CloseError) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 20*time.Second)
	defer cancel()
	for {
		if _, _, err := c.ws.Read(ctx); err != nil {
			if !errors.As(err, &end) {
				c.t.Errorf("the socket ends without a status: %v", err)
			}
			return end
		}
	}
}

func (c *conn) closed() websocket.StatusCode {
	c.t.Helper()
	return c.ended().Code
}

func (c *conn) close() { _ = c.ws.Close(websocket.StatusNormalClosure, "") }

// collect reads every message until the end.
func (c *conn) collect() <-chan []string {
	all := make(chan []string, 1)
	go func() {
		var list []string
		for {
			_, data, err := c.ws.Read(context.Background())
			if err != nil {
				all <- list
				return
			}
			list = append(list, string(data))
		}
	}()
	return all
}

func TestSocket_begins_with_a_hello(t *testing.T) {
	t.Parallel()
	d := start(t)
	l, other := d.open(allowAll), d.open(allowAll)
	for name, first := range map[string]string{
		"no hello": `{"id":1,"type":"call","method":"getAuthCode"}`, "a hello without a token": `{"type":"hello"}`,
		"a wrong token": `{"type":"hello","token":"x"}`, "another launch's token": `{"type":"hello","token":"` + other.token + `"}`,
		"another type":   `{"type":"HELLO","token":"` + l.token + `"}`,
		"a number token": `{"type":"hello","token":1}`, "garbage": `hello`, "nothing": ``, "an array": `[]`, "null": `null`,
		"too much": `{"type":"hello","token":"` + strings.Repeat("x", 2<<20) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			c := l.connect()
			c.say(first)
			want := websocket.StatusPolicyViolation
			if len(first) > 1<<20 {
				want = websocket.StatusMessageTooBig
			}
			if got := c.closed(); got != want {
				t.Errorf("closed with %v, want %v", got, want)
			}
		})
	}
	c := l.dial()
	c.say(`{"id":1,"type":"call","method":"getAuthCode"}`)
	if got := c.hear(); got.member("id") != "1" || got.text("type") != "reply" || len(got.text("result.data.authCode")) != 64 {
		t.Errorf("got %s", got.body)
	}
}

func TestSocket_is_refused_to_other_origins_and_hosts(t *testing.T) {
	t.Parallel()
	l := start(t).open(allowAll)
	for name, o := range map[string]*websocket.DialOptions{
		"the mini app's origin": {HTTPHeader: http.Header{"Origin": {strings.TrimSuffix(l.urls.App, "/")}}},
		"a foreign origin":      {HTTPHeader: http.Header{"Origin": {"https://evil.example"}}},
		"an opaque origin":      {HTTPHeader: http.Header{"Origin": {"null"}}},
		"a rebound name":        {Host: "evil.example", HTTPHeader: http.Header{"Origin": {"http://evil.example"}}},
	} {
		_, got, err := websocket.Dial(t.Context(), l.socket(), o)
		if err == nil || got == nil || got.StatusCode != 403 {
			t.Errorf("%s: %v", name, err)
		}
	}
	l.send("GET", l.path("/socket"), "").ok(http.StatusUpgradeRequired)
}

func TestSocket_messages(t *testing.T) {
	t.Parallel()
	l := start(t).open(allowAll)
	c := l.dial()
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
		`{"id":20,"type":"call","method":"x","params":` + big(300) + `}`:                                                        `20 error too_large`,
		`{"id":21,"type":"call","method":"getAuthCode","params":` + strings.Repeat(`[`, 9000) + strings.Repeat(`]`, 9000) + `}`: `21 reply 201`,
	} {
		c.say(message)
		if got := brief(c.hear()); got != want {
			t.Errorf("%.80s: got %s, want %s", message, got, want)
		}
	}
	must(t, c.ws.Write(t.Context(), websocket.MessageBinary, []byte(`{"id":1,"type":"nonsense"}`)))
	if got := brief(c.hear()); got != "1 error bad_request" {
		t.Errorf("binary: got %s", got)
	}
	must(t, c.ws.Write(t.Context(), websocket.MessageBinary, []byte{0xff, 0, 0xfe}))
	if got := brief(c.hear()); got != "0 error bad_request" {
		t.Errorf("garbage in binary: got %s", got)
	}
}

func TestSocket_says_what_is_wrong_with_a_message(t *testing.T) {
	t.Parallel()
	c := start(t).open(allowAll).dial()
	for message, want := range map[string]string{
		`{"id":6,"type":"call","method":5}`:               `6 method must be a string, got number`,
		`{"method":[],"type":"call","id":7}`:              `7 method must be a string, got array`,
		`{"id":8,"type":true}`:                            `8 type must be a string, got bool`,
		`{"id":9,"type":"answer","ask_id":{}}`:            `9 ask_id must be a string, got object`,
		`{"id":"x","type":"call","method":"getAuthCode"}`: `0 id must be a whole number, got string`,
		`{"id":` + strings.Repeat("7", 99) + `}`:          `0 id must be a whole number, got number 777•••777`,
		`{"id":1.5,"type":"capabilities"}`:                `0 id must be a whole number, got number 1.5`,
		`[]`:                                              `0 a message is an object such as {"id":1,"type":"capabilities"}, got array`,
		`garbage`:                                         `0 the message is not JSON: invalid character 'g' looking for beginning of value`,
		`{"id":10}`:                                       `10 there is no message type ""; there are call, answer and capabilities`,
	} {
		c.say(message)
		got := c.hear()
		if says := got.member("id") + " " + got.text("error.message"); says != want {
			t.Errorf("%s: got %s, want %s", message, says, want)
		}
	}
}

// big is a JSON string of so many KiB.
func big(kib int) string { return `"` + strings.Repeat("x", kib<<10) + `"` }

// brief writes the id and kind of a message, and what it comes to.
func brief(a answer) string {
	a.t.Helper()
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
	a.into(&m)
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
	return head + string(a.body)
}

// What was sent before is answered, and the end says why it came.
func TestSocket_closes_on_a_message_of_2_MB_and_the_platform_lives_on(t *testing.T) {
	t.Parallel()
	l := start(t).open(allowAll)
	c := l.dial()
	const before = 200
	go func() {
		for i := range before {
			_ = c.ws.Write(t.Context(), websocket.MessageText, fmt.Appendf(nil, `{"id":%d,"type":"call","method":"getAuthCode"}`, i+1))
		}
		_ = c.ws.Write(t.Context(), websocket.MessageText, []byte(`{"id":999,"type":"call","method":"getAuthCode","params":`+big(2048)+`}`))
	}()
	for range before {
		if got := brief(c.hear()); !strings.HasSuffix(got, " reply ok") {
			t.Errorf("got %s", got)
		}
	}
	end := c.ended()
	if end.Code != websocket.StatusMessageTooBig || end.Reason != "a message is longer than 327680 bytes; the parameters of a call take at most 262144" {
		t.Errorf("closed with %v", end)
	}
	again := l.dial()
	again.say(`{"id":1,"type":"capabilities"}`)
	if got := brief(again.hear()); got != "1 reply capabilities" {
		t.Errorf("got %s", got)
	}
	l.code()
}

// Every one of 10,000 messages is answered once, in whatever order.
func TestSocket_answers_a_flood_of_calls_once_each(t *testing.T) {
	t.Parallel()
	l := start(t).open(allowAll)
	c := l.dial()
	const n = 10_000
	go func() {
		for i := range n {
			if c.ws.Write(t.Context(), websocket.MessageText, fmt.Appendf(nil, `{"id":%d,"type":"call","method":"getAuthCode"}`, i+1)) != nil {
				return
			}
		}
	}()
	seen := make(map[string]bool, n)
	for range n {
		got := string(c.hear().body)
		id, rest, _ := strings.Cut(got, ",")
		if !strings.HasPrefix(rest, `"type":"reply"`) || !strings.Contains(rest, `"success":true`) || seen[id] {
			t.Fatalf("got %s", got)
		}
		seen[id] = true
	}
}

func TestSocket_ask_answer_and_events(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(`{"answer":"decline"}`)
	c := l.dial()
	c.say(`{"id":1,"type":"call","method":"getConsent","params":{"consent_name":"location"}}`)
	asked := c.hear()
	if asked.text("ask.kind") != "consent" || asked.text("ask.phase") != "call" || asked.text("ask.app.name") != "Kopi" || asked.member("result") != "" {
		t.Errorf("got %s", asked.body)
	}
	c.say(`{"id":2,"type":"answer","ask_id":"` + asked.text("ask.id") + `","answer":{"answer":"allow"}}`)
	reply, told := c.hear(), c.hear()
	if reply.text("type") == "event" {
		reply, told = told, reply // they come in any order
	}
	if reply.member("id") != "2" || reply.member("result.data.has_consent") != "true" || reply.text("call_id") != asked.text("call_id") {
		t.Errorf("got %s", reply.body)
	}
	if string(told.body) != `{"event":{"name":"consent_changed","event":"consent.changed","data":{"name":"location","state":"given"}},"type":"event"}` {
		t.Errorf("told %s", told.body)
	}
	d.patch("/control/v1/device", `{"model":"X"}`)
	if got := c.hear(); got.text("event.name") != "device_changed" || got.text("type") != "event" {
		t.Errorf("got %s", got.body)
	}
	c.say(`{"id":3,"type":"call","method":"getConsent","params":{"consent_name":"wifi"}}`)
	asked = c.hear()
	d.post("/control/v1/clock", `{"advance":"10m"}`).ok(200)
	if got := c.hear(); got.text("event.name") != "ask_closed" || got.text("event.data.ask_id") != asked.text("ask.id") {
		t.Errorf("got %s", got.body)
	}
	if got := c.hear(); got.text("event.name") != "call_settled" || got.text("event.data.call_id") != asked.text("call_id") || got.member("event.data.result.error.code") != "401" {
		t.Errorf("got %s", got.body)
	}
	d.send("DELETE", l.path(""), "", bearer(l.token)).ok(204)
	if got := c.hear(); got.text("event.name") != "launch_ended" {
		t.Errorf("got %s", got.body)
	}
	c.say(`{"id":4,"type":"call","method":"getAuthCode"}`)
	if got := brief(c.hear()); got != "4 reply 203" {
		t.Errorf("got %s", got)
	}
}

// endings are the reasons for which the journal says that a launch ended.
func (l launch) endings() (reasons []string) {
	l.t.Helper()
	var page struct {
		Entries []struct {
			LaunchID string `json:"launch_id"`
			Title    string `json:"title"`
			Message  string `json:"message"`
		} `json:"entries"`
	}
	l.get("/control/v1/journal").into(&page)
	for _, e := range page.Entries {
		if e.LaunchID == l.id && e.Title == "launch ended" {
			reasons = append(reasons, e.Message)
		}
	}
	return reasons
}

// A page that is reloaded without a word leaves no payment locked: its launch
// ends 10 seconds after its connection, and the payment can be paid in the next.
func TestHost_that_goes_without_a_word_ends_its_launch(t *testing.T) {
	t.Parallel()
	d := start(t)
	made := d.post("/control/v1/payments", `{"amount":15000,"title":"Kopi susu","valid_for":"24h"}`).ok(201)
	pay := `{"deeplink":"` + made.text("deeplink") + `"}`
	for how, come := range map[string]func(l launch) (goes func()){
		"a socket": func(l launch) func() { return l.dial().close },
		"a stream": func(l launch) func() {
			ctx, cancel := context.WithCancel(t.Context())
			r, err := http.NewRequestWithContext(ctx, "GET", l.urls.API+l.path("/events"), nil)
			must(t, err)
			bearer(l.token)(r)
			got, err := http.DefaultClient.Do(r)
			must(t, err)
			return func() { cancel(); _ = got.Body.Close() }
		},
	} {
		l := d.open(allowAll)
		goes := come(l)
		if got := l.call("triggerPayment", pay); got.member("ask") == "" {
			t.Fatalf("%s: got %s", how, got.body)
		}
		goes()
		for late := time.Now().Add(20 * time.Second); len(l.endings()) == 0 && time.Now().Before(late); { // the server sees it a moment later
			d.post("/control/v1/clock", `{"advance":"10s"}`).ok(200)
		}
		if got := l.endings(); len(got) != 1 || !strings.Contains(got[0], "host has gone") {
			t.Errorf("%s: ended for %q", how, got)
		}
	}
	if got := d.open(allowAll).call("triggerPayment", pay); got.member("ask") == "" {
		t.Errorf("got %s", got.body)
	}
}

func TestHost_that_comes_back_or_never_connects_keeps_its_launch(t *testing.T) {
	t.Parallel()
	d := start(t)
	back, plain := d.open(allowAll), d.open(allowAll)
	c := back.dial()
	for range 5 {
		c.close()
		c = back.dial()
		d.post("/control/v1/clock", `{"advance":"1h"}`).ok(200)
	}
	for _, l := range []launch{back, plain} {
		l.code()
		if got := l.endings(); len(got) != 0 {
			t.Errorf("ended for %q", got)
		}
	}
}

// What a user withdraws is withdrawn at the next call of launches that are
// open, and they are told within a second (F7).
func TestConsent_withdrawn_while_a_launch_is_open(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	c := l.dial()
	fastest := time.Hour // the machine may have something else to do in one of the five
	for range 5 {
		if got := l.call("getLocation", ""); got.member("result.success") != "true" {
			t.Fatalf("got %s", got.body)
		}
		began := time.Now()
		d.patch("/control/v1/consents", `{"name":"location","state":"revoked"}`)
		if got := l.call("getLocation", ""); got.member("result.error.code") != "300" {
			t.Errorf("the next call got %s", got.body)
		}
		got := c.hear()
		fastest = min(fastest, time.Since(began))
		if string(got.body) != `{"event":{"name":"consent_changed","event":"consent.changed","data":{"name":"location","state":"revoked"}},"type":"event"}` {
			t.Errorf("told %s", got.body)
		}
		if able := d.get(l.path("/capabilities"), bearer(l.token)).member("methods.getLocation.consent.state"); able != `"revoked"` {
			t.Errorf("capabilities say %s", able)
		}
		d.patch("/control/v1/consents", `{"name":"location","state":"given"}`)
		c.hear()
	}
	if fastest > time.Second {
		t.Errorf("told after %s", fastest)
	}
}
