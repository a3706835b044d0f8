package httpapi_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestRoutes_are_the_documented_ones_each_once(t *testing.T) {
	want := strings.Fields(`POST/host/v1/launches GET/host/v1/launches/{id} DELETE/host/v1/launches/{id} POST/host/v1/launches/{id}/calls
		GET/host/v1/launches/{id}/capabilities GET/host/v1/launches/{id}/background GET/host/v1/launches/{id}/events GET/host/v1/launches/{id}/socket POST/host/v1/asks/{id}/answer
		POST/v1/mini-apps/authorizations/token GET/v1/mini-apps/users/profile POST/v1/mini-apps/bank-details
		POST/v1.0/access-token/b2b POST/v1.0/debit/payment-host-to-host POST/v1.0/debit/status GET/v1.0/debit/status POST/v1.0/debit/cancel POST/v1.0/debit/refund
		GET/v2/{order_id}/status POST/v2/{order_id}/cancel POST/v2/{order_id}/expire POST/v2/{order_id}/refund POST/v2/{order_id}/refund/online/direct
		DELETE/host/v1/launches/{id}/background GET/control/v1/files POST/control/v1/files GET/control/v1/files/{id}
		POST/control/v1/device/shake POST/control/v1/device/blow
		GET/control/v1/faults POST/control/v1/faults DELETE/control/v1/faults DELETE/control/v1/faults/{id}
		PUT/v1/mini-apps/reminder DELETE/v1/mini-apps/reminder/{id} POST/v1/mini-apps/notifications/push POST/v1/mini-apps/rewards
		GET/v1/mini-apps/gems/balance POST/v1/mini-apps/gems/collect
		GET/control/v1/messages DELETE/control/v1/messages/{id} GET/control/v1/wallet
		GET/control/v1/state GET/control/v1/device PATCH/control/v1/device GET/control/v1/answers PATCH/control/v1/answers
		GET/control/v1/clock POST/control/v1/clock GET/control/v1/journal GET/control/v1/payments POST/control/v1/payments
		GET/control/v1/users POST/control/v1/users PATCH/control/v1/users GET/control/v1/consents PATCH/control/v1/consents
		GET/control/v1/notifications POST/control/v1/notifications/{id}/replay PATCH/control/v1/mini-app GET/control/v1/credentials POST/control/v1/credentials/rotate POST/control/v1/reset
		GET/app/merchanttransfer POST/app/merchanttransfer GET/app/merchanttransfer/{file}
		DELETE/host/v1/asks/{id} POST/control/v1/page-troubles POST/control/v1/page/kill
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
		"POST /control/v1/state",
	} {
		method, path, _ := strings.Cut(one, " ")
		d.Send(method, path, "{}").Refused(404, "not_found", fmt.Sprintf("there is no %s %s", method, path))
	}
	d.Send("GET", "/host/v1/launches", "").Refused(404, "not_found", "it takes POST")
	d.Send("PUT", "/host/v1/launches/x", "").Refused(404, "not_found", "it takes GET, DELETE")
	for request, hint := range map[string]string{
		"GET /v1/mini-apps/authorizations/token": "it takes POST", "POST /v1/mini-apps/reminder": "it takes PUT", "GET /v1/mini-apps/profile": "did you mean /v1/mini-apps/users/profile?", "GET /v1/users/profile": "did you mean /v1/mini-apps/users/profile?",
		"GET /v1/mini-apps/user/profile": "did you mean /v1/mini-apps/users/profile?", "DELETE /v1/mini-apps/reminders/7": "did you mean /v1/mini-apps/reminder/{id}?",
	} {
		method, path, _ := strings.Cut(request, " ")
		got := d.Send(method, path, "{}")
		if got.Status != 404 || !strings.HasPrefix(string(got.Body), `{"success":false,"error":{"description":"Not Found","hint":"there is no `) || !strings.Contains(string(got.Body), hint) {
			t.Errorf("%s: %d %s", request, got.Status, got.Body)
		}
	}
	for path, meant := range map[string]string{
		"/control/v1/fautls": "/control/v1/faults", "/host/v1/launch": "/host/v1/launches", "/host/v1/launches/": "/host/v1/launches", "/host/v1/asks/answer": "/host/v1/asks/{id}/answer",
	} {
		d.Send("POST", path, "{}").Refused(404, "not_found", fmt.Sprintf("there is no POST %s, did you mean %s?", path, meant))
	}
	for _, path := range []string{"/control/v1/", "/control/v1/no-such", "/v1.0/", "/v2/charge"} {
		if got := string(d.Send("POST", path, "{}").Body); strings.Contains(got, "did you mean") {
			t.Errorf("POST %s: %s", path, got)
		}
	}
	if got := d.Get("/healthz"); string(got.Body) != "{\"status\":\"ok\"}\n" {
		t.Errorf("healthz says %s", got.Body)
	}
}

// A backend's client parses an unknown path's answer as those of its neighbours, and a
// developer finds the request in the journal.
func TestPaths_unknown_ones_answer_in_the_dialect_of_their_neighbours(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	for _, one := range []struct{ method, path, body, hint string }{
		{"POST", "/v1.0/debit/refunds", `"responseCode":"4040000"`, "did you mean /v1.0/debit/refund?"},
		{"GET", "/v1.0/debit/refund", `"responseCode":"4040000"`, "it takes POST"},
		{"POST", "/v1.0/", `"responseCode":"4040000"`, "virtual accounts, QRIS"},
		{"POST", "/v1.0/transfer-va/create-va", `"responseCode":"4040000"`, "out of scope"},
		{"POST", "/v1.0/access-token", `"responseCode":"4040000"`, "did you mean /v1.0/access-token/b2b?"},
		{"POST", "/v2/charge", `"status_code":"404"`, "out of scope"},
		{"GET", "/v2/order-1/stats", `"status_code":"404"`, "did you mean /v2/{order_id}/status?"},
		{"POST", "/v2/order-1/status", `"status_code":"404"`, "it takes GET"},
		{"POST", "/snap/v1/transaction", `"status_code":"404"`, "did you mean /snap/v1/transactions?"},
		{"POST", "/snap/v1/transaction", `"error_messages":["`, "did you mean /snap/v1/transactions?"},
		{"POST", "/v1/payment-links", `"status_code":"404"`, "out of scope"},
		{"POST", "/v1/debit/status", `"status_code":"404"`, "did you mean /v1.0/debit/status?"},
		{"GET", "/v1/", `"success":false`, "users/profile"},
		{"GET", "/v1/mini-apps/v1/mini-apps/users/profile", `"success":false`, "did you mean /v1/mini-apps/users/profile?"},
		{"GET", "/v1/mini-apps/a/b/c/d/e/f/g/h", `"success":false`, "out of scope"},
	} {
		got := d.Send(one.method, one.path, `{"a":1}`)
		text := string(got.Body)
		if got.Status != 404 || got.Header.Get("Content-Type") != "application/json" || !strings.Contains(text, one.body) || !strings.Contains(text, one.hint) {
			t.Errorf("%s %s: %d %s", one.method, one.path, got.Status, text)
		}
		list := d.Requests()
		if last := list[len(list)-1]; last.Title != one.method+" "+one.path || last.Code != 404 || !strings.Contains(last.Next, one.hint) || !strings.Contains(string(last.Detail), `"request_body":{"a":1}`) {
			t.Errorf("%s %s: the journal has %+v %s", one.method, one.path, last, last.Detail)
		}
	}
	before := len(d.Requests())
	d.Post("/v2/charge", "{}", apitest.With("Sec-Fetch-Site", "cross-site"))
	if len(d.Requests()) != before {
		t.Error("another website fills the journal")
	}
}

// No Host of a request becomes a URL of another server.
func TestHost_of_a_foreign_server_is_in_no_URL(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	shop, partner := d.Checkout(), d.Partner()
	for n, host := range []string{"app.sandbox.midtrans.com", "app.midtrans.com:443", "203.0.113.9:7300", "[2001:db8::9]:1", "localhost:7300@evil.example", "localhost:x", "evil.example.", "127.0.0.1.evil.example", "evil-localhost"} {
		to := apitest.Host(host)
		made := shop.Ask(apitest.Order(fmt.Sprint("order-", n), ""), to).OK(201).Text("redirect_url")
		web := partner.Asks(apitest.H2hPath, partner.Order("1000.00"), to).Says("2005400").Text("webRedirectUrl")
		for _, minted := range []string{made, web} {
			if u, err := url.Parse(minted); err != nil || "http://"+u.Host != d.URLs.API {
				t.Errorf("%s: %s, want one of %s", host, minted, d.URLs.API)
			}
		}
		for _, path := range []string{"/", "/control/v1/state", "/app/merchanttransfer?tref=x"} {
			got := d.Send("GET", path, "", to)
			if text := string(got.Body) + fmt.Sprint(got.Header); got.Status < 400 && (strings.Contains(text, "evil") || strings.Contains(text, "203.0.113.9") || strings.Contains(text, "2001:db8")) {
				t.Errorf("%s of %s: %s", path, host, text)
			}
		}
	}
	if got := shop.Ask(apitest.Order("order", ""), apitest.Host("localhost:9999")).OK(201).Text("redirect_url"); !strings.HasPrefix(got, "http://localhost:9999/") {
		t.Errorf("a forwarded port of this machine: %s", got)
	}
}
