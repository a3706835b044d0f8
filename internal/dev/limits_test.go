package dev_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/limit"
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

// The calls on a socket are counted like requests. A refused one is answered, and the
// socket goes on.
func TestLimits_of_a_user_on_a_socket(t *testing.T) {
	t.Parallel()
	d := apitest.StartLimited(t, server.Limits{Rates: limit.Rates{User: limit.Rate{PerSecond: 1, Burst: 3}}})
	conn := d.Open(apitest.AllowAll).Dial()
	for n, refused := 1, false; !refused; n++ {
		if n == 100 {
			t.Fatal("no call was refused")
		}
		conn.Say(fmt.Sprintf(`{"id":%d,"type":"call","method":"getLocation"}`, n))
		reply := conn.HearUntil(fmt.Sprintf(`"id":%d`, n))
		refused = strings.Contains(reply[len(reply)-1], `"too_many_requests"`)
	}
	conn.Close()
}
