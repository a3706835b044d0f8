package httpapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// checkout is a shop that asks for tokens.
type checkout struct {
	*dev
	serverKey, clientKey, pop string
}

func (d *dev) checkout() checkout {
	d.t.Helper()
	var set struct {
		Pop      string `json:"pop_id"`
		Checkout struct {
			ServerKey string `json:"server_key"`
			ClientKey string `json:"client_key"`
		}
	}
	d.get("/control/v1/credentials").into(&set)
	return checkout{d, set.Checkout.ServerKey, set.Checkout.ClientKey, set.Pop}
}

func (c checkout) ask(body string) answer {
	c.t.Helper()
	return c.post("/snap/v1/transactions", strings.ReplaceAll(body, "POP", c.pop), func(r *http.Request) { r.SetBasicAuth(c.serverKey, "") })
}

func order(id, more string) string {
	return fmt.Sprintf(`{"transaction_details":{"order_id":%q,"gross_amount":13000},"gopay":{"pop_id":"POP"}%s}`, id, more)
}

func TestCheckout_gives_a_token_and_a_page(t *testing.T) {
	t.Parallel()
	c := start(t).checkout()
	got := c.ask(order("CustOrder-102_a~b.c", `,"item_details":[{"id":"a01","price":7000,"quantity":1,"name":"Apple"},{"id":"b02","price":3000,"quantity":2,"name":"Orange"}],
		"customer_details":{"first_name":"Budi","email":"budi@example.com"},"credit_card":{"secure":true}`)).ok(201)
	page := got.text("redirect_url")
	if want := c.urls.API + "/snap/v4/redirection/" + got.text("token"); page != want {
		t.Errorf("redirect_url %s, want %s", page, want)
	}
	p := paper{c.dev, "", strings.TrimPrefix(page, c.urls.API)}
	p.shows("open", "Rp13.000", "Apple, Orange", "Kopi", `value="later"`)
	p.press("later").page(200, "later", "can still be finished")
	p.shows("open")
	p.press("pay").page(200, "paid")
	p.shows("paid")
	var list struct {
		Payments []struct {
			State string
			Via   string
		}
	}
	c.get("/control/v1/payments").into(&list)
	if len(list.Payments) != 1 || list.Payments[0].State != "paid" {
		t.Errorf("payments %+v", list.Payments)
	}
}

func TestCheckout_says_all_that_is_wrong(t *testing.T) {
	t.Parallel()
	c := start(t).checkout()
	long := strings.Repeat("a", 51)
	for body, want := range map[string][]string{
		`{}`: {"transaction_details is required", "gopay.pop_id is required"},
		`{"transaction_details":{},"gopay":{"pop_id":"POP"}}`: {"transaction_details.order_id is required", "transaction_details.gross_amount is required"},
		order(long, ""):  {"order_id is too long (maximum is 50 characters)"},
		order("a b", ""): {"order_id may have letters"},
		order("a", `,"enabled_payments":["bca_va"]`):                                                                          {"enabled_payments has no gopay"},
		order("a", `,"item_details":[{"price":12999,"quantity":1,"name":"x"}]`):                                               {"gross_amount is not equal to the sum of item_details"},
		order("a", `,"item_details":[{"price":1.5,"quantity":0,"name":"x"}]`):                                                 {"item_details[0].price is not", "gross_amount is not equal"},
		order("a", `,"item_details":[{"price":13000,"quantity":1,"name":" "}]`):                                               {"item_details[0].name is required"},
		order("a", `,"expiry":{"unit":"weeks","duration":1}`):                                                                 {"expiry.unit is minute, hour or day"},
		order("a", `,"expiry":{"unit":"days","duration":181}`):                                                                {"expiry.duration"},
		order("a", `,"expiry":{"unit":"day","duration":1,"start_time":"tomorrow"}`):                                           {"expiry.start_time reads"},
		order("a", `,"callbacks":{"finish":"javascript:alert(1)"}`):                                                           {"callbacks.finish is not a URL"},
		`{"transaction_details":{"order_id":"a","gross_amount":0},"gopay":{"pop_id":"POP"}}`:                                  {"must be greater than or equal to 1"},
		`{"transaction_details":{"order_id":"a","gross_amount":-5},"gopay":{"pop_id":"POP"}}`:                                 {"is not a number of whole rupiah"},
		`{"transaction_details":{"order_id":"a","gross_amount":1000.5},"gopay":{"pop_id":"POP"}}`:                             {"is not a number of whole rupiah"},
		`{"transaction_details":{"order_id":"a","gross_amount":"x"},"gopay":{"pop_id":"POP"}}`:                                {"is not a number of whole rupiah"},
		`{"transaction_details":{"order_id":"a","gross_amount":100000000000},"gopay":{"pop_id":"POP"}}`:                       {"is not a number of whole rupiah"},
		`{"transaction_details":{"order_id":"a","gross_amount":5},"gopay":{"pop_id":"6e5f6b3e-0000-4000-8000-000000000000"}}`: {"gopay.pop_id is not this mini app's"},
		`{"transaction_details":{"order_id":7,"gross_amount":5}}`:                                                             {"order_id"},
		`{"transaction_details":{"order_id":"a","gross_amount":5},"transaction_details":{}}`:                                  {"transaction_details"},
		`not json`: {""}, ``: {"the body is empty"}, `[]`: {""},
	} {
		got := c.ask(body).ok(400)
		var said struct {
			Messages []string `json:"error_messages"`
		}
		got.into(&said)
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
	c.ask(strings.Repeat(" ", 2<<20)).ok(413)
	if got := c.get("/control/v1/payments").member("payments"); got != "[]" {
		t.Errorf("it made payments: %s", got)
	}
}

func TestCheckout_takes_what_the_documentation_shows(t *testing.T) {
	t.Parallel()
	c := start(t).checkout()
	for i, body := range []string{
		order("a-0", ""),
		`{"transaction_details":{"order_id":"a-1","gross_amount":13000.00},"gopay":{"pop_id":"POP","enable_callback":true}}`,
		`{"transaction_details":{"order_id":"a-2","gross_amount":"13000"},"gopay":{"pop_id":"POP"}}`,
		order("a-3", `,"item_details":[{"price":15000,"quantity":1,"name":"Kopi"},{"price":-2000,"quantity":1,"name":"Discount\u0000"}]`),
		order("a-4", `,"enabled_payments":["gopay","bca_va"],"custom_field1":"x","page_expiry":{"duration":3,"unit":"hours"}`),
	} {
		if got := c.ask(body); got.status != 201 {
			t.Errorf("%d: %d %s", i, got.status, got.body)
		}
	}
	short := c.ask(order("a-5", `,"expiry":{"unit":"minutes","duration":2}`)).ok(201)
	c.post("/control/v1/clock", `{"advance":"2m1s"}`).ok(200)
	paper{c.dev, "", "/snap/v4/redirection/" + short.text("token")}.shows("expired")
}

func TestCheckout_is_for_the_server_key_alone(t *testing.T) {
	t.Parallel()
	c := start(t).checkout()
	for name, set := range map[string]header{
		"nothing":      with("X-Nothing", ""),
		"a password":   func(r *http.Request) { r.SetBasicAuth(c.serverKey, "x") },
		"client key":   func(r *http.Request) { r.SetBasicAuth(c.clientKey, "") },
		"altered":      func(r *http.Request) { r.SetBasicAuth(c.serverKey[:len(c.serverKey)-1]+"!", "") },
		"another app":  func(r *http.Request) { r.SetBasicAuth(strings.Replace(c.serverKey, "kopi", "teh", 1), "") },
		"client id":    c.basic(),
		"bearer":       bearer(c.serverKey),
		"no base64":    with("Authorization", "Basic !"),
		"no user name": func(r *http.Request) { r.SetBasicAuth("", "") },
	} {
		got := c.post("/snap/v1/transactions", order("a", ""), set).ok(401)
		if said := got.member("error_messages"); !strings.Contains(said, "Access denied due to unauthorized transaction") || strings.Contains(string(got.body), c.serverKey) {
			t.Errorf("%s: %s", name, got.body)
		}
	}
	c.patch("/control/v1/mini-app", `{"status":"suspended"}`)
	c.ask(order("a", "")).ok(403)
}

func TestCheckout_order_id_stands_for_one_transaction(t *testing.T) {
	t.Parallel()
	c := start(t).checkout()
	var made, taken atomic.Int32
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			got := c.ask(order("once", ""))
			switch {
			case got.status == 201:
				made.Add(1)
			case got.status == 400 && strings.Contains(string(got.body), "transaction_details.order_id has already been taken"):
				taken.Add(1)
			default:
				t.Errorf("%d %s", got.status, got.body)
			}
		})
	}
	all.Wait()
	if made.Load() != 1 || taken.Load() != 15 {
		t.Errorf("%d made, %d refused", made.Load(), taken.Load())
	}
	c.partner().creates("1000.00", externalID("once")) // an id of another kind
	c.ask(order("once", "")).ok(400)
	c.post("/control/v1/clock", `{"advance":"48h"}`).ok(200)
	c.ask(order("once", "")).ok(400)
	c.ask(order("twice", "")).ok(201)
}

func TestCheckout_frame_is_for_the_mini_apps_own_page(t *testing.T) {
	t.Parallel()
	c := start(t).checkout()
	made := c.ask(order("f", `,"callbacks":{"finish":"https://shop.example/done?a=1"}`)).ok(201)
	path := "/snap/v4/redirection/" + made.text("token")
	own := strings.TrimSuffix(c.urls.App, "/")
	framed := func(origin, key string) answer {
		return c.send("GET", path+"?embed="+origin+"&client_key="+key, "", with("Accept-Language", "en"))
	}
	for _, origin := range []string{own, strings.Replace(own, "127.0.0.1", "localhost", 1)} {
		got := framed(origin, c.clientKey)
		simulator := origin[:strings.LastIndexByte(origin, ':')] + c.urls.API[strings.LastIndexByte(c.urls.API, ':'):]
		got.page(200, "open", `"to":"`+origin+`"`, `"result":null`)
		if policy := got.header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "frame-ancestors "+origin+" "+simulator) || !strings.Contains(policy, "script-src 'self'") {
			t.Errorf("the policy is %s", policy)
		}
	}
	for _, origin := range []string{"", "null", "https://evil.example", strings.Replace(own, "http://", "https://", 1), "http://127.0.0.1:1", own + ".evil.example", "http://evil.example" + own[strings.LastIndexByte(own, ':'):], strings.Replace(own, "127.0.0.1", "x;script-src*.localhost", 1)} {
		got := framed(origin, c.clientKey)
		got.page(200, "open")
		if policy := got.header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "frame-ancestors 'none'") || strings.Contains(string(got.body), "<script") {
			t.Errorf("%s may show it in a frame: %s", origin, policy)
		}
	}
	framed(own, "wrong").page(403, "denied", `"status_code":"401"`)
	c.send("GET", "/snap/v4/redirection/nothing?embed="+own, "").page(404, "unknown", `"status_code":"404"`)

	p := paper{c.dev, "", path + "?embed=" + own + "&client_key=" + c.clientKey}
	paid := p.press("pay")
	paid.page(200, "paid")
	text := string(paid.body)
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
	alone := paper{c.dev, "", path}
	alone.shows("paid", `href="https://shop.example/done?a=1&amp;order_id=f`)
}

func TestCheckout_tokens_are_sealed_and_secrets_stay_out_of_the_journal(t *testing.T) {
	t.Parallel()
	c := start(t).checkout()
	made := c.ask(order("secret-order", `,"customer_details":{"email":"budi@example.com","phone":"+628120000"}`)).ok(201)
	token := made.text("token")
	first := "A"
	if token[:1] == first {
		first = "B"
	}
	for _, altered := range []string{token + "A", token[:len(token)-2], first + token[1:], strings.ToUpper(token), "x", strings.Repeat("A", 4000)} {
		c.send("GET", "/snap/v4/redirection/"+altered, "").page(404, "unknown")
	}
	journal := string(c.get("/control/v1/journal").body)
	if !strings.Contains(journal, "/snap/v1/transactions") || !strings.Contains(journal, "secret-order") {
		t.Error("the journal does not show the request")
	}
	for _, secret := range []string{token, c.serverKey, "budi@example.com", "+628120000"} {
		if strings.Contains(journal, secret) {
			t.Errorf("the journal holds %s", secret)
		}
	}
}

func TestSnapJS_is_open_to_every_page(t *testing.T) {
	t.Parallel()
	d := start(t)
	got := d.get("/snap/snap.js", with("Origin", "https://kopi.example"), with("Sec-Fetch-Site", "cross-site"))
	h := got.header
	if h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Content-Type") != "text/javascript; charset=utf-8" || h.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("headers %v", h)
	}
	d.get("/app/merchanttransfer/frame.js").ok(200)
	d.send("GET", "/snap/", "").refused(404, "not_found")
}

func TestCheckout_answers_a_fault_that_was_asked_for(t *testing.T) {
	t.Parallel()
	c := start(t).checkout()
	for code, status := range map[string]int{"500": 500, "401": 401, "429": 429} {
		c.post("/control/v1/faults", fmt.Sprintf(`{"operation":"checkout","code":%q}`, code)).ok(201)
		if got := c.ask(order("f", "")).ok(status); !strings.Contains(got.member("error_messages"), "this fault was asked for") {
			t.Errorf("%s", got.body)
		}
	}
	c.ask(order("f", "")).ok(201)
}
