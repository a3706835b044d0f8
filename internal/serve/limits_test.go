package serve_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/limit"
	"github.com/selasar/selasar/internal/serve"
	"github.com/selasar/selasar/internal/server"
)

// slow is a rate that gives one token, and no other during the test.
var slow = limit.Rate{PerSecond: 1, Burst: 1}

func limited(r limit.Rates) serve.Config { return serve.Config{Limits: server.Limits{Rates: r}} }

// Above the rate of an address, every API answers 429 in its own form, before it looks at
// the credentials.
func TestLimits_of_an_address_in_every_dialect(t *testing.T) {
	t.Parallel()
	o := start(t, limited(limit.Rates{Address: limit.Rate{PerSecond: 1, Burst: 1}}))
	o.key = ""
	for {
		if o.do("GET", "/admin/v1/whoami", "").status == 429 {
			break
		}
	}
	for _, one := range []struct{ method, path, form string }{
		{"GET", "/admin/v1/whoami", `"code":"too_many_requests"`},
		{"POST", "/host/v1/launches/x/calls", `"code":"too_many_requests"`},
		{"GET", "/host/v1/launches/x/events", `"code":"too_many_requests"`},
		{"GET", "/host/v1/launches/x/socket", `"code":"too_many_requests"`},
		{"POST", "/v1/mini-apps/authorizations/token", `"GENERIC_SERVICE_ERROR"`},
		{"POST", "/v1.0/access-token/b2b", `"responseCode":"4297300"`},
		{"POST", "/v1.0/debit/status", `"responseCode":"4295500"`},
	} {
		var a answer
		for range 20 { // a second may give one of them a token
			if a = o.do(one.method, one.path, ""); a.status == 429 {
				break
			}
		}
		if a.status != 429 || a.header.Get("Retry-After") != "1" || !strings.Contains(a.text, one.form) {
			t.Errorf("%s %s: %d %s, Retry-After %q", one.method, one.path, a.status, a.text, a.header.Get("Retry-After"))
		}
	}
}

func TestLimits_of_a_key_a_mini_app_and_a_user(t *testing.T) {
	t.Parallel()
	o := start(t, limited(limit.Rates{Key: limit.Rate{PerSecond: 1, Burst: 10}, MiniApp: slow, User: slow}))
	l := o.opened()
	set := o.do("POST", "/admin/v1/mini-apps/kopi/credentials/reveal", "").is(200)
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte(set.at("client_id")+":"+set.at("client_secret")))
	for what, one := range map[string]struct {
		method, path, body, authorization string
	}{
		"key":      {"GET", "/admin/v1/whoami", "", "Bearer " + o.key},
		"mini app": {"POST", "/v1/mini-apps/authorizations/token", `{"auth_code":"x"}`, basic},
		"user":     {"POST", "/host/v1/launches/" + l.at("launch_id") + "/calls", `{"method":"getLocation"}`, "Bearer " + l.at("token")},
	} {
		statuses := map[int]int{}
		for range 100 {
			a := o.do(one.method, one.path, one.body, "Authorization", one.authorization, "Content-Type", "application/json")
			if statuses[a.status]++; a.status == 429 {
				if a.header.Get("Retry-After") != "1" || !strings.Contains(a.text, "wait 1 s") && what != "mini app" {
					t.Errorf("%s: %s, Retry-After %q", what, a.text, a.header.Get("Retry-After"))
				}
				break
			}
		}
		if statuses[429] != 1 || len(statuses) != 2 {
			t.Errorf("%s: the statuses %v", what, statuses)
		}
	}
}
