package bisnap_test

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func titles(list []apitest.Entry, kinds ...string) (titles []string) {
	for _, e := range list {
		if slices.Contains(kinds, e.Kind) {
			titles = append(titles, e.Title)
		}
	}
	return titles
}

// The journal joins all entries of one order, of any caller.
func TestSnap_journal_of_one_order(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	ref := p.Creates("15000.00", apitest.ExternalID("order"))
	p.Settles(ref, "success")
	p.Status(ref)
	p.Asks(apitest.StatusPath, `{"originalExternalId":"order","serviceCode":"54"}`).Says("2005500")
	p.Asks(apitest.CancelPath, `{"originalReferenceNo":"`+ref+`"}`).Says("4035715")
	p.Asks(apitest.RefundPath, `{"originalReferenceNo":"`+ref+`"}`, apitest.ExternalID("back")).Says("2005800")
	p.Asks(apitest.RefundPath, `{"originalReferenceNo":"`+ref+`"}`, apitest.ExternalID("back")).Says("2005800")
	list := p.Of(ref)
	want := []string{
		"payment created Rp15.000", "POST " + apitest.H2hPath, "payment paid Rp15.000", "POST " + apitest.StatusPath, "POST " + apitest.StatusPath, "POST " + apitest.CancelPath,
		"refunded Rp15.000 of Rp15.000", "POST " + apitest.RefundPath, "POST " + apitest.RefundPath,
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
	requests := slices.DeleteFunc(list, func(e apitest.Entry) bool { return e.Kind != "request" }) // notifications end when they end
	if again := requests[len(requests)-1]; !strings.Contains(again.Message, "once more") {
		t.Errorf("a replay looks like a refund: %+v", again)
	}
}

func TestSnap_secrets_are_not_in_the_journal(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	body := strings.NewReplacer(`"chargeToken":""`, `"chargeToken":"`+p.Token+`"`, `"items"`, `"customerDetails":{"phone":"+628123456789","email":"sari@kopi.example",`+
		`"billingAddress":{"address":"Jalan Sudirman 1"}},"items"`).Replace(p.Order("1000.00"))
	p.Asks(apitest.H2hPath, body).Says("2005400")
	p.Asks(apitest.H2hPath, "{"+body, apitest.Bearer("x"+p.Token)).Says("4015401")
	p.Asks(apitest.StatusPath, `{"accessToken":"`+p.Token+`","clientSecret":"`+p.Set.Snap.ClientSecret+`"}`, apitest.With("X-TIMESTAMP", p.Token)).Says("4005502")
	p.Asks(apitest.StatusPath, `{}`, apitest.With("X-PARTNER-ID", p.Set.Snap.ClientSecret)).Says("4015500")
	p.Asks(apitest.StatusPath, `{"serviceCode":"54","originalReferenceNo":"`+p.Set.Snap.ClientSecret+`"}`).Says("2005500")
	p.Access(apitest.With("X-CLIENT-KEY", p.Set.Snap.ClientSecret)).Says("4017300")
	for where, text := range p.Everywhere() {
		for name, secret := range map[string]string{
			"the access token": p.Token[:40], "the client secret": p.Set.Snap.ClientSecret[:24], "the private key": p.Set.Snap.PrivateKey[100:140],
			"a phone number": "628123456789", "an address": "Sudirman", "an e-mail address": "sari@kopi.example",
		} {
			if strings.Contains(text, secret) {
				t.Errorf("%s: contains %s", where, name)
			}
		}
	}
}

func TestSnap_warns_once_of_a_page_that_was_trusted(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	trusted, proved, early := p.Pays("1000.00"), p.Pays("2000.00"), p.Creates("3000.00")
	byHand := p.Post("/control/v1/payments", `{"amount":1000}`).OK(201).Text("referenceNo")
	p.Status(early) // before the payment, so it proves nothing
	p.Settles(early, "success")
	p.Settles(byHand, "success")
	p.Status(proved)
	warnings := func(ref string) []string { return titles(p.Of(ref), "warning") }
	p.Advance("31s")
	for range 2 {
		for ref, want := range map[string]int{trusted: 1, proved: 0, early: 1, byHand: 0} {
			if got := warnings(ref); len(got) != want || want == 1 && got[0] != "payment trusted without proof" {
				t.Errorf("%s: %q, want %d", ref, got, want)
			}
		}
		p.Advance("1h")
	}
	var list struct {
		Payments []struct {
			Reference string `json:"reference_no"`
			Via       string
			Shown     int64 `json:"shown_at"`
			Proved    int64 `json:"proved_at"`
		}
	}
	p.Get("/control/v1/payments").Into(&list)
	for _, one := range list.Payments {
		if one.Shown == 0 || (one.Proved != 0) != (one.Reference == proved) || (one.Via == "control") != (one.Reference == byHand) {
			t.Errorf("%+v", one)
		}
	}
}

func TestSnap_warns_of_a_payment_without_a_point_of_purchase(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	body := strings.Replace(p.Order("1000.00"), "pointOfPurchaseId", "other", 1)
	ref := p.Asks(apitest.H2hPath, body, apitest.ExternalID("a")).Says("2005400").Text("referenceNo")
	p.Asks(apitest.H2hPath, body, apitest.ExternalID("a")).Says("2005400")
	if got := titles(p.Of(ref), "warning"); len(got) != 1 || got[0] != "payment without pointOfPurchaseId" {
		t.Errorf("%q", got)
	}
}

// The hash of the body and the received signature are what a developer compares.
func TestSnap_wrong_signature_is_shown_whole(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	const body = `{"originalReferenceNo":"A1","serviceCode":"54"}`
	wrong := p.Mac("POST", apitest.CancelPath, body, p.Stamp())
	p.Asks(apitest.StatusPath, body, apitest.With("X-SIGNATURE", wrong)).Says("4015500")
	sum := sha256.Sum256([]byte(body))
	hash := hex.EncodeToString(sum[:])
	list := p.Requests()
	last := list[len(list)-1]
	if !strings.Contains(last.Next, ":"+hash+":") || !strings.Contains(string(last.Detail), `"X-SIGNATURE":"`+wrong+`"`) || !strings.Contains(string(last.Detail), hash) {
		t.Errorf("%+v, %s", last, last.Detail)
	}
	other := p.Keyed("2020-01-01T00:00:00+07:00") // signs another time
	p.Access(other, apitest.With("X-TIMESTAMP", p.Stamp())).Says("4017300")
	list = p.Requests()
	if detail := string(list[len(list)-1].Detail); !regexp.MustCompile(`"X-SIGNATURE":"[A-Za-z0-9+/]{342}=="`).MatchString(detail) {
		t.Errorf("%s", detail)
	}
	// A text that is no signature may be a secret.
	p.Asks(apitest.StatusPath, body, apitest.With("X-SIGNATURE", p.Set.Snap.ClientSecret)).Says("4015500")
	list = p.Requests()
	if detail := string(list[len(list)-1].Detail); strings.Contains(detail, "X-SIGNATURE\":") {
		t.Errorf("%s", detail)
	}
}

// Strict providers refuse amounts in other forms than the documented one.
func TestSnap_warns_of_loose_amounts(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	for value, want := range map[string]int{`"25000.00"`: 0, `25000`: 1, `"25000"`: 1, `25000.00`: 1, `"25000.0"`: 1} {
		ref := p.Asks(apitest.H2hPath, strings.Replace(p.Order("25000.00"), `"value":"25000.00"`, `"value":`+value, 1)).Says("2005400").Text("referenceNo")
		got := titles(p.Of(ref), "warning")
		if len(got) != want || want == 1 && got[0] != "payOptionDetails[0].transAmount that strict providers refuse" {
			t.Errorf("%s: %q", value, got)
		}
	}
	ref := p.Pays("25000.00")
	p.Asks(apitest.RefundPath, `{"originalReferenceNo":"`+ref+`","refundAmount":{"value":1000,"currency":"IDR"}}`).Says("2005800")
	if got := titles(p.Of(ref), "warning"); len(got) != 1 || got[0] != "refundAmount that strict providers refuse" {
		t.Errorf("%q", got)
	}
}
