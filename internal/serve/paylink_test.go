package serve_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/serve"
)

// The address of a payment shows it, and leads into the super app; it cannot pay. Snap
// Checkout, whose page would have to know the user, is refused with the way out.
func TestPayment_address_leads_into_the_super_app(t *testing.T) {
	t.Parallel()
	o := start(t, serve.Config{})
	o.opened()
	deeplink, err := o.Order(t.Context(), "kopi", 15_000)
	if err != nil {
		t.Fatal(err)
	}
	_, query, _ := strings.Cut(deeplink, "?")
	page := o.do("GET", "/app/merchanttransfer?"+query, "", "Accept-Language", "en").is(200)
	for _, want := range []string{`data-state="open"`, `href="` + deeplink + `"`, "Pay in the app", "Kopi", "15.000"} {
		if !strings.Contains(page.text, want) {
			t.Errorf("the page has no %s: %s", want, page.text)
		}
	}
	for _, never := range []string{"<form", "<script", "double on this machine"} {
		if strings.Contains(page.text, never) {
			t.Errorf("the page has %s", never)
		}
	}
	if policy := page.header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("the policy is %s", policy)
	}
	if none := o.do("GET", "/app/merchanttransfer?tref=A1", "").is(404); !strings.Contains(none.text, `data-state="unknown"`) {
		t.Errorf("an unknown payment: %s", none.text)
	}
	if posted := o.do("POST", "/app/merchanttransfer?"+query, "choice=pay"); posted.status < 400 {
		t.Errorf("POST: %d", posted.status)
	}
	if refused := o.do("POST", "/snap/v1/transactions", "{}").refused(404, "not_found"); !strings.Contains(refused.text, "BI-SNAP") {
		t.Errorf("Snap Checkout: %s", refused.text)
	}
}
