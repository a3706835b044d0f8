package hostapi_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// FuzzHostCall sends any body to a launch's calls and answers.
func FuzzHostCall(f *testing.F) {
	d := apitest.Start(f)
	d.Patch("/control/v1/answers", `{"consent":"allow","payment":"pending","deeplink":"open"}`)
	l := d.Open("")
	for _, body := range append(apitest.Awkward, `{"method":"getAuthCode"}`, `{"method":"getConsent","params":{"consent_name":"location"}}`, `{"method":1}`, `{"method":"x","params":[]}`) {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		d.T, l.T = t, t
		for _, path := range []string{l.Path("/calls"), "/host/v1/asks/none/answer", "/host/v1/launches"} {
			got := d.Post(path, body, apitest.Bearer(l.Token))
			if got.Status >= 500 || got.Status >= 400 && got.Text("error.code") == "" {
				t.Fatalf("%s %q: %d %s", path, body, got.Status, got.Body)
			}
		}
	})
}

// FuzzSocket sends any message to a launch's socket: each is answered once.
func FuzzSocket(f *testing.F) {
	d := apitest.Start(f)
	d.Patch("/control/v1/answers", `{"consent":"allow","payment":"pending","deeplink":"open"}`)
	c := d.Open("").Dial()
	for _, message := range append(apitest.Awkward,
		`{"id":1,"type":"call","method":"getAuthCode"}`, `{"id":2,"type":"answer","ask_id":"x","answer":{}}`, `{"id":3,"type":"capabilities"}`, `{"id":1e99,"type":"call"}`,
		`{"id":4,"type":"hello","token":"x"}`, `{"id":5,"type":"call","method":"getConsent","params":{"consent_name":"wifi"}}`) {
		f.Add(message)
	}
	f.Fuzz(func(t *testing.T, message string) {
		d.T, c.T = t, t
		c.Say(strings.ToValidUTF8(message, "?")) // a text frame
		got := c.Hear()
		for got.Text("type") == "event" {
			got = c.Hear()
		}
		if kind := got.Text("type"); kind != "reply" && kind != "error" || kind == "error" && got.Text("error.code") == "internal" {
			t.Fatalf("%q: %s", message, got.Body)
		}
	})
}
