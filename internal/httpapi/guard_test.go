package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/testkit/apitest"
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
		POST/host/v1/launches/{id}/blobs GET/host/v1/launches/{id}/blobs/{blob}
		POST/snap/v1/transactions GET/snap/v4/redirection/{token} POST/snap/v4/redirection/{token} GET/snap/snap.js`)
	got := map[string]bool{}
	for _, r := range apitest.Start(t).API.Routes() {
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

// Every route is called without the credential that it demands, and with a wrong one.
func TestRoutes_refuse_callers_without_credentials(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	mine, other := d.Open(apitest.AllowAll), d.Open(apitest.AllowAll)
	token := mine.Login()
	snap := d.Partner()
	const name, word = "Authorization", "wrong"
	tries := map[httpapi.Demand]map[string][]apitest.Header{
		httpapi.OwnOrigin: {
			"another origin":  {apitest.With("Origin", strings.TrimSuffix(d.URLs.App, "/"))},
			"another site":    {apitest.With("Sec-Fetch-Site", "cross-site")},
			"another host":    {apitest.Host("evil.example")},
			"an opaque page":  {apitest.With("Origin", "null")},
			"the app's frame": {apitest.With("Sec-Fetch-Site", "same-site"), apitest.With("Sec-Fetch-Mode", "cors")},
		},
		httpapi.LocalHost: {
			"another host": {apitest.Host("evil.example")}, "an address as a name's head": {apitest.Host("127.0.0.1.evil.example")},
		},
		httpapi.Launch: {
			"nothing": nil, "an empty token": {apitest.Bearer("")}, "a wrong token": {apitest.Bearer(word)}, "an auth token": {apitest.Bearer(token)},
			"an altered token": {apitest.Bearer(mine.Token[:len(mine.Token)-1] + "!")}, "another scheme": {apitest.With(name, "Basic "+mine.Token)},
			"lower case": {apitest.With(name, "bearer "+mine.Token)}, "another launch's": {apitest.Bearer(other.Token)}, "basic": {d.Basic()},
		},
		httpapi.Basic: {
			"nothing": nil, "an auth token": {apitest.Bearer(token)}, "a launch token": {apitest.Bearer(mine.Token)},
			"a wrong secret": {func(r *http.Request) { r.SetBasicAuth(d.ID, word) }},
			"no secret":      {func(r *http.Request) { r.SetBasicAuth(d.ID, "") }},
			"another app":    {func(r *http.Request) { r.SetBasicAuth("teh-00000000", d.Key) }},
			"id for secret":  {func(r *http.Request) { r.SetBasicAuth(d.Key, d.ID) }},
		},
		httpapi.ServerKey: {
			"nothing": nil, "an auth token": {apitest.Bearer(token)}, "a launch token": {apitest.Bearer(mine.Token)}, "a client id": {d.Basic()},
			"a wrong key": {func(r *http.Request) { r.SetBasicAuth("SB-Mid-server-kopi-"+word, "") }},
		},
		httpapi.Bearer: {
			"nothing": nil, "basic": {d.Basic()}, "a launch token": {apitest.Bearer(mine.Token)}, "a wrong token": {apitest.Bearer(word)},
			"an altered token": {apitest.Bearer(token[:len(token)-4] + "AAAA")},
		},
		httpapi.ClientKey: {
			"nothing": nil, "basic": {d.Basic()}, "a bearer": {apitest.Bearer(snap.Token)}, "no signature": {snap.Keyed(snap.Stamp()), apitest.With("X-SIGNATURE", "")},
			"another client": {snap.Keyed(snap.Stamp()), apitest.With("X-CLIENT-KEY", "M000000001-teh-SNAP")}, "another time": {snap.Keyed(snap.Stamp()), apitest.With("X-TIMESTAMP", "2026-01-01T00:00:00Z")},
		},
		httpapi.Signed: {
			"nothing": nil, "basic": {d.Basic()}, "an auth token": {snap.Signed("POST", "", ""), apitest.Bearer(token)}, "a token alone": {snap.Signed("POST", "", "")},
			"another partner": {snap.Signed("POST", "", ""), apitest.With("X-PARTNER-ID", "M000000001-teh")},
		},
	}
	status := map[httpapi.Demand]int{httpapi.OwnOrigin: 403, httpapi.LocalHost: 403, httpapi.Launch: 401, httpapi.Basic: 401, httpapi.Bearer: 401, httpapi.ClientKey: 401, httpapi.Signed: 401, httpapi.ServerKey: 401}
	for _, r := range d.API.Routes() {
		method, path, _ := strings.Cut(r.Pattern, " ")
		path = strings.Replace(path, "{id}", mine.ID, 1)
		if r.Demand == httpapi.Socket {
			continue // the tests of the socket cover it
		}
		if status[r.Demand] == 0 {
			t.Errorf("%s demands %q, which is not tested", r.Pattern, r.Demand)
		}
		for who, headers := range tries[r.Demand] {
			if strings.Contains(path, "/asks/") && who == "another launch's" {
				continue // the token is valid; the ask belongs to another launch
			}
			got := d.Send(method, path, "{}", append(headers, apitest.With("Request-Id", "1"))...)
			if got.Status != status[r.Demand] {
				t.Errorf("%s with %s: status %d: %s", r.Pattern, who, got.Status, got.Body)
			}
		}
	}
	if d.Get(mine.Path(""), apitest.Bearer(mine.Token)).Text("state") != "open" {
		t.Error("one of them ended the launch")
	}
}

func TestOwnOrigin(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	own := strings.TrimSuffix(d.URLs.Simulator, "/")
	address := strings.TrimPrefix(own, "http://")
	_, port, _ := strings.Cut(address, ":")
	for name, headers := range map[string][]apitest.Header{
		"a program":             nil,
		"the page":              {apitest.With("Origin", own), apitest.With("Sec-Fetch-Site", "same-origin")},
		"the address bar":       {apitest.With("Sec-Fetch-Site", "none")},
		"localhost":             {apitest.Host("localhost:" + port)},
		"LOCALHOST":             {apitest.Host("LOCALHOST:" + port)},
		"localhost as a page":   {apitest.Host("localhost:" + port), apitest.With("Origin", "http://localhost:"+port)},
		"a name below it":       {apitest.Host("selasar.localhost:" + port)},
		"with a final dot":      {apitest.Host("localhost.:" + port)},
		"without a port":        {apitest.Host("127.0.0.1")},
		"IPv6":                  {apitest.Host("[::1]:" + port)},
		"an address of the LAN": {apitest.Host("192.168.1.7:" + port), apitest.With("Origin", "http://192.168.1.7:"+port)},
	} {
		if got := d.Send("GET", "/control/v1/credentials", "", headers...); got.Status != 200 {
			t.Errorf("%s: %d %s", name, got.Status, got.Body)
		}
	}
	for name, headers := range map[string][]apitest.Header{
		"the app's origin":            {apitest.With("Origin", strings.TrimSuffix(d.URLs.App, "/"))},
		"another port":                {apitest.With("Origin", "http://127.0.0.1:1")},
		"localhost for 127.0.0.1":     {apitest.With("Origin", "http://localhost:"+port)},
		"a foreign page":              {apitest.With("Origin", "https://evil.example"), apitest.With("Sec-Fetch-Site", "cross-site")},
		"a foreign page's image":      {apitest.With("Sec-Fetch-Site", "cross-site"), apitest.With("Sec-Fetch-Mode", "no-cors")},
		"the mini app":                {apitest.With("Sec-Fetch-Site", "same-site")},
		"an unknown Sec-Fetch-Site":   {apitest.With("Sec-Fetch-Site", "same-origin, cross-site")},
		"a sandboxed frame":           {apitest.With("Origin", "null")},
		"a prefix":                    {apitest.With("Origin", own+".evil.example")},
		"a file":                      {apitest.With("Origin", "file://")},
		"a name that points here":     {apitest.Host("rebind.evil.example:" + port), apitest.With("Origin", "http://rebind.evil.example:"+port)},
		"an address as a name's head": {apitest.Host("127.0.0.1.evil.example:" + port)},
		"localhost as a name's head":  {apitest.Host("localhost.evil.example:" + port)},
		"localhost as a name's tail":  {apitest.Host("evillocalhost:" + port)},
		"a decimal address":           {apitest.Host("2130706433:" + port)},
	} {
		d.Send("GET", "/control/v1/credentials", "", headers...).Refused(403, "forbidden_origin")
		_ = name
	}
}

func TestPaths_unknown_ones_get_a_suggestion(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	for _, one := range []string{
		"GET /host/", "GET /host/v1/launches", "PUT /host/v1/launches/x", "GET /control/v1/", "GET /control/v1/no-such", "DELETE /control/v1/payments",
		"GET /v1/", "GET /v1.0/debit/refund", "POST /control/v1/state",
	} {
		method, path, _ := strings.Cut(one, " ")
		d.Send(method, path, "{}").Refused(404, "not_found", fmt.Sprintf("there is no %s %s", method, path))
	}
	d.Send("GET", "/host/v1/launches", "").Refused(404, "not_found", "it takes POST")
	d.Send("PUT", "/host/v1/launches/x", "").Refused(404, "not_found", "it takes GET, DELETE")
	for request, hint := range map[string]string{
		"GET /v1/mini-apps/authorizations/token": "it takes POST", "POST /v1/mini-apps/reminder": "it takes PUT", "GET /v1/mini-apps/profile": "/openapi.yaml",
		"GET /v1/mini-apps/user/profile": "did you mean /v1/mini-apps/users/profile?", "DELETE /v1/mini-apps/reminders/7": "did you mean /v1/mini-apps/reminder/{id}?",
	} {
		method, path, _ := strings.Cut(request, " ")
		got := d.Send(method, path, "{}")
		if got.Status != 404 || !strings.HasPrefix(string(got.Body), `{"success":false,"error":{"description":"Not Found","hint":"there is no `) || !strings.Contains(string(got.Body), hint) {
			t.Errorf("%s: %d %s", request, got.Status, got.Body)
		}
	}
	for path, meant := range map[string]string{
		"/v1.0/debit/refunds": "/v1.0/debit/refund", "/v1/debit/status": "/v1.0/debit/status", "/control/v1/fautls": "/control/v1/faults", "/snap/v1/transaction": "/snap/v1/transactions",
		"/host/v1/launch": "/host/v1/launches",
	} {
		d.Send("POST", path, "{}").Refused(404, "not_found", fmt.Sprintf("there is no POST %s, did you mean %s?", path, meant))
	}
	for _, path := range []string{"/control/v1/", "/control/v1/no-such", "/host/v1/asks//answer", "/v1.0/", "/host/v1/launches/"} {
		if got := string(d.Send("POST", path, "{}").Body); strings.Contains(got, "did you mean") {
			t.Errorf("POST %s: %s", path, got)
		}
	}
	if got := d.Get("/healthz"); string(got.Body) != "{\"status\":\"ok\"}\n" {
		t.Errorf("healthz says %s", got.Body)
	}
}
