package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
)

// awkward are bodies that programs stumble over.
var awkward = []string{
	"", " ", "{}", "null", "[]", "1", `"x"`, "{", `{"a":1,"a":2}`, "\xff", "\xef\xbb\xbf{}", `{"a":"\ud800"}`, strings.Repeat("[", 500), `{"":null}`, `{"__proto__":{}}`,
}

// FuzzToken and FuzzBankDetails send any body and Request-Id to the backend:
// each is answered in its envelope, with a documented code, and never by 5xx.
func FuzzToken(f *testing.F) { fuzzBackend(f, tokenPath, "auth_code") }

func FuzzBankDetails(f *testing.F) { fuzzBackend(f, bankPath, "account_token") }

func fuzzBackend(f *testing.F, path, field string) {
	d := start(f)
	for _, body := range awkward {
		f.Add(body, "")
	}
	for _, value := range []string{`""`, `null`, `1`, `["x"]`, `"x"`, `"` + strings.Repeat("0", 64) + `"`} {
		f.Add(`{"`+field+`":`+value+`}`, "id")
	}
	codes := map[string]bool{"": true, "303": true, "305": true, "310": true, "902": true}
	f.Fuzz(func(t *testing.T, body, id string) {
		d.t = t
		got := d.post(path, body, d.basic(), requestID(headerText(id)))
		var e envelopeSeen
		got.into(&e)
		if e.Success || got.status < 400 || got.status >= 500 || !codes[e.Error.Code] || e.Error.Description == "" || e.Error.Hint == "" {
			t.Fatalf("%q: %d %s", body, got.status, got.body)
		}
	})
}

// envelopeSeen is an answer of the mini apps' backend.
type envelopeSeen struct {
	Success bool
	Error   struct{ Code, Description, Hint string }
}

// headerText is what of a text a header can hold.
func headerText(text string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' {
			return -1
		}
		return c
	}, text)
}

// The targets of BI-SNAP send any signed body, from the documentation's own
// examples on: each is answered with a code of the operation, never by 5xx, and
// the same bytes twice under one X-EXTERNAL-ID get the same answer.
func FuzzSnapToken(f *testing.F) {
	p := start(f).partner()
	for _, body := range append(awkward, `{"grantType":"client_credentials"}`, `{"grant_type":"client_credentials"}`, `{"grantType":"client_credentials","additionalInfo":{}}`) {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		p.t = t
		p.snapCode(p.send("POST", snapTokenPath, body, p.keyed(p.stamp())), "73")
	})
}

func FuzzSnapPayment(f *testing.F) { fuzzSnap(f, h2hPath, examples["payment"]) }
func FuzzSnapStatus(f *testing.F)  { fuzzSnap(f, statusPath, examples["status"]) }
func FuzzSnapCancel(f *testing.F)  { fuzzSnap(f, cancelPath, examples["cancel"]) }
func FuzzSnapRefund(f *testing.F)  { fuzzSnap(f, refundPath, examples["refund"]) }

func fuzzSnap(f *testing.F, path string, seeds []string) {
	p := start(f).partner()
	for _, body := range append(awkward, seeds...) {
		f.Add(body, "")
	}
	f.Add(strings.ReplaceAll(seeds[0], "A120240930075800vyWwxohb5WID", p.creates("1.00")), "")
	f.Fuzz(func(t *testing.T, body, id string) {
		p.t = t
		id = headerText(id)
		headers := []header{}
		if id != "" {
			headers = append(headers, externalID(id))
		} else {
			headers = append(headers, externalID(fmt.Sprint("fuzz ", p.ids.Add(1))))
		}
		first := p.asks(path, body, headers...)
		p.snapCode(first, service[path])
		if again := p.asks(path, body, headers...); first.status == 200 && path != statusPath && string(again.body) != string(first.body) {
			t.Fatalf("%q: %s, then %s", body, first.body, again.body)
		}
	})
}

// snapCode checks that an answer is one of BI-SNAP's, and none of a failure inside.
func (p *partner) snapCode(got answer, service string) {
	p.t.Helper()
	code := got.text("responseCode")
	if got.status >= 500 || len(code) != 7 || code[:3] != fmt.Sprint(got.status) || code[3:5] != service || (got.status == 200) != (got.member("hint") == "") {
		p.t.Fatalf("%s: %d %s", got.what, got.status, got.body)
	}
}

// FuzzHostCall sends any body to a launch's calls and answers.
func FuzzHostCall(f *testing.F) {
	d := start(f)
	d.patch("/control/v1/answers", `{"consent":"allow","payment":"pending","deeplink":"open"}`)
	l := d.open("")
	for _, body := range append(awkward, `{"method":"getAuthCode"}`, `{"method":"getConsent","params":{"consent_name":"location"}}`, `{"method":1}`, `{"method":"x","params":[]}`) {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		d.t, l.t = t, t
		for _, path := range []string{l.path("/calls"), "/host/v1/asks/none/answer", "/host/v1/launches"} {
			got := d.post(path, body, bearer(l.token))
			if got.status >= 500 || got.status >= 400 && got.text("error.code") == "" {
				t.Fatalf("%s %q: %d %s", path, body, got.status, got.body)
			}
		}
	})
}

// FuzzSocket sends any message to a launch's socket: each is answered once.
func FuzzSocket(f *testing.F) {
	d := start(f)
	d.patch("/control/v1/answers", `{"consent":"allow","payment":"pending","deeplink":"open"}`)
	c := d.open("").dial()
	for _, message := range append(awkward,
		`{"id":1,"type":"call","method":"getAuthCode"}`, `{"id":2,"type":"answer","ask_id":"x","answer":{}}`, `{"id":3,"type":"capabilities"}`, `{"id":1e99,"type":"call"}`,
		`{"id":4,"type":"hello","token":"x"}`, `{"id":5,"type":"call","method":"getConsent","params":{"consent_name":"wifi"}}`) {
		f.Add(message)
	}
	f.Fuzz(func(t *testing.T, message string) {
		d.t, c.t = t, t
		c.say(strings.ToValidUTF8(message, "?")) // a text frame
		got := c.hear()
		for got.text("type") == "event" {
			got = c.hear()
		}
		if kind := got.text("type"); kind != "reply" && kind != "error" || kind == "error" && got.text("error.code") == "internal" {
			t.Fatalf("%q: %s", message, got.body)
		}
	})
}

// FuzzControl sends any body to every path of the control API that takes one.
func FuzzControl(f *testing.F) {
	d := start(f)
	for _, body := range append(awkward,
		`{"model":"x","wifi":null}`, `{"consent":"allow"}`, `{"advance":"1ms"}`, `{"amount":1,"valid_for":"1m"}`, `{"name":"A","balance":1}`, `{"name":"location","state":"given"}`,
		`{"status":"active"}`, `{"location":{"path":{"points":[{},{}],"speed_mps":1}}}`, `{"advance":"2562047h47m16.854775807s"}`, `{"amount":{"value":"1","currency":"IDR"}}`,
		`{"id":"x","current":true}`, `{"bank":{"account_number":"12345"}}`) {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		d.t = t
		for _, one := range []string{
			"PATCH /control/v1/device", "PATCH /control/v1/answers", "POST /control/v1/clock", "POST /control/v1/payments", "POST /control/v1/users",
			"PATCH /control/v1/users", "PATCH /control/v1/consents", "PATCH /control/v1/mini-app",
		} {
			method, path, _ := strings.Cut(one, " ")
			if got := d.send(method, path, body); got.status >= 500 || got.status >= 400 && got.text("error.code") == "" {
				t.Fatalf("%s %q: %d %s", one, body, got.status, got.body)
			}
		}
	})
}
