package httpapi_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

type entry struct {
	Kind, Title, Message, Next, Payment, Outcome string
	Code                                         int
	Detail                                       json.RawMessage
}

// of gives the journal's entries of a payment, oldest first.
func (d *dev) of(ref string) (list []entry) {
	d.t.Helper()
	var got struct{ Entries []entry }
	d.get("/control/v1/journal").into(&got)
	for _, e := range got.Entries {
		if e.Payment == ref {
			list = append(list, e)
		}
	}
	return list
}

func titles(list []entry, kinds ...string) (titles []string) {
	for _, e := range list {
		if slices.Contains(kinds, e.Kind) {
			titles = append(titles, e.Title)
		}
	}
	return titles
}

// One order stands together in the journal, whoever did what.
func TestSnap_journal_of_one_order(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	ref := p.creates("15000.00", externalID("order"))
	p.settles(ref, "success")
	p.status(ref)
	p.asks(statusPath, `{"originalExternalId":"order","serviceCode":"54"}`).says("2005500")
	p.asks(cancelPath, `{"originalReferenceNo":"`+ref+`"}`).says("4035715")
	p.asks(refundPath, `{"originalReferenceNo":"`+ref+`"}`, externalID("back")).says("2005800")
	p.asks(refundPath, `{"originalReferenceNo":"`+ref+`"}`, externalID("back")).says("2005800")
	list := p.of(ref)
	want := []string{
		"payment created Rp15.000", "POST " + h2hPath, "payment paid Rp15.000", "POST " + statusPath, "POST " + statusPath, "POST " + cancelPath,
		"refunded Rp15.000 of Rp15.000", "POST " + refundPath, "POST " + refundPath,
	}
	if got := titles(list, "payment", "request"); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	for _, e := range list {
		switch {
		case e.Code == 403 && (e.Outcome != "failed" || !strings.HasPrefix(e.Message, "4035715 Transaction Not Permitted") || !strings.Contains(e.Next, "refund it instead")):
			t.Errorf("%+v", e)
		case e.Kind == "request" && !strings.Contains(string(e.Detail), `"X-EXTERNAL-ID"`):
			t.Errorf("%s", e.Detail)
		}
	}
	if again := list[len(list)-1]; !strings.Contains(again.Message, "once more") {
		t.Errorf("a replay looks like a refund: %+v", again)
	}
}

func TestSnap_secrets_are_not_in_the_journal(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	body := strings.NewReplacer(`"chargeToken":""`, `"chargeToken":"`+p.token+`"`, `"items"`, `"customerDetails":{"phone":"+628123456789","email":"sari@kopi.example",`+
		`"billingAddress":{"address":"Jalan Sudirman 1"}},"items"`).Replace(p.order("1000.00"))
	p.asks(h2hPath, body).says("2005400")
	p.asks(h2hPath, "{"+body, bearer("x"+p.token)).says("4015401")
	p.asks(statusPath, `{"accessToken":"`+p.token+`","clientSecret":"`+p.set.Snap.ClientSecret+`"}`, with("X-TIMESTAMP", p.token)).says("4005502")
	p.asks(statusPath, `{}`, with("X-PARTNER-ID", p.set.Snap.ClientSecret)).says("4015500")
	p.asks(statusPath, `{"serviceCode":"54","originalReferenceNo":"`+p.set.Snap.ClientSecret+`"}`).says("2005500")
	p.access(with("X-CLIENT-KEY", p.set.Snap.ClientSecret)).says("4017300")
	for where, text := range p.everywhere() {
		for name, secret := range map[string]string{
			"the access token": p.token[:40], "the client secret": p.set.Snap.ClientSecret[:24], "the private key": p.set.Snap.PrivateKey[100:140],
			"a phone number": "628123456789", "an address": "Sudirman", "an e-mail address": "sari@kopi.example",
		} {
			if strings.Contains(text, secret) {
				t.Errorf("%s: %s stands there", where, name)
			}
		}
	}
}

func TestSnap_warns_once_of_a_page_that_was_trusted(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	trusted, proved, early := p.pays("1000.00"), p.pays("2000.00"), p.creates("3000.00")
	byHand := p.post("/control/v1/payments", `{"amount":1000}`).ok(201).text("referenceNo")
	p.status(early) // before it was paid: that says nothing
	p.settles(early, "success")
	p.settles(byHand, "success")
	p.status(proved)
	warnings := func(ref string) []string { return titles(p.of(ref), "warning") }
	p.advance("31s")
	for range 2 {
		for ref, want := range map[string]int{trusted: 1, proved: 0, early: 1, byHand: 0} {
			if got := warnings(ref); len(got) != want || want == 1 && got[0] != "payment trusted without proof" {
				t.Errorf("%s: %q, want %d", ref, got, want)
			}
		}
		p.advance("1h")
	}
	var list struct {
		Payments []struct {
			Reference string `json:"reference_no"`
			Via       string
			Shown     int64 `json:"shown_at"`
			Proved    int64 `json:"proved_at"`
		}
	}
	p.get("/control/v1/payments").into(&list)
	for _, one := range list.Payments {
		if one.Shown == 0 || (one.Proved != 0) != (one.Reference == proved) || (one.Via == "control") != (one.Reference == byHand) {
			t.Errorf("%+v", one)
		}
	}
}

func TestSnap_warns_of_a_payment_without_a_point_of_purchase(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	body := strings.Replace(p.order("1000.00"), "pointOfPurchaseId", "other", 1)
	ref := p.asks(h2hPath, body, externalID("a")).says("2005400").text("referenceNo")
	p.asks(h2hPath, body, externalID("a")).says("2005400")
	if got := titles(p.of(ref), "warning"); len(got) != 1 || got[0] != "payment without pointOfPurchaseId" {
		t.Errorf("%q", got)
	}
}
