package hostapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// never forgets every consent of kopi.
func never(d *apitest.Platform, names ...string) {
	for _, name := range names {
		d.Patch("/control/v1/consents", `{"name":"`+name+`","state":"never_asked"}`).OK(200)
	}
}

func TestSocket_asks_in_the_order_of_the_calls(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	never(d, "location", "wifi")
	c := l.Dial()
	for round := range 20 {
		link := d.Post("/control/v1/payments", `{"amount":1000}`).OK(201).Text("deeplink")
		calls := []string{
			`"getConsent","params":{"consent_name":"location"}`, `"triggerPayment","params":{"deeplink":"` + link + `"}`,
			`"getConsent","params":{"consent_name":"wifi"}`, `"openDeeplink","params":{"deeplink":"gopay://home/promo"}`,
			`"openDeeplink","params":{"deeplink":"gopay://home/promo"}`,
		}
		for i := range calls { // another order in each round
			c.Say(fmt.Sprintf(`{"id":%d,"type":"call","method":%s}`, i+1, calls[(i+round)%len(calls)]))
		}
		var order []string
		var asks []string
		for len(order) < len(calls) {
			if got := c.Hear(); got.Text("type") == "reply" {
				order, asks = append(order, got.Member("id")), append(asks, got.Text("ask.id"))
			}
		}
		if got := strings.Join(order, ""); got != "12345" {
			t.Errorf("round %d: the sheets came in the order %s", round, got)
		}
		for i, id := range asks {
			c.Say(fmt.Sprintf(`{"id":%d,"type":"withdraw","ask_id":"%s"}`, 10+i, id))
		}
		for n := 0; n < len(asks); {
			if got := c.Hear(); got.Text("type") == "reply" {
				n++
			} else if got.Text("type") == "error" {
				t.Fatalf("withdrawing: %s", got.Body)
			}
		}
	}
}

func TestSocket_call_after_a_withdrawn_ask_gets_a_sheet_of_its_own(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	never(d, "wifi")
	c := l.Dial()
	const call = `"type":"call","method":"getConsent","params":{"consent_name":"wifi"}}`
	c.Say(`{"id":1,` + call)
	id := c.Hear().Text("ask.id")
	for range 20 { // a page is reloaded, and the new page asks at once
		c.Say(`{"id":2,"type":"withdraw","ask_id":"` + id + `"}`)
		c.Say(`{"id":3,` + call)
		for next := ""; next == ""; {
			got := c.Hear()
			if got.Member("id") != "3" {
				continue
			}
			if next = got.Text("ask.id"); next == id {
				t.Fatalf("the new page shares the withdrawn sheet: %s", got.Body)
			}
			id = next
		}
	}
}

func TestAsk_answered_by_another_client_reaches_the_host(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	never(d, "wifi")
	c := l.Dial()
	c.Say(`{"id":1,"type":"call","method":"getConsent","params":{"consent_name":"wifi"}}`)
	ask := c.Hear().Text("ask.id")
	l.Answer(ask, apitest.AllowAll).OK(200)
	all := strings.Join(c.HearUntil("call_settled"), "\n")
	if !strings.Contains(all, `"reason":"answered"`) || !strings.Contains(all, `"has_consent":true`) {
		t.Errorf("the host heard %s", all)
	}
}

func TestAsk_withdrawn_over_http(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l, other := d.Open(apitest.AllowAll), d.Open(apitest.AllowAll)
	never(d, "wifi")
	token := apitest.Bearer(l.Token)
	ask := l.Call("getConsent", `{"consent_name":"wifi"}`).OK(200).Text("ask.id")
	d.Send("DELETE", "/host/v1/asks/"+ask, "", apitest.Bearer(other.Token)).Refused(403, "ask_foreign")
	got := d.Send("DELETE", "/host/v1/asks/"+ask, "", token).OK(200)
	if got.Member("result.error.code") != "401" {
		t.Errorf("the call got %s", got.Body)
	}
	d.Send("DELETE", "/host/v1/asks/"+ask, "", token).Refused(409, "ask_answered")
	d.Send("DELETE", "/host/v1/asks/none", "", token).Refused(404, "ask_unknown")
	got = d.Get("/control/v1/consents").OK(200)
	if body := string(got.Body); strings.Contains(body, `"refused"`) {
		t.Errorf("the ledger has a refusal: %s", body)
	}
	d.Patch("/control/v1/device", `{"online":false}`).OK(200)
	d.Patch("/control/v1/device", `{"online":true}`).OK(200)
	ask = l.Call("getConsent", `{"consent_name":"wifi"}`).OK(200).Text("ask.id")
	d.Patch("/control/v1/device", `{"online":false}`).OK(200)
	l.Answer(ask, apitest.AllowAll).Refused(409, "offline")
	l.Answer(ask, `{"answer":"decline"}`).OK(200)
}

func TestSuspended_mini_app_closes_its_sheets(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	c := l.Dial()
	c.Say(`{"id":1,"type":"call","method":"openDeeplink","params":{"deeplink":"gopay://home/promo"}}`)
	c.Hear()
	d.Patch("/control/v1/mini-app", `{"status":"suspended"}`).OK(200)
	if all := strings.Join(c.HearUntil("call_settled"), "\n"); !strings.Contains(all, `"reason":"settled_elsewhere"`) || !strings.Contains(all, "203") {
		t.Errorf("the host heard %s", all)
	}
}
