package paypage_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestPage_shows_payee_amount_and_wallet(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	p := d.Payment(`{"amount":15000,"title":"Two coffees & <b>cake</b>"}`)
	p.Shows("open", "Kopi", "Rp15.000", "Two coffees &amp; &lt;b&gt;cake&lt;/b&gt;", "Sari Wulandari · Rp250.000", p.Ref, "Valid until", " WIB", `lang="en"`)
	d.Get(p.Path, apitest.With("Accept-Language", "id-ID,id;q=0.9,en;q=0.8")).Page(200, "open", `lang="id"`, "Bayar ke", "Berlaku sampai")
	d.Get(p.Path, apitest.With("Accept-Language", "fr")).Page(200, "open", `lang="id"`)
	d.Get(p.Path, apitest.With("Accept-Language", "id;q=0.2, en-GB;q=0.9")).Page(200, "open", `lang="en"`)
	d.Get(p.Path, apitest.With("Origin", "https://kopi.example"), apitest.With("Sec-Fetch-Site", "cross-site")).Page(200, "open")
}

func TestPage_pays_once_and_then_shows_the_final_state(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	p := d.Payment(`{"amount":15000,"title":"Kopi"}`)
	p.Press("pay").Page(200, "paid", "Rp15.000")
	p.Press("pay").Page(200, "paid")
	p.Press("cancel").Page(200, "paid")
	p.Shows("paid", p.Ref)
	if got := d.Balance(); got != "235000.00" {
		t.Errorf("the wallet holds %s", got)
	}
	for choice, state := range map[string]string{"cancel": "cancelled", "fail": "failed"} {
		p := d.Payment(`{"amount":15000}`)
		p.Press(choice).Page(200, state, "No money has moved")
		p.Press("pay").Page(200, state)
		p.Shows(state)
	}
	late := d.Payment(`{"amount":15000,"valid_for":"30s"}`)
	d.Post("/control/v1/clock", `{"advance":"31s"}`).OK(200)
	late.Shows("expired", "The time to pay is over")
	late.Press("pay").Page(200, "expired")
	if got := d.Balance(); got != "235000.00" {
		t.Errorf("the wallet holds %s", got)
	}
}

func TestPage_refuses_and_changes_nothing(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	p := d.Payment(`{"amount":15000}`)
	for _, pin := range []string{"", "12345", "1234567", "12345a", "١٢٣٤٥٦"} {
		p.Press("pay", pin).Page(400, "open", "The PIN is six digits.")
	}
	p.Press("steal").Page(400, "open", "could not be read")
	p.Press("pay", strings.Repeat("1", 5000)).Page(400, "open", "could not be read")
	dear := d.Payment(`{"amount":250001}`)
	dear.Shows("open", "short by Rp1")
	dear.Press("pay").Page(409, "open", "The wallet is short.")
	for _, query := range []string{"", "?tref=", "?tref=A1", "?tref=%00", "?tref=%ff", "?tref=" + p.Ref + "&tref=" + p.Ref, "?ref=" + p.Ref} {
		none := apitest.Paper{Platform: d, Ref: "", Path: "/app/merchanttransfer" + query}
		none.Send("GET", none.Path, "", apitest.With("Accept-Language", "en")).Page(404, "unknown", "There is no payment")
		none.Press("pay").Page(404, "unknown")
	}
	d.Patch("/control/v1/mini-app", `{"status":"suspended"}`)
	p.Press("pay").Page(403, "open", "suspended")
	p.Shows("open")
	if got := d.Balance(); got != "250000.00" {
		t.Errorf("the wallet holds %s", got)
	}
	d.Get("/app/merchanttransfer/page.css").OK(200)
	d.Send("GET", "/app/merchanttransfer/payment.html", "").Refused(404, "not_found")
}

func TestPage_refuses_a_payment_with_an_open_sheet(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	p, l := d.Payment(`{"amount":15000}`), d.Open(apitest.AllowAll)
	opened := l.Call("triggerPayment", fmt.Sprintf(`{"deeplink":"gopay://merchanttransfer?tref=%s"}`, p.Ref))
	p.Shows("held", "Finish it there")
	p.Press("pay").Page(409, "held", "Nothing has changed")
	l.Answer(opened.Text("ask.id"), `{"answer":"pending"}`).OK(200)
	p.Shows("open")
	p.Press("pay").Page(200, "paid")
	if got := l.Call("triggerPayment", fmt.Sprintf(`{"deeplink":"gopay://merchanttransfer?tref=%s"}`, p.Ref)).Text("result.data.status"); got != "success" {
		t.Errorf("the phone says %s of what the page has paid", got)
	}
}

func TestPage_and_sheet_race_for_one_payment(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	var spent int64
	for range 20 {
		p := d.Payment(`{"amount":1000}`)
		var both sync.WaitGroup
		both.Go(func() { p.Press("pay") })
		both.Go(func() {
			opened := l.Call("triggerPayment", fmt.Sprintf(`{"deeplink":"gopay://merchanttransfer?tref=%s"}`, p.Ref))
			if opened.Member("ask") != "" {
				l.Answer(opened.Text("ask.id"), `{"answer":"success"}`)
			}
		})
		both.Wait()
		p.Shows("paid")
		spent += 1000
	}
	if want := fmt.Sprintf("%d.00", 250_000-spent); d.Balance() != want {
		t.Errorf("the wallet holds %s, want %s", d.Balance(), want)
	}
}

func TestPage_refuses_forms_of_other_origins_and_forbids_frames(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	p := d.Payment(`{"amount":15000}`)
	got := d.Get(p.Path)
	policy := got.Header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("the policy lacks %s: %s", part, policy)
		}
	}
	if strings.Contains(policy, "script-src") || strings.Contains(policy, "unsafe") || strings.Contains(string(got.Body), "<script") {
		t.Errorf("the page has scripts: %s", policy)
	}
	if got.Header.Get("Cache-Control") != "no-store" || got.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers %v", got.Header)
	}
	form := apitest.With("Content-Type", "application/x-www-form-urlencoded")
	for _, from := range []apitest.Header{apitest.With("Origin", strings.TrimSuffix(d.URLs.App, "/")), apitest.With("Sec-Fetch-Site", "cross-site"), apitest.With("Origin", "null"), apitest.Host("evil.example")} {
		if got := d.Post(p.Path, "choice=pay&pin=123456", form, from); got.Status != http.StatusForbidden {
			t.Errorf("status %d: %s", got.Status, got.Body)
		}
	}
	p.Shows("open")
}
