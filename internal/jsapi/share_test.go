package jsapi_test

import (
	"testing"
	"time"
)

func TestAsk_of_the_same_question_shares_one_sheet(t *testing.T) {
	t.Parallel()
	deeplink := func(p *platform) string { link, _ := p.pay("kopi", 1000, time.Hour); return link }
	for _, one := range []struct {
		name, method string
		params       func(p *platform) string
		answer       string
		want         string
	}{
		{"consent, allowed", "getConsent", func(*platform) string { return wifi }, allowAll, `{"consent_name":"wifi","has_consent":true}`},
		{"consent, declined", "getConsent", func(*platform) string { return wifi }, decline, `{"consent_name":"wifi","has_consent":false}`},
		{"payment, paid", "triggerPayment", deeplink, `{"answer":"success"}`, `{"status":"success"}`},
		{"payment, later", "triggerPayment", deeplink, `{"answer":"pending"}`, `{"status":"pending"}`},
	} {
		t.Run(one.name, func(t *testing.T) {
			p := open(t)
			l := p.silent(p.sari)
			params := one.params(p)
			heard := p.eventsOf(l)
			first := p.asks(l, one.method, params)
			second := p.call(l, one.method, params)
			if second.Ask == nil || second.Ask.ID != first.ID || second.CallID == first.CallID {
				t.Fatalf("the second call got %s, want the sheet of the first", show(second))
			}
			if n := len(p.open(l)); n != 1 {
				t.Errorf("%d sheets are open", n)
			}
			rows := len(p.ledger(p.sari))
			reply, err := p.answer(l, first.ID, one.answer)
			must(t, err)
			other := p.resultOf(p.next(heard))
			if got := string(succeeds(t, reply)); got != one.want || string(other.Data) != one.want {
				t.Errorf("the calls got %s and %s, want %s", got, other.Data, one.want)
			}
			if added := len(p.ledger(p.sari)) - rows; one.method == "getConsent" && added != 1 {
				t.Errorf("the ledger has %d new entries, want 1", added)
			}
			if e := p.entry(second.CallID); e.Outcome == "open" {
				t.Errorf("the journal leaves the second call open: %s", show(e))
			}
		})
	}
	t.Run("other questions have their own", func(t *testing.T) {
		p := open(t)
		l := p.silent(p.sari)
		ids := map[string]bool{}
		for _, name := range []string{"wifi", "location", "wifi"} {
			ids[p.asks(l, "getConsent", `{"consent_name":"`+name+`"}`).ID] = true
		}
		for range 2 { // a deeplink that is opened twice is opened twice
			ids[p.asks(l, "openDeeplink", `{"deeplink":"gopay://topup"}`).ID] = true
		}
		if len(ids) != 4 {
			t.Errorf("%d sheets, want 4", len(ids))
		}
	})
	t.Run("ends together", func(t *testing.T) {
		p := open(t)
		l := p.silent(p.sari)
		a := p.asks(l, "getConsent", wifi)
		second := p.call(l, "getConsent", wifi)
		p.forward(10 * time.Minute)
		p.sweep()
		for _, call := range []string{a.CallID, second.CallID} {
			if e := p.entry(call); e.Code != 401 {
				t.Errorf("the journal says %s", show(e))
			}
		}
	})
}
