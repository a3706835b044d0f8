package httpapi_test

import (
	"strings"
	"testing"
)

func TestSnap_which_payment(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	ref := p.creates("1000.00", externalID("mine"))
	other := p.creates("2000.00", externalID("other"))
	status := func(members string) answer {
		return p.asks(statusPath, `{"serviceCode":"54",`+members+`}`).says("2005500")
	}
	for members, want := range map[string]string{
		`"originalReferenceNo":"` + ref + `"`: ref, `"originalExternalId":"mine"`: ref, `"originalExternalId":"other"`: other,
		`"originalReferenceNo":"` + ref + `","originalExternalId":"other"`: ref, `"originalReferenceNo":"` + ref + `","originalPartnerReferenceNo":"order-1"`: ref,
		`"originalReferenceNo":"` + ref + `","originalExternalId":"","originalPartnerReferenceNo":null`: ref,
	} {
		if got := status(members); got.text("originalReferenceNo") != want || got.text("latestTransactionStatus") != "03" {
			t.Errorf("%s: %s", members, got.body)
		}
	}
	for _, members := range []string{`"originalReferenceNo":"A1"`, `"originalExternalId":"none"`, `"originalReferenceNo":"A1","originalExternalId":"mine"`, `"originalReferenceNo":"` + ref + `","originalPartnerReferenceNo":"order-2"`} {
		if got := status(members); got.text("latestTransactionStatus") != "07" || strings.Contains(string(got.body), "transAmount") {
			t.Errorf("%s: %s", members, got.body)
		}
		p.asks(cancelPath, "{"+members+"}").says("4035715", "payment")
		p.asks(refundPath, "{"+members+"}").says("4045801", "payment")
	}
	t.Run("by GET", func(t *testing.T) {
		body := `{"originalReferenceNo":"` + ref + `","serviceCode":"54"}`
		p.send("GET", statusPath, body, p.signed("GET", statusPath, body)).says("2005500")
		query := "?originalReferenceNo=" + ref + "&serviceCode=54"
		if got := p.send("GET", statusPath+query, "", p.signed("GET", statusPath+query, "")).says("2005500"); got.text("originalReferenceNo") != ref {
			t.Errorf("%s", got.body)
		}
		for _, other := range []string{statusPath, statusPath + "?serviceCode=54&originalReferenceNo=" + ref, statusPath + query + "&"} {
			p.send("GET", statusPath+query, "", p.signed("GET", other, "")).says("4015500", "status?originalReferenceNo=")
		}
		p.send("GET", statusPath, "", p.signed("GET", statusPath, "")).says("4005502", "serviceCode")
	})
}

func TestSnap_states(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	refund := func(ref, rest string) answer { return p.asks(refundPath, `{"originalReferenceNo":"`+ref+`"`+rest+`}`) }
	cancel := func(ref string) answer { return p.asks(cancelPath, `{"originalReferenceNo":"`+ref+`"}`) }
	amount := func(value string) string { return `,"refundAmount":{"value":"` + value + `","currency":"IDR"}` }
	latest := func(ref, want string) {
		t.Helper()
		if got := p.status(ref).text("latestTransactionStatus"); got != want {
			t.Errorf("status %s, want %s", got, want)
		}
	}
	t.Run("cancelled", func(t *testing.T) {
		ref := p.creates("1000.00")
		if got := cancel(ref).says("2005700"); got.text("originalReferenceNo") != ref || got.text("cancelTime") == "" {
			t.Errorf("%s", got.body)
		}
		latest(ref, "05")
		cancel(ref).says("4035715", "cancelled")
		refund(ref, "").says("4035815", "cancelled")
	})
	t.Run("pending", func(t *testing.T) {
		ref := p.creates("1000.00")
		p.settles(ref, "pending")
		latest(ref, "03")
		refund(ref, "").says("4035815", "only a paid one")
		cancel(ref).says("2005700")
		latest(ref, "05")
	})
	t.Run("failed", func(t *testing.T) {
		ref := p.creates("1000.00")
		p.settles(ref, "failed")
		latest(ref, "06")
		cancel(ref).says("4035715", "failed")
		refund(ref, "").says("4035815", "failed")
	})
	t.Run("paid, then refunded in parts", func(t *testing.T) {
		ref := p.pays("1000.00")
		latest(ref, "00")
		cancel(ref).says("4035715", "refund it instead")
		refund(ref, amount("1000.01")).says("4005802")
		refund(ref, amount("1001.00")).says("4035802", "more than")
		first := refund(ref, amount("400.00")+`,"partnerRefundNo":"one"`).says("2005800")
		latest(ref, "04")
		if again := refund(ref, amount("400.00")+`,"partnerRefundNo":"one"`).says("2005800"); again.text("refundNo") != first.text("refundNo") {
			t.Errorf("one partnerRefundNo made two refunds: %s and %s", first.body, again.body)
		}
		refund(ref, amount("300.00")+`,"partnerRefundNo":"one"`).says("4035815", "one")
		refund(ref, amount("601.00")).says("4035802", "600")
		if rest := refund(ref, "").says("2005800"); rest.member("refundAmount") != `{"value":"600.00","currency":"IDR"}` || rest.text("partnerRefundNo") == "" {
			t.Errorf("the rest: %s", rest.body)
		}
		refund(ref, "").says("4035815", "already")
		refund(ref, amount("1.00")).says("4035815", "already")
		latest(ref, "04")
	})
	t.Run("a sheet that is open when the backend cancels", func(t *testing.T) {
		ref := p.creates("1000.00")
		l := p.open(allowAll)
		host := l.dial()
		asked := l.call("triggerPayment", `{"deeplink":"gopay://merchanttransfer?tref=`+ref+`"}`)
		cancel(ref).says("2005700")
		if got := host.hear(); got.text("event.name") != "ask_closed" || got.text("event.data.ask_id") != asked.text("ask.id") || got.text("event.data.reason") != "payment_cancelled" {
			t.Errorf("the host hears %s", got.body)
		}
		if got := host.hear(); got.text("event.name") != "call_settled" || got.text("event.data.call_id") != asked.text("call_id") || got.text("event.data.result.data.status") != "cancelled" {
			t.Errorf("the host hears %s", got.body)
		}
		l.answer(asked.text("ask.id"), `{"answer":"success"}`).ok(409)
		latest(ref, "05")
	})
	t.Run("expired", func(t *testing.T) {
		ref := p.creates("1000.00")
		p.advance("14m")
		p.token = p.access().text("accessToken")
		latest(ref, "03")
		p.advance("61s")
		latest(ref, "08")
		cancel(ref).says("4035715", "expired")
		refund(ref, "").says("4035815", "expired")
	})
	t.Run("a mini app that is suspended", func(t *testing.T) {
		ref := p.creates("1000.00")
		p.patch("/control/v1/mini-app", `{"status":"suspended"}`)
		p.asks(h2hPath, p.order("1000.00")).says("4035415", "suspended")
		p.asks(statusPath, `{"originalReferenceNo":"`+ref+`","serviceCode":"54"}`).says("4035515", "suspended")
		cancel(ref).says("4035715", "suspended")
		refund(ref, "").says("4035815", "suspended")
		p.access().says("4017300", "suspended")
		p.patch("/control/v1/mini-app", `{"status":"active"}`)
		latest(ref, "03")
	})
}
