package checkout_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestCheckout_returns_a_token_and_a_page(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Checkout()
	got := c.Ask(apitest.Order("CustOrder-102_a~b.c", `,"item_details":[{"id":"a01","price":7000,"quantity":1,"name":"Apple"},{"id":"b02","price":3000,"quantity":2,"name":"Orange"}],
		"customer_details":{"first_name":"Budi","email":"budi@example.com"},"credit_card":{"secure":true}`)).OK(201)
	page := got.Text("redirect_url")
	if want := c.URLs.API + "/snap/v4/redirection/" + got.Text("token"); page != want {
		t.Errorf("redirect_url %s, want %s", page, want)
	}
	p := apitest.Paper{Platform: c.Platform, Ref: "", Path: strings.TrimPrefix(page, c.URLs.API)}
	p.Shows("open", "Rp13.000", "Apple, Orange", "Kopi", `value="later"`)
	p.Press("later").Page(200, "later", "can still be finished")
	p.Shows("open")
	p.Press("pay").Page(200, "paid")
	p.Shows("paid")
	var list struct {
		Payments []struct {
			State string
			Via   string
		}
	}
	c.Get("/control/v1/payments").Into(&list)
	if len(list.Payments) != 1 || list.Payments[0].State != "paid" {
		t.Errorf("payments %+v", list.Payments)
	}
}

func TestCheckout_reports_every_mistake(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Checkout()
	long := strings.Repeat("a", 51)
	for body, want := range map[string][]string{
		`{}`: {"transaction_details is required", "gopay.pop_id is required"},
		`{"transaction_details":{},"gopay":{"pop_id":"POP"}}`:                                                                 {"transaction_details.order_id is required", "transaction_details.gross_amount is required"},
		apitest.Order(long, ""):                                                                                               {"order_id is too long (maximum is 50 characters)"},
		apitest.Order("a b", ""):                                                                                              {"order_id may have letters"},
		apitest.Order("a", `,"enabled_payments":["bca_va"]`):                                                                  {"enabled_payments has no gopay"},
		apitest.Order("a", `,"item_details":[{"price":12999,"quantity":1,"name":"x"}]`):                                       {"gross_amount is not equal to the sum of item_details"},
		apitest.Order("a", `,"item_details":[{"price":1.5,"quantity":0,"name":"x"}]`):                                         {"item_details[0].price is not"},
		apitest.Order("a", `,"item_details":[{"price":13000,"quantity":1,"name":" "}]`):                                       {"item_details[0].name is required"},
		apitest.Order("a", `,"expiry":{"unit":"weeks","duration":1}`):                                                         {"expiry.unit is minute, hour or day"},
		apitest.Order("a", `,"expiry":{"unit":"days","duration":181}`):                                                        {"expiry.duration"},
		apitest.Order("a", `,"expiry":{"unit":"day","duration":1,"start_time":"tomorrow"}`):                                   {"expiry.start_time reads"},
		apitest.Order("a", `,"callbacks":{"finish":"javascript:alert(1)"}`):                                                   {"callbacks.finish is not a URL"},
		`{"transaction_details":{"order_id":"a","gross_amount":0},"gopay":{"pop_id":"POP"}}`:                                  {"must be greater than or equal to 1"},
		`{"transaction_details":{"order_id":"a","gross_amount":-5},"gopay":{"pop_id":"POP"}}`:                                 {"is not a number of whole rupiah"},
		`{"transaction_details":{"order_id":"a","gross_amount":1000.5},"gopay":{"pop_id":"POP"}}`:                             {"is not a number of whole rupiah"},
		`{"transaction_details":{"order_id":"a","gross_amount":"x"},"gopay":{"pop_id":"POP"}}`:                                {"is not a number of whole rupiah"},
		`{"transaction_details":{"order_id":"a","gross_amount":100000000000},"gopay":{"pop_id":"POP"}}`:                       {"is not a number of whole rupiah"},
		`{"transaction_details":{"order_id":"a","gross_amount":5},"gopay":{"pop_id":"6e5f6b3e-0000-4000-8000-000000000000"}}`: {"gopay.pop_id is not this mini app's"},
		`{"transaction_details":{"order_id":true,"gross_amount":5}}`:                                                          {"order_id"},
		`{"transaction_details":{"order_id":-7.5e3,"gross_amount":"x"}}`:                                                      {"gross_amount is not a number", "gopay.pop_id is required"},
		apitest.Order("a", `,"item_details":[{"price":13000,"quantity":"1.5","name":"x"}]`):                                   {"item_details[0].quantity must be a whole number"},
		apitest.Order("a", `,"item_details":[{"price":"12999","quantity":"1","name":"x"}]`):                                   {"gross_amount is not equal to the sum of item_details"},
		apitest.Order("a", `,"expiry":{"unit":"day","duration":"x"}`):                                                         {"expiry.duration"},
		`{"transaction_details":{"order_id":"a","gross_amount":5},"transaction_details":{}}`:                                  {"transaction_details"},
		apitest.Order("a", `,"item_details":[{"price":13000,"quantity":1,"name":"Discount\u0000"}]`):                          {"item_details[0].name holds a control character (U+0000)"},
		`not json`: {""}, ``: {"the body is empty"}, `[]`: {""}, `null`: {"must be an object, got null"},
	} {
		got := c.Ask(body).OK(400)
		var said struct {
			Messages []string `json:"error_messages"`
		}
		got.Into(&said)
		if len(said.Messages) != len(want) {
			t.Errorf("%s: %q, want %q", body, said.Messages, want)
			continue
		}
		for i, part := range want {
			if !strings.Contains(said.Messages[i], part) || said.Messages[i] == "" {
				t.Errorf("%s: %q does not say %q", body, said.Messages[i], part)
			}
		}
	}
	c.Ask(strings.Repeat(" ", 2<<20)).OK(413)
	if got := c.Get("/control/v1/payments").Member("payments"); got != "[]" {
		t.Errorf("it made payments: %s", got)
	}
}

func TestCheckout_accepts_the_examples_of_the_documentation(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Checkout()
	for i, body := range []string{
		apitest.Order("a-0", ""),
		`{"transaction_details":{"order_id":"a-1","gross_amount":13000.00},"gopay":{"pop_id":"POP","enable_callback":true}}`,
		`{"transaction_details":{"order_id":"a-2","gross_amount":"13000"},"gopay":{"pop_id":"POP"}}`,
		apitest.Order("a-3", `,"item_details":[{"price":15000,"quantity":1,"name":"Kopi"},{"price":-2000,"quantity":1,"name":"Discount\n"}]`),
		`{"transaction_details":{"order_id":1712345678,"gross_amount":"30000.00"},"gopay":{"pop_id":"POP"},"item_details":[{"price":"15000","quantity":"2","name":"Kopi"}],"expiry":{"unit":"minute","duration":"5"}}`,
		`{"transaction_details":{"order_id":1712345678901,"gross_amount":30000.0},"gopay":{"pop_id":"POP"},"item_details":[{"price":"15000.00","quantity":2.0,"name":7}],"expiry":{"unit":"minute","duration":5.0}}`,
		`{"transaction_details":{"order_id":"s-1","gross_amount":1000},"gopay":{"pop_id":"POP"},"item_details":[{"price":"2000","quantity":1,"name":"Kopi"},{"price":"-1000.00","quantity":"1","name":"Discount"}]}`,
		apitest.Order("a-4", `,"enabled_payments":["gopay","bca_va"],"custom_field1":"x","page_expiry":{"duration":3,"unit":"hours"}`),
	} {
		if got := c.Ask(body); got.Status != 201 {
			t.Errorf("%d: %d %s", i, got.Status, got.Body)
		}
	}
	short := c.Ask(apitest.Order("a-5", `,"expiry":{"unit":"minutes","duration":2}`)).OK(201)
	c.Post("/control/v1/clock", `{"advance":"2m1s"}`).OK(200)
	apitest.Paper{Platform: c.Platform, Ref: "", Path: "/snap/v4/redirection/" + short.Text("token")}.Shows("expired")
}

func TestCheckout_requires_the_server_key(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Checkout()
	for name, set := range map[string]apitest.Header{
		"nothing":      apitest.With("X-Nothing", ""),
		"a password":   func(r *http.Request) { r.SetBasicAuth(c.ServerKey, "x") },
		"client key":   func(r *http.Request) { r.SetBasicAuth(c.ClientKey, "") },
		"altered":      func(r *http.Request) { r.SetBasicAuth(c.ServerKey[:len(c.ServerKey)-1]+"!", "") },
		"another app":  func(r *http.Request) { r.SetBasicAuth(strings.Replace(c.ServerKey, "kopi", "teh", 1), "") },
		"client id":    c.Basic(),
		"bearer":       apitest.Bearer(c.ServerKey),
		"no base64":    apitest.With("Authorization", "Basic !"),
		"no user name": func(r *http.Request) { r.SetBasicAuth("", "") },
	} {
		got := c.Post("/snap/v1/transactions", apitest.Order("a", ""), set).OK(401)
		if said := got.Member("error_messages"); !strings.Contains(said, "Access denied due to unauthorized transaction") || strings.Contains(string(got.Body), c.ServerKey) {
			t.Errorf("%s: %s", name, got.Body)
		}
	}
	c.Patch("/control/v1/mini-app", `{"status":"suspended"}`)
	c.Ask(apitest.Order("a", "")).OK(403)
}

func TestCheckout_order_id_refers_to_one_transaction(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Checkout()
	var made, taken atomic.Int32
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			got := c.Ask(apitest.Order("once", ""))
			switch {
			case got.Status == 201:
				made.Add(1)
			case got.Status == 400 && strings.Contains(string(got.Body), "transaction_details.order_id has already been taken"):
				taken.Add(1)
			default:
				t.Errorf("%d %s", got.Status, got.Body)
			}
		})
	}
	all.Wait()
	if made.Load() != 1 || taken.Load() != 15 {
		t.Errorf("%d made, %d refused", made.Load(), taken.Load())
	}
	c.Partner().Creates("1000.00", apitest.ExternalID("once")) // an id of another kind
	c.Ask(apitest.Order("once", "")).OK(400)
	c.Ask(apitest.Order("twice", "")).OK(201)
}

// After cancel, deny or expiry, the order_id is free again, once for concurrent orders.
func TestCheckout_order_id_is_free_again_after_an_unpaid_end(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Checkout()
	page := func(made apitest.Answer) apitest.Paper {
		return apitest.Paper{Platform: c.Platform, Path: "/snap/v4/redirection/" + made.Text("token")}
	}
	made := c.Ask(apitest.Order("again", "")).OK(201)
	for name, end := range map[string]func(){
		"cancelled by the backend": func() { c.Core("POST", "again/cancel", "").OK(200) },
		"expired by the backend":   func() { c.Core("POST", "again/expire", "").OK(200) },
		"cancelled by the user":    func() { page(made).Press("cancel").Page(200, "cancelled") },
		"denied":                   func() { page(made).Press("fail").Page(200, "failed") },
		"expired":                  func() { c.Post("/control/v1/clock", `{"advance":"16m"}`).OK(200) },
	} {
		c.Ask(apitest.Order("again", "")).OK(400)
		before := made.Text("token")
		end()
		var count atomic.Int32
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if got := c.Ask(apitest.Order("again", "")); got.Status == 201 {
					count.Add(1)
					made = got
				}
			})
		}
		all.Wait()
		if count.Load() != 1 || made.Text("token") == before {
			t.Fatalf("%s: %d transactions", name, count.Load())
		}
		if got := c.Core("GET", "again/status", "").OK(200).Text("transaction_status"); got != "pending" {
			t.Errorf("%s: the new one is %s", name, got)
		}
	}
	page(made).Press("pay").Page(200, "paid")
	c.Ask(apitest.Order("again", "")).OK(400)
	c.Core("POST", "again/refund", "").OK(200)
	c.Ask(apitest.Order("again", "")).OK(400)
}

func TestCheckout_frame_is_allowed_in_the_mini_apps_own_page_only(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Checkout()
	made := c.Ask(apitest.Order("f", `,"callbacks":{"finish":"https://shop.example/done?a=1"}`)).OK(201)
	path := "/snap/v4/redirection/" + made.Text("token")
	own := strings.TrimSuffix(c.URLs.App, "/")
	framed := func(origin, key string) apitest.Answer {
		return c.Send("GET", path+"?embed="+origin+"&client_key="+key, "", apitest.With("Accept-Language", "en"))
	}
	for _, origin := range []string{own, strings.Replace(own, "127.0.0.1", "localhost", 1)} {
		got := framed(origin, c.ClientKey)
		simulator := origin[:strings.LastIndexByte(origin, ':')] + c.URLs.API[strings.LastIndexByte(c.URLs.API, ':'):]
		got.Page(200, "open", `"to":"`+origin+`"`, `"result":null`)
		if policy := got.Header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "frame-ancestors "+origin+" "+simulator) || !strings.Contains(policy, "script-src 'self'") {
			t.Errorf("the policy is %s", policy)
		}
	}
	for _, origin := range []string{"", "null", "https://evil.example", strings.Replace(own, "http://", "https://", 1), "http://127.0.0.1:1", own + ".evil.example", "http://evil.example" + own[strings.LastIndexByte(own, ':'):], strings.Replace(own, "127.0.0.1", "x;script-src*.localhost", 1), strings.Replace(own, "127.0.0.1", "203.0.113.9", 1), strings.Replace(own, "127.0.0.1", "10.0.0.9", 1), strings.Replace(own, "127.0.0.1", "[2001:db8::9]", 1)} {
		got := framed(origin, c.ClientKey)
		got.Page(200, "open")
		if policy := got.Header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "frame-ancestors 'none'") || strings.Contains(string(got.Body), "<script") {
			t.Errorf("%s may show it in a frame: %s", origin, policy)
		}
	}
	framed(own, "wrong").Page(403, "denied", `"status_code":"401"`)
	c.Send("GET", "/snap/v4/redirection/nothing?embed="+own, "").Page(404, "unknown", `"status_code":"404"`)

	p := apitest.Paper{Platform: c.Platform, Ref: "", Path: path + "?embed=" + own + "&client_key=" + c.ClientKey}
	paid := p.Press("pay")
	paid.Page(200, "paid")
	text := string(paid.Body)
	from := strings.Index(text, `id="report">`) + len(`id="report">`)
	var report struct {
		Type, To string
		Result   map[string]string
	}
	if err := json.Unmarshal([]byte(text[from:from+strings.Index(text[from:], "</script>")]), &report); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"status_code": "200", "transaction_status": "settlement", "order_id": "f", "gross_amount": "13000.00", "payment_type": "gopay", "fraud_status": "accept",
		"finish_redirect_url": "https://shop.example/done?a=1&order_id=f&status_code=200&transaction_status=settlement",
	} {
		if report.Result[name] != want {
			t.Errorf("%s is %q, want %q", name, report.Result[name], want)
		}
	}
	if report.Type != "selasar.checkout" || report.To != own || report.Result["transaction_id"] == "" || report.Result["transaction_time"] == "" {
		t.Errorf("report %+v", report)
	}
	alone := apitest.Paper{Platform: c.Platform, Ref: "", Path: path}
	alone.Shows("paid", `href="https://shop.example/done?a=1&amp;order_id=f`)
}

func TestCheckout_tokens_are_encrypted_and_the_journal_has_no_secrets(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Checkout()
	made := c.Ask(apitest.Order("secret-order", `,"customer_details":{"email":"budi@example.com","phone":"+628120000"}`)).OK(201)
	token := made.Text("token")
	first := "A"
	if token[:1] == first {
		first = "B"
	}
	for _, altered := range []string{token + "A", token[:len(token)-2], first + token[1:], strings.ToUpper(token), "x", strings.Repeat("A", 4000)} {
		c.Send("GET", "/snap/v4/redirection/"+altered, "").Page(404, "unknown")
	}
	journal := string(c.Get("/control/v1/journal").Body)
	if !strings.Contains(journal, "/snap/v1/transactions") || !strings.Contains(journal, "secret-order") {
		t.Error("the journal does not show the request")
	}
	for _, secret := range []string{token, c.ServerKey, "budi@example.com", "+628120000"} {
		if strings.Contains(journal, secret) {
			t.Errorf("the journal holds %s", secret)
		}
	}
}

func TestSnapJS_loads_in_every_page(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	got := d.Get("/snap/snap.js", apitest.With("Origin", "https://kopi.example"), apitest.With("Sec-Fetch-Site", "cross-site"))
	h := got.Header
	if h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Content-Type") != "text/javascript; charset=utf-8" || h.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("headers %v", h)
	}
	d.Get("/app/merchanttransfer/frame.js").OK(200)
	d.Send("GET", "/snap/", "").OK(404)
}

func TestCheckout_returns_an_injected_fault(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Checkout()
	for code, status := range map[string]int{"500": 500, "401": 401, "429": 429} {
		c.Post("/control/v1/faults", fmt.Sprintf(`{"operation":"checkout","code":%q}`, code)).OK(201)
		if got := c.Ask(apitest.Order("f", "")).OK(status); !strings.Contains(got.Member("error_messages"), "this fault was asked for") {
			t.Errorf("%s", got.Body)
		}
	}
	c.Ask(apitest.Order("f", "")).OK(201)
}
