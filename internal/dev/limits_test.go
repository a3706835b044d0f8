package dev_test

import (
	"testing"
	"time"

	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/testkit/apitest"
)

// With a code lifetime of one minute, a code is refused after a minute. The clock
// runs during the requests, so half a minute is left for them (secret.TestCode_Stale
// tests the millisecond).
func TestLimits_code_life(t *testing.T) {
	t.Parallel()
	d := apitest.StartLimited(t, server.Limits{CodeLife: time.Minute})
	l := d.Open(apitest.AllowAll)
	for age, status := range map[string]int{"30s": 200, "61s": 400} {
		code := l.Code()
		d.Post("/control/v1/clock", `{"advance":"`+age+`"}`).OK(200)
		d.Post("/v1/mini-apps/authorizations/token", `{"auth_code":"`+code+`"}`, d.Basic()).OK(status)
	}
}

func TestLimits_timestamp_window(t *testing.T) {
	t.Parallel()
	p := apitest.StartLimited(t, server.Limits{TimestampWindow: time.Minute}).Partner()
	// The clock runs during the request, so 40 s are left for it.
	const body = `{"originalReferenceNo":"none","serviceCode":"54"}`
	for by, code := range map[string]string{"-20s": "2005500", "50s": "2005500", "-70s": "4015500", "100s": "4015500"} {
		stamp := p.Now().Add(apitest.Duration(t, by)).UTC().Format(time.RFC3339)
		p.Asks(apitest.StatusPath, body, apitest.With("X-TIMESTAMP", stamp), apitest.With("X-SIGNATURE", p.Mac("POST", apitest.StatusPath, body, stamp))).Says(code)
	}
}
