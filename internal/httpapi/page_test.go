package httpapi_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// paper is a payment made for its page.
type paper struct {
	*dev
	ref, path string
}

func (d *dev) payment(body string) paper {
	d.t.Helper()
	ref := d.post("/control/v1/payments", body).ok(201).text("referenceNo")
	return paper{d, ref, "/app/merchanttransfer?tref=" + ref}
}

// shows loads the page and checks its state and words.
func (p paper) shows(state string, words ...string) {
	p.t.Helper()
	p.get(p.path, with("Accept-Language", "en")).page(200, state, words...)
}

func (a answer) page(status int, state string, words ...string) {
	a.t.Helper()
	text := string(a.ok(status).body)
	for _, word := range append(words, `data-state="`+state+`"`) {
		if !strings.Contains(text, word) {
			a.t.Errorf("%s does not say %s: %s", a.what, word, text)
		}
	}
}

// press sends the form as the page does, and stays where it leads.
func (p paper) press(choice string, more ...string) answer {
	p.t.Helper()
	form := url.Values{"choice": {choice}}
	if choice == "pay" && len(more) == 0 {
		more = []string{"123456"}
	}
	if len(more) > 0 {
		form.Set("pin", more[0])
	}
	return p.post(p.path, form.Encode(), with("Content-Type", "application/x-www-form-urlencoded"), with("Accept-Language", "en"),
		with("Origin", p.urls.API), with("Sec-Fetch-Site", "same-origin"))
}

func (d *dev) balance() string {
	d.t.Helper()
	var got struct {
		Users []struct {
			Current bool
			Balance struct{ Value string }
		}
	}
	d.get("/control/v1/users").into(&got)
	for _, u := range got.Users {
		if u.Current {
			return u.Balance.Value
		}
	}
	return ""
}

func TestPage_shows_who_is_paid_what_from_which_wallet(t *testing.T) {
	t.Parallel()
	d := start(t)
	p := d.payment(`{"amount":15000,"title":"Two coffees & <b>cake</b>"}`)
	p.shows("open", "Kopi", "Rp15.000", "Two coffees &amp; &lt;b&gt;cake&lt;/b&gt;", "Sari Wulandari · Rp250.000", p.ref, "Valid until", " WIB", `lang="en"`)
	d.get(p.path, with("Accept-Language", "id-ID,id;q=0.9,en;q=0.8")).page(200, "open", `lang="id"`, "Bayar ke", "Berlaku sampai")
	d.get(p.path, with("Accept-Language", "fr")).page(200, "open", `lang="id"`)
	d.get(p.path, with("Accept-Language", "id;q=0.2, en-GB;q=0.9")).page(200, "open", `lang="en"`)
	d.get(p.path, with("Origin", "https://kopi.example"), with("Sec-Fetch-Site", "cross-site")).page(200, "open")
}

func TestPage_pays_once_and_stays_truthful(t *testing.T) {
	t.Parallel()
	d := start(t)
	p := d.payment(`{"amount":15000,"title":"Kopi"}`)
	p.press("pay").page(200, "paid", "Rp15.000")
	p.press("pay").page(200, "paid")
	p.press("cancel").page(200, "paid")
	p.shows("paid", p.ref)
	if got := d.balance(); got != "235000.00" {
		t.Errorf("the wallet holds %s", got)
	}
	for choice, state := range map[string]string{"cancel": "cancelled", "fail": "failed"} {
		p := d.payment(`{"amount":15000}`)
		p.press(choice).page(200, state, "No money has moved")
		p.press("pay").page(200, state)
		p.shows(state)
	}
	late := d.payment(`{"amount":15000,"valid_for":"30s"}`)
	d.post("/control/v1/clock", `{"advance":"31s"}`).ok(200)
	late.shows("expired", "The time to pay is over")
	late.press("pay").page(200, "expired")
	if got := d.balance(); got != "235000.00" {
		t.Errorf("the wallet holds %s", got)
	}
}

func TestPage_refuses_and_changes_nothing(t *testing.T) {
	t.Parallel()
	d := start(t)
	p := d.payment(`{"amount":15000}`)
	for _, pin := range []string{"", "12345", "1234567", "12345a", "١٢٣٤٥٦"} {
		p.press("pay", pin).page(400, "open", "The PIN is six digits.")
	}
	p.press("steal").page(400, "open", "could not be read")
	p.press("pay", strings.Repeat("1", 5000)).page(400, "open", "could not be read")
	dear := d.payment(`{"amount":250001}`)
	dear.shows("open", "short by Rp1")
	dear.press("pay").page(409, "open", "The wallet is short.")
	for _, query := range []string{"", "?tref=", "?tref=A1", "?tref=%00", "?tref=%ff", "?tref=" + p.ref + "&tref=" + p.ref, "?ref=" + p.ref} {
		none := paper{d, "", "/app/merchanttransfer" + query}
		none.send("GET", none.path, "", with("Accept-Language", "en")).page(404, "unknown", "There is no payment")
		none.press("pay").page(404, "unknown")
	}
	d.patch("/control/v1/mini-app", `{"status":"suspended"}`)
	p.press("pay").page(403, "open", "suspended")
	p.shows("open")
	if got := d.balance(); got != "250000.00" {
		t.Errorf("the wallet holds %s", got)
	}
	d.get("/app/merchanttransfer/page.css").ok(200)
	d.send("GET", "/app/merchanttransfer/payment.html", "").refused(404, "not_found")
}

func TestPage_does_not_pay_what_a_sheet_in_the_phone_holds(t *testing.T) {
	t.Parallel()
	d := start(t)
	p, l := d.payment(`{"amount":15000}`), d.open(allowAll)
	opened := l.call("triggerPayment", fmt.Sprintf(`{"deeplink":"gopay://merchanttransfer?tref=%s"}`, p.ref))
	p.shows("held", "Finish it there")
	p.press("pay").page(409, "held", "Nothing has changed")
	l.answer(opened.text("ask.id"), `{"answer":"pending"}`).ok(200)
	p.shows("open")
	p.press("pay").page(200, "paid")
	if got := l.call("triggerPayment", fmt.Sprintf(`{"deeplink":"gopay://merchanttransfer?tref=%s"}`, p.ref)).text("result.data.status"); got != "success" {
		t.Errorf("the phone says %s of what the page has paid", got)
	}
}

func TestPage_and_sheet_race_for_one_payment(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	var spent int64
	for range 20 {
		p := d.payment(`{"amount":1000}`)
		var both sync.WaitGroup
		both.Go(func() { p.press("pay") })
		both.Go(func() {
			opened := l.call("triggerPayment", fmt.Sprintf(`{"deeplink":"gopay://merchanttransfer?tref=%s"}`, p.ref))
			if opened.member("ask") != "" {
				l.answer(opened.text("ask.id"), `{"answer":"success"}`)
			}
		})
		both.Wait()
		p.shows("paid")
		spent += 1000
	}
	if want := fmt.Sprintf("%d.00", 250_000-spent); d.balance() != want {
		t.Errorf("the wallet holds %s, want %s", d.balance(), want)
	}
}

func TestPage_takes_no_form_of_another_origin_and_shows_itself_in_no_frame(t *testing.T) {
	t.Parallel()
	d := start(t)
	p := d.payment(`{"amount":15000}`)
	got := d.get(p.path)
	policy := got.header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("the policy lacks %s: %s", part, policy)
		}
	}
	if strings.Contains(policy, "script-src") || strings.Contains(policy, "unsafe") || strings.Contains(string(got.body), "<script") {
		t.Errorf("the page has scripts: %s", policy)
	}
	if got.header.Get("Cache-Control") != "no-store" || got.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers %v", got.header)
	}
	form := with("Content-Type", "application/x-www-form-urlencoded")
	for _, from := range []header{with("Origin", strings.TrimSuffix(d.urls.App, "/")), with("Sec-Fetch-Site", "cross-site"), with("Origin", "null"), host("evil.example")} {
		if got := d.post(p.path, "choice=pay&pin=123456", form, from); got.status != http.StatusForbidden {
			t.Errorf("status %d: %s", got.status, got.body)
		}
	}
	p.shows("open")
}
