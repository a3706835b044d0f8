package checkout_test

import (
	"crypto/sha512"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// The states of an order, as Midtrans' Core API words them.
func TestCore_status_of_an_order(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Checkout()
	for _, one := range []struct{ press, code, status, fraud string }{
		{"", "201", "pending", "accept"},
		{"later", "201", "pending", "accept"},
		{"pay", "200", "settlement", "accept"},
		{"cancel", "200", "cancel", ""},
		{"fail", "202", "deny", "deny"},
	} {
		id := "order-" + one.press
		made := c.Ask(apitest.Order(id, "")).OK(201)
		if one.press != "" {
			apitest.Paper{Platform: c.Platform, Path: "/snap/v4/redirection/" + made.Text("token")}.Press(one.press)
		}
		got := c.Core("GET", id+"/status", "").OK(200)
		sum := sha512.Sum512([]byte(id + one.code + "13000.00" + c.ServerKey))
		for name, want := range map[string]string{
			"status_code": one.code, "transaction_status": one.status, "order_id": id, "gross_amount": "13000.00", "currency": "IDR", "payment_type": "gopay",
			"signature_key": hex.EncodeToString(sum[:]),
		} {
			if got.Text(name) != want {
				t.Errorf("%s: %s is %q, want %q", id, name, got.Text(name), want)
			}
		}
		if text := string(got.Body); strings.Contains(text, `"fraud_status":"`+one.fraud+`"`) != (one.fraud != "") || strings.Contains(text, "settlement_time") != (one.press == "pay") {
			t.Errorf("%s: %s", id, text)
		}
		byRef := c.Core("GET", got.Text("transaction_id")+"/status", "").OK(200)
		if byRef.Text("order_id") != id {
			t.Errorf("by transaction_id: %s", byRef.Body)
		}
	}
	c.Post("/control/v1/clock", `{"advance":"16m"}`).OK(200)
	if got := c.Core("GET", "order-/status", "").OK(200); got.Text("status_code") != "407" || got.Text("transaction_status") != "expire" {
		t.Errorf("%s", got.Body)
	}
}

func TestCore_cancels_expires_and_refunds(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Checkout()
	order := func(id, press string) {
		made := c.Ask(apitest.Order(id, "")).OK(201)
		if press != "" {
			apitest.Paper{Platform: c.Platform, Path: "/snap/v4/redirection/" + made.Text("token")}.Press(press)
		}
	}
	says := func(got apitest.Answer, status int, code, state string) {
		t.Helper()
		if got.OK(status); got.Text("status_code") != code || status == 200 && got.Text("transaction_status") != state {
			t.Errorf("%s: %s, want %s %s", got.What, got.Body, code, state)
		}
	}
	order("a", "")
	says(c.Core("POST", "a/cancel", ""), 200, "200", "cancel")
	says(c.Core("POST", "a/cancel", "{}"), 412, "412", "")
	says(c.Core("POST", "a/expire", ""), 412, "412", "")
	says(c.Core("POST", "a/refund", "{}"), 412, "412", "")
	order("b", "")
	says(c.Core("POST", "b/expire", ""), 200, "407", "expire")
	says(c.Core("GET", "b/status", ""), 200, "407", "expire")
	order("c", "pay")
	says(c.Core("POST", "c/cancel", ""), 412, "412", "")
	says(c.Core("POST", "c/refund", `{"refund_key":"k","amount":5000,"reason":"cold"}`), 200, "200", "partial_refund")
	says(c.Core("POST", "c/refund", `{"refund_key":"k","amount":"5000.00","reason":"cold"}`), 200, "200", "partial_refund") // the same refund
	says(c.Core("POST", "c/refund", `{"refund_key":"l","amount":8001}`), 412, "412", "")
	says(c.Core("POST", "c/refund", `{"amount":0}`), 400, "400", "")
	says(c.Core("POST", "c/refund", `{"amount":1.5}`), 400, "400", "")
	says(c.Core("POST", "c/refund", `{"amount":`), 400, "400", "")
	says(c.Core("POST", "c/refund", `{"refund_key":"`+strings.Repeat("k", 65)+`"}`), 400, "400", "")
	got := c.Core("POST", "c/refund/online/direct", "")
	says(got, 200, "200", "refund")
	if got.Text("refund_amount") != "8000.00" {
		t.Errorf("%s", got.Body)
	}
	status := c.Core("GET", "c/status", "").OK(200)
	if text := string(status.Body); status.Text("refund_amount") != "13000.00" || !strings.Contains(text, `"refund_key":"k"`) || !strings.Contains(text, `"reason":"cold"`) {
		t.Errorf("%s", text)
	}
	list := c.Of(status.Text("transaction_id"))
	if n := len(list); !strings.Contains(list[n-1].Title, "/v2/c/status") {
		t.Errorf("the journal ends with %+v", list[n-1])
	}
}

func TestCore_refuses_other_orders_and_callers(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Checkout()
	ref := c.Partner().Creates("1000.00", apitest.ExternalID("snap-1"))
	for _, id := range []string{"none", "snap-1", ref, "%00", "%ff", strings.Repeat("a", 300)} {
		for _, one := range [][2]string{{"GET", "/status"}, {"POST", "/cancel"}, {"POST", "/expire"}, {"POST", "/refund"}} {
			if got := c.Core(one[0], id+one[1], "").OK(404); got.Text("status_code") != "404" || got.Text("status_message") != "Transaction doesn't exist." {
				t.Errorf("%s", got.Body)
			}
		}
	}
	c.Ask(apitest.Order("a", "")).OK(201)
	for _, as := range []apitest.Header{apitest.With("X-Nothing", ""), c.Basic(), apitest.Bearer(c.ServerKey)} {
		if got := c.Send("GET", "/v2/a/status", "", as).OK(401); got.Text("status_code") != "401" || strings.Contains(string(got.Body), c.ServerKey) {
			t.Errorf("%s", got.Body)
		}
	}
	c.Post("/control/v1/faults", `{"operation":"checkout-status","code":"503"}`).OK(201)
	if got := c.Core("GET", "a/status", "").OK(503); got.Text("status_code") != "503" {
		t.Errorf("%s", got.Body)
	}
	c.Patch("/control/v1/mini-app", `{"status":"suspended"}`)
	c.Core("GET", "a/status", "").OK(403)
}
