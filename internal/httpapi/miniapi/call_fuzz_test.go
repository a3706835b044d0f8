package miniapi_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// FuzzToken and FuzzBankDetails send any body and Request-Id to the backend. Each
// gets an answer in the envelope, with a documented code, never 5xx.
func FuzzToken(f *testing.F) { fuzzBackend(f, apitest.TokenPath, "auth_code") }

func FuzzBankDetails(f *testing.F) { fuzzBackend(f, apitest.BankPath, "account_token") }

func fuzzBackend(f *testing.F, path, field string) {
	d := apitest.Start(f)
	for _, body := range apitest.Awkward {
		f.Add(body, "")
	}
	for _, value := range []string{`""`, `null`, `1`, `["x"]`, `"x"`, `"` + strings.Repeat("0", 64) + `"`} {
		f.Add(`{"`+field+`":`+value+`}`, "id")
	}
	codes := map[string]bool{"": true, "303": true, "305": true, "310": true, "902": true}
	f.Fuzz(func(t *testing.T, body, id string) {
		d.T = t
		got := d.Post(path, body, d.Basic(), apitest.RequestID(apitest.HeaderText(id)))
		var e apitest.EnvelopeSeen
		got.Into(&e)
		if e.Success || got.Status < 400 || got.Status >= 500 || !codes[e.Error.Code] || e.Error.Description == "" || e.Error.Hint == "" {
			t.Fatalf("%q: %d %s", body, got.Status, got.Body)
		}
	})
}
