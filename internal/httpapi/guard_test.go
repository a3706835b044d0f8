package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/httpapi"
)

func TestRoutes_are_the_documented_ones_each_once(t *testing.T) {
	want := strings.Fields(`POST/host/v1/launches GET/host/v1/launches/{id} DELETE/host/v1/launches/{id} POST/host/v1/launches/{id}/calls
		GET/host/v1/launches/{id}/capabilities GET/host/v1/launches/{id}/events GET/host/v1/launches/{id}/socket POST/host/v1/asks/{id}/answer
		POST/v1/mini-apps/authorizations/token GET/v1/mini-apps/users/profile POST/v1/mini-apps/bank-details
		POST/v1.0/access-token/b2b POST/v1.0/debit/payment-host-to-host POST/v1.0/debit/status GET/v1.0/debit/status POST/v1.0/debit/cancel POST/v1.0/debit/refund
		GET/control/v1/faults POST/control/v1/faults DELETE/control/v1/faults DELETE/control/v1/faults/{id}
		PUT/v1/mini-apps/reminder DELETE/v1/mini-apps/reminder/{id} POST/v1/mini-apps/notifications/push POST/v1/mini-apps/rewards
		GET/v1/mini-apps/gems/balance POST/v1/mini-apps/gems/collect
		GET/control/v1/messages DELETE/control/v1/messages/{id} GET/control/v1/wallet
		GET/control/v1/state GET/control/v1/device PATCH/control/v1/device GET/control/v1/answers PATCH/control/v1/answers
		GET/control/v1/clock POST/control/v1/clock GET/control/v1/journal GET/control/v1/payments POST/control/v1/payments
		GET/control/v1/users POST/control/v1/users PATCH/control/v1/users GET/control/v1/consents PATCH/control/v1/consents
		GET/control/v1/notifications POST/control/v1/notifications/{id}/replay PATCH/control/v1/mini-app GET/control/v1/credentials POST/control/v1/credentials/rotate POST/control/v1/reset
		GET/app/merchanttransfer POST/app/merchanttransfer GET/app/merchanttransfer/{file}
		POST/snap/v1/transactions GET/snap/v4/redirection/{token} POST/snap/v4/redirection/{token} GET/snap/snap.js`)
	got := map[string]bool{}
	for _, r := range start(t).api.Routes() {
		name := strings.Replace(r.Pattern, " ", "", 1)
		if got[name] {
			t.Errorf("%s is listed twice", name)
		}
		got[name] = true
	}
	for _, name := range want {
		if !got[name] {
			t.Errorf("%s is missing", name)
		}
		delete(got, name)
	}
	if len(got) > 0 {
		t.Errorf("not documented: %v", got)
	}
}

// Every route is walked without what it demands, and with what is not it.
func TestRoutes_refuse_who_does_not_bring_what_they_demand(t *testing.T) {
	t.Parallel()
	d := start(t)
	mine, other := d.open(allowAll), d.open(allowAll)
	token := mine.login()
	snap := d.partner()
	const name, word = "Authorization", "wrong"
	tries := map[httpapi.Demand]map[string][]header{
		httpapi.OwnOrigin: {
			"another origin":  {with("Origin", strings.TrimSuffix(d.urls.App, "/"))},
			"another site":    {with("Sec-Fetch-Site", "cross-site")},
			"another host":    {host("evil.example")},
			"an opaque page":  {with("Origin", "null")},
			"the app's frame": {with("Sec-Fetch-Site", "same-site"), with("Sec-Fetch-Mode", "cors")},
		},
		httpapi.LocalHost: {
			"another host": {host("evil.example")}, "an address as a name's head": {host("127.0.0.1.evil.example")},
		},
		httpapi.Launch: {
			"nothing": nil, "an empty token": {bearer("")}, "a wrong token": {bearer(word)}, "an auth token": {bearer(token)},
			"an altered token": {bearer(mine.token[:len(mine.token)-1] + "!")}, "another scheme": {with(name, "Basic "+mine.token)},
			"lower case": {with(name, "bearer "+mine.token)}, "another launch's": {bearer(other.token)}, "basic": {d.basic()},
		},
		httpapi.Basic: {
			"nothing": nil, "an auth token": {bearer(token)}, "a launch token": {bearer(mine.token)},
			"a wrong secret": {func(r *http.Request) { r.SetBasicAuth(d.id, word) }},
			"no secret":      {func(r *http.Request) { r.SetBasicAuth(d.id, "") }},
			"another app":    {func(r *http.Request) { r.SetBasicAuth("teh-00000000", d.key) }},
			"id for secret":  {func(r *http.Request) { r.SetBasicAuth(d.key, d.id) }},
		},
		httpapi.ServerKey: {
			"nothing": nil, "an auth token": {bearer(token)}, "a launch token": {bearer(mine.token)}, "a client id": {d.basic()},
			"a wrong key": {func(r *http.Request) { r.SetBasicAuth("SB-Mid-server-kopi-"+word, "") }},
		},
		httpapi.Bearer: {
			"nothing": nil, "basic": {d.basic()}, "a launch token": {bearer(mine.token)}, "a wrong token": {bearer(word)},
			"an altered token": {bearer(token[:len(token)-4] + "AAAA")},
		},
		httpapi.ClientKey: {
			"nothing": nil, "basic": {d.basic()}, "a bearer": {bearer(snap.token)}, "no signature": {snap.keyed(snap.stamp()), with("X-SIGNATURE", "")},
			"another client": {snap.keyed(snap.stamp()), with("X-CLIENT-KEY", "M000000001-teh-SNAP")}, "another time": {snap.keyed(snap.stamp()), with("X-TIMESTAMP", "2026-01-01T00:00:00Z")},
		},
		httpapi.Signed: {
			"nothing": nil, "basic": {d.basic()}, "an auth token": {snap.signed("POST", "", ""), bearer(token)}, "a token alone": {snap.signed("POST", "", "")},
			"another partner": {snap.signed("POST", "", ""), with("X-PARTNER-ID", "M000000001-teh")},
		},
	}
	status := map[httpapi.Demand]int{httpapi.OwnOrigin: 403, httpapi.LocalHost: 403, httpapi.Launch: 401, httpapi.Basic: 401, httpapi.Bearer: 401, httpapi.ClientKey: 401, httpapi.Signed: 401, httpapi.ServerKey: 401}
	for _, r := range d.api.Routes() {
		method, path, _ := strings.Cut(r.Pattern, " ")
		path = strings.Replace(path, "{id}", mine.id, 1)
		if r.Demand == httpapi.Socket {
			continue // its tests are the socket's
		}
		if status[r.Demand] == 0 {
			t.Errorf("%s demands %q, which is not tested", r.Pattern, r.Demand)
		}
		for who, headers := range tries[r.Demand] {
			if strings.Contains(path, "/asks/") && who == "another launch's" {
				continue // the token is good; the ask is not that launch's
			}
			got := d.send(method, path, "{}", append(headers, with("Request-Id", "1"))...)
			if got.status != status[r.Demand] {
				t.Errorf("%s with %s: status %d: %s", r.Pattern, who, got.status, got.body)
			}
		}
	}
	if d.get(mine.path(""), bearer(mine.token)).text("state") != "open" {
		t.Error("one of them ended the launch")
	}
}

func TestOwnOrigin(t *testing.T) {
	t.Parallel()
	d := start(t)
	own := strings.TrimSuffix(d.urls.Simulator, "/")
	address := strings.TrimPrefix(own, "http://")
	_, port, _ := strings.Cut(address, ":")
	for name, headers := range map[string][]header{
		"a program":             nil,
		"the page":              {with("Origin", own), with("Sec-Fetch-Site", "same-origin")},
		"the address bar":       {with("Sec-Fetch-Site", "none")},
		"localhost":             {host("localhost:" + port)},
		"LOCALHOST":             {host("LOCALHOST:" + port)},
		"localhost as a page":   {host("localhost:" + port), with("Origin", "http://localhost:"+port)},
		"a name below it":       {host("selasar.localhost:" + port)},
		"with a final dot":      {host("localhost.:" + port)},
		"without a port":        {host("127.0.0.1")},
		"IPv6":                  {host("[::1]:" + port)},
		"an address of the LAN": {host("192.168.1.7:" + port), with("Origin", "http://192.168.1.7:"+port)},
	} {
		if got := d.send("GET", "/control/v1/credentials", "", headers...); got.status != 200 {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	for name, headers := range map[string][]header{
		"the app's origin":            {with("Origin", strings.TrimSuffix(d.urls.App, "/"))},
		"another port":                {with("Origin", "http://127.0.0.1:1")},
		"localhost for 127.0.0.1":     {with("Origin", "http://localhost:"+port)},
		"a foreign page":              {with("Origin", "https://evil.example"), with("Sec-Fetch-Site", "cross-site")},
		"a foreign page's image":      {with("Sec-Fetch-Site", "cross-site"), with("Sec-Fetch-Mode", "no-cors")},
		"the mini app":                {with("Sec-Fetch-Site", "same-site")},
		"an unknown Sec-Fetch-Site":   {with("Sec-Fetch-Site", "same-origin, cross-site")},
		"a sandboxed frame":           {with("Origin", "null")},
		"a prefix":                    {with("Origin", own+".evil.example")},
		"a file":                      {with("Origin", "file://")},
		"a name that points here":     {host("rebind.evil.example:" + port), with("Origin", "http://rebind.evil.example:"+port)},
		"an address as a name's head": {host("127.0.0.1.evil.example:" + port)},
		"localhost as a name's head":  {host("localhost.evil.example:" + port)},
		"localhost as a name's tail":  {host("evillocalhost:" + port)},
		"a decimal address":           {host("2130706433:" + port)},
	} {
		d.send("GET", "/control/v1/credentials", "", headers...).refused(403, "forbidden_origin")
		_ = name
	}
}

func TestPaths_that_are_not_there(t *testing.T) {
	t.Parallel()
	d := start(t)
	for _, one := range []string{
		"GET /host/", "GET /host/v1/launches", "PUT /host/v1/launches/x", "GET /control/v1/", "GET /control/v1/no-such", "DELETE /control/v1/payments",
		"GET /v1/", "GET /v1.0/debit/refund", "POST /control/v1/state",
	} {
		method, path, _ := strings.Cut(one, " ")
		d.send(method, path, "{}").refused(404, "not_found", fmt.Sprintf("there is no %s %s", method, path))
	}
	d.send("GET", "/host/v1/launches", "").refused(404, "not_found", "it takes POST")
	d.send("PUT", "/host/v1/launches/x", "").refused(404, "not_found", "it takes GET, DELETE")
	for request, hint := range map[string]string{
		"GET /v1/mini-apps/authorizations/token": "it takes POST", "POST /v1/mini-apps/reminder": "it takes PUT", "GET /v1/mini-apps/profile": "/openapi.yaml",
		"GET /v1/mini-apps/user/profile": "did you mean /v1/mini-apps/users/profile?", "DELETE /v1/mini-apps/reminders/7": "did you mean /v1/mini-apps/reminder/{id}?",
	} {
		method, path, _ := strings.Cut(request, " ")
		got := d.send(method, path, "{}")
		if got.status != 404 || !strings.HasPrefix(string(got.body), `{"success":false,"error":{"description":"Not Found","hint":"there is no `) || !strings.Contains(string(got.body), hint) {
			t.Errorf("%s: %d %s", request, got.status, got.body)
		}
	}
	for path, meant := range map[string]string{
		"/v1.0/debit/refunds": "/v1.0/debit/refund", "/v1/debit/status": "/v1.0/debit/status", "/control/v1/fautls": "/control/v1/faults", "/snap/v1/transaction": "/snap/v1/transactions",
		"/host/v1/launch": "/host/v1/launches",
	} {
		d.send("POST", path, "{}").refused(404, "not_found", fmt.Sprintf("there is no POST %s, did you mean %s?", path, meant))
	}
	for _, path := range []string{"/control/v1/", "/control/v1/no-such", "/host/v1/asks//answer", "/v1.0/", "/host/v1/launches/"} {
		if got := string(d.send("POST", path, "{}").body); strings.Contains(got, "did you mean") {
			t.Errorf("POST %s: %s", path, got)
		}
	}
	if got := d.get("/healthz"); string(got.body) != "{\"status\":\"ok\"}\n" {
		t.Errorf("healthz says %s", got.body)
	}
}
