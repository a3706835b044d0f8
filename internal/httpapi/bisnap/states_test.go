package bisnap_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestSnap_which_payment(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	ref := p.Creates("1000.00", apitest.ExternalID("mine"))
	other := p.Creates("2000.00", apitest.ExternalID("other"))
	status := func(members string) apitest.Answer {
		return p.Asks(apitest.StatusPath, `{"serviceCode":"54",`+members+`}`).Says("2005500")
	}
	for members, want := range map[string]string{
		`"originalReferenceNo":"` + ref + `"`: ref, `"originalExternalId":"mine"`: ref, `"originalExternalId":"other"`: other,
		`"originalReferenceNo":"` + ref + `","originalExternalId":"other"`: ref, `"originalReferenceNo":"` + ref + `","originalPartnerReferenceNo":"order-1"`: ref,
		`"originalReferenceNo":"` + ref + `","originalExternalId":"","originalPartnerReferenceNo":null`: ref,
	} {
		if got := status(members); got.Text("originalReferenceNo") != want || got.Text("latestTransactionStatus") != "03" {
			t.Errorf("%s: %s", members, got.Body)
		}
	}
	for _, members := range []string{`"originalReferenceNo":"A1"`, `"originalExternalId":"none"`, `"originalReferenceNo":"A1","originalExternalId":"mine"`, `"originalReferenceNo":"` + ref + `","originalPartnerReferenceNo":"order-2"`} {
		if got := status(members); got.Text("latestTransactionStatus") != "07" || strings.Contains(string(got.Body), "transAmount") {
			t.Errorf("%s: %s", members, got.Body)
		}
		p.Asks(apitest.CancelPath, "{"+members+"}").Says("4035715", "payment")
		p.Asks(apitest.RefundPath, "{"+members+"}").Says("4045801", "payment")
	}
	t.Run("by GET", func(t *testing.T) {
		body := `{"originalReferenceNo":"` + ref + `","serviceCode":"54"}`
		p.Send("GET", apitest.StatusPath, body, p.Signed("GET", apitest.StatusPath, body)).Says("2005500")
		query := "?originalReferenceNo=" + ref + "&serviceCode=54"
		if got := p.Send("GET", apitest.StatusPath+query, "", p.Signed("GET", apitest.StatusPath+query, "")).Says("2005500"); got.Text("originalReferenceNo") != ref {
			t.Errorf("%s", got.Body)
		}
		for _, other := range []string{apitest.StatusPath, apitest.StatusPath + "?serviceCode=54&originalReferenceNo=" + ref, apitest.StatusPath + query + "&"} {
			p.Send("GET", apitest.StatusPath+query, "", p.Signed("GET", other, "")).Says("4015500", "status?originalReferenceNo=")
		}
		p.Send("GET", apitest.StatusPath, "", p.Signed("GET", apitest.StatusPath, "")).Says("4005502", "serviceCode")
	})
}

func TestSnap_states(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	refund := func(ref, rest string) apitest.Answer {
		return p.Asks(apitest.RefundPath, `{"originalReferenceNo":"`+ref+`"`+rest+`}`)
	}
	cancel := func(ref string) apitest.Answer {
		return p.Asks(apitest.CancelPath, `{"originalReferenceNo":"`+ref+`"}`)
	}
	amount := func(value string) string { return `,"refundAmount":{"value":"` + value + `","currency":"IDR"}` }
	latest := func(ref, want string) {
		t.Helper()
		if got := p.Status(ref).Text("latestTransactionStatus"); got != want {
			t.Errorf("status %s, want %s", got, want)
		}
	}
	t.Run("cancelled", func(t *testing.T) {
		ref := p.Creates("1000.00")
		if got := cancel(ref).Says("2005700"); got.Text("originalReferenceNo") != ref || got.Text("cancelTime") == "" {
			t.Errorf("%s", got.Body)
		}
		latest(ref, "05")
		cancel(ref).Says("4035715", "cancelled")
		refund(ref, "").Says("4035815", "cancelled")
	})
	t.Run("pending", func(t *testing.T) {
		ref := p.Creates("1000.00")
		p.Settles(ref, "pending")
		latest(ref, "03")
		refund(ref, "").Says("4035815", "only a paid one")
		cancel(ref).Says("2005700")
		latest(ref, "05")
	})
	t.Run("failed", func(t *testing.T) {
		ref := p.Creates("1000.00")
		p.Settles(ref, "failed")
		latest(ref, "06")
		cancel(ref).Says("4035715", "failed")
		refund(ref, "").Says("4035815", "failed")
	})
	t.Run("paid, then refunded in parts", func(t *testing.T) {
		ref := p.Pays("1000.00")
		latest(ref, "00")
		cancel(ref).Says("4035715", "refund it instead")
		refund(ref, amount("1000.01")).Says("4005802")
		refund(ref, amount("1001.00")).Says("4035802", "more than")
		first := refund(ref, amount("400.00")+`,"partnerRefundNo":"one"`).Says("2005800")
		latest(ref, "04")
		if again := refund(ref, amount("400.00")+`,"partnerRefundNo":"one"`).Says("2005800"); again.Text("refundNo") != first.Text("refundNo") {
			t.Errorf("one partnerRefundNo made two refunds: %s and %s", first.Body, again.Body)
		}
		refund(ref, amount("300.00")+`,"partnerRefundNo":"one"`).Says("4035815", "one")
		refund(ref, amount("601.00")).Says("4035802", "600")
		if rest := refund(ref, "").Says("2005800"); rest.Member("refundAmount") != `{"value":"600.00","currency":"IDR"}` || rest.Text("partnerRefundNo") == "" {
			t.Errorf("the rest: %s", rest.Body)
		}
		refund(ref, "").Says("4035815", "already")
		refund(ref, amount("1.00")).Says("4035815", "already")
		latest(ref, "04")
	})
	t.Run("a sheet that is open when the backend cancels", func(t *testing.T) {
		ref := p.Creates("1000.00")
		l := p.Open(apitest.AllowAll)
		host := l.Dial()
		asked := l.Call("triggerPayment", `{"deeplink":"gopay://merchanttransfer?tref=`+ref+`"}`)
		cancel(ref).Says("2005700")
		if got := host.Hear(); got.Text("event.name") != "ask_closed" || got.Text("event.data.ask_id") != asked.Text("ask.id") || got.Text("event.data.reason") != "payment_cancelled" {
			t.Errorf("the host hears %s", got.Body)
		}
		if got := host.Hear(); got.Text("event.name") != "call_settled" || got.Text("event.data.call_id") != asked.Text("call_id") || got.Text("event.data.result.data.status") != "cancelled" {
			t.Errorf("the host hears %s", got.Body)
		}
		l.Answer(asked.Text("ask.id"), `{"answer":"success"}`).OK(409)
		latest(ref, "05")
	})
	t.Run("expired", func(t *testing.T) {
		ref := p.Creates("1000.00")
		p.Advance("14m")
		p.Token = p.Access().Text("accessToken")
		latest(ref, "03")
		p.Advance("61s")
		latest(ref, "08")
		cancel(ref).Says("4035715", "expired")
		refund(ref, "").Says("4035815", "expired")
	})
	t.Run("a mini app that is suspended", func(t *testing.T) {
		ref := p.Creates("1000.00")
		p.Patch("/control/v1/mini-app", `{"status":"suspended"}`)
		p.Asks(apitest.H2hPath, p.Order("1000.00")).Says("4035415", "suspended")
		p.Asks(apitest.StatusPath, `{"originalReferenceNo":"`+ref+`","serviceCode":"54"}`).Says("4035515", "suspended")
		cancel(ref).Says("4035715", "suspended")
		refund(ref, "").Says("4035815", "suspended")
		p.Access().Says("4017300", "suspended")
		p.Patch("/control/v1/mini-app", `{"status":"active"}`)
		latest(ref, "03")
	})
}
