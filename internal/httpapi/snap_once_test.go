package httpapi_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// racing sends the same request n times at once.
func racing(n int, send func() answer) []answer {
	var ready, done sync.WaitGroup
	gate, answers := make(chan struct{}), make([]answer, n)
	ready.Add(n)
	for i := range answers {
		done.Go(func() {
			ready.Done()
			<-gate
			answers[i] = send()
		})
	}
	ready.Wait()
	close(gate)
	done.Wait()
	return answers
}

// count gives how many payments there are.
func (p *partner) count() int {
	p.t.Helper()
	return strings.Count(string(p.get("/control/v1/payments").body), `"reference_no"`)
}

func TestSnap_one_id_makes_one_payment_however_many_send_it(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	const racers = 16
	trials := 8
	if testing.Short() {
		trials = 1
	}
	for trial := range trials {
		id := "race-" + strings.Repeat("x", trial)
		answers := racing(racers, func() answer { return p.asks(h2hPath, p.order("1000.00"), externalID(id)) })
		first := p.asks(h2hPath, p.order("1000.00"), externalID(id)).says("2005400")
		for _, got := range answers {
			if got.status == 409 {
				got.says("4095400", "still running")
			} else if got.says("2005400"); !bytes.Equal(got.body, first.body) {
				t.Errorf("%s and %s", got.body, first.body)
			}
		}
	}
	if got := p.count(); got != trials {
		t.Errorf("%d ids made %d payments", trials, got)
	}
}

func TestSnap_an_id_is_refused_while_its_first_request_runs(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	body, id := p.order("1000.00"), externalID("slow")
	p.post("/control/v1/faults", `{"operation":"payment-host-to-host","delay_ms":600000}`).ok(201)
	ctx, leave := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, "POST", p.urls.API+h2hPath, strings.NewReader(body))
	must(t, err)
	p.signed("POST", h2hPath, body)(r)
	id(r)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		if answer, err := http.DefaultClient.Do(r); err == nil {
			answer.Body.Close()
			t.Error("an answer came")
		}
	}()
	for p.get("/control/v1/faults").member("faults") != "[]" { // until it waits
		if t.Context().Err() != nil {
			t.Fatal("it never came to the fault")
		}
	}
	p.asks(h2hPath, body, id).says("4095400", "slow", "still running")
	p.asks(cancelPath, `{"originalReferenceNo":"x"}`, id).says("4095700", "still running")
	p.asks(statusPath, `{"originalReferenceNo":"x","serviceCode":"54"}`, id).says("2005500")
	p.creates("1000.00", externalID("another"))
	leave()
	<-gone
	for p.asks(h2hPath, body, id).status == 409 { // until the platform has heard
		if t.Context().Err() != nil {
			t.Fatal("the id stays refused")
		}
	}
	p.asks(h2hPath, body, id).says("2005400")
}

func TestSnap_two_refunds_that_race_never_give_back_more(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	ref := p.pays("1000.00")
	before := p.balance()
	body := `{"originalReferenceNo":"` + ref + `","refundAmount":{"value":"300.00","currency":"IDR"}}`
	done := 0
	for _, got := range racing(8, func() answer { return p.asks(refundPath, body) }) {
		if got.status == 200 {
			got.says("2005800")
			done++
			continue
		}
		got.says("4035802")
	}
	if got := p.balance(); done != 3 || got != before+900 {
		t.Errorf("%d refunds of 300 each; the wallet went from %d to %d", done, before, got)
	}
}

func TestSnap_cancel_races_with_pay(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	l := p.open(allowAll)
	for range 10 {
		ref := p.creates("1000.00")
		before := p.balance()
		asked := l.call("triggerPayment", `{"deeplink":"gopay://merchanttransfer?tref=`+ref+`"}`).text("ask.id")
		var both sync.WaitGroup
		var cancelled answer
		var answered answer
		both.Go(func() { cancelled = p.asks(cancelPath, `{"originalReferenceNo":"`+ref+`"}`) })
		both.Go(func() { answered = l.answer(asked, `{"answer":"success"}`) })
		both.Wait()
		paid := before - p.balance()
		switch latest := p.status(ref).text("latestTransactionStatus"); {
		case latest == "00" && cancelled.says("4035715").status == 403 && answered.text("result.data.status") == "success" && paid == 1000:
		case latest == "05" && cancelled.says("2005700").status == 200 && answered.status == 409 && paid == 0:
		default:
			t.Errorf("status %s, cancel answered %s, the sheet %s, the user paid %d", latest, cancelled.body, answered.body, paid)
		}
	}
}

// balance is what the current user holds, in rupiah.
func (p *partner) balance() int64 {
	p.t.Helper()
	var state struct {
		Users []struct {
			Balance struct{ Value string }
		}
	}
	p.get("/control/v1/state").into(&state)
	var sum int64
	for _, c := range strings.TrimSuffix(state.Users[0].Balance.Value, ".00") {
		sum = sum*10 + int64(c-'0')
	}
	return sum
}

func TestSnap_external_ids(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	body := p.order("1000.00")
	first := p.asks(h2hPath, body, externalID("a")).says("2005400")
	ref := first.text("referenceNo")
	same := func(got answer, want answer) {
		t.Helper()
		if got.status != want.status || !bytes.Equal(got.body, want.body) {
			t.Errorf("got %s, want %s", got.body, want.body)
		}
	}
	t.Run("the same body gets the same bytes", func(t *testing.T) {
		for range 3 {
			same(p.asks(h2hPath, body, externalID("a")), first)
		}
	})
	t.Run("another body is refused, and changes nothing", func(t *testing.T) {
		for _, other := range []string{p.order("2000.00"), body + " ", strings.Replace(body, "order-1", "order-2", 1)} {
			p.asks(h2hPath, other, externalID("a")).says("4095400", "a")
		}
		if p.count() != 1 {
			t.Errorf("%d payments", p.count())
		}
	})
	t.Run("another operation is refused", func(t *testing.T) {
		p.asks(cancelPath, `{"originalReferenceNo":"`+ref+`"}`, externalID("a")).says("4095700")
		p.asks(refundPath, `{"originalReferenceNo":"`+ref+`"}`, externalID("a")).says("4095800")
		p.asks(statusPath, `{"originalReferenceNo":"`+ref+`","serviceCode":"54"}`, externalID("a")).says("4095500")
	})
	t.Run("a failure does not use it up", func(t *testing.T) {
		p.asks(h2hPath, p.order("0.00"), externalID("b")).says("4005402")
		p.asks(h2hPath, p.order("1.50"), externalID("b")).says("4005402")
		p.asks(refundPath, `{"originalReferenceNo":"`+ref+`"}`, externalID("b")).says("4035815")
		p.asks(h2hPath, body, externalID("b"), with("X-SIGNATURE", "x")).says("4015400")
		p.asks(h2hPath, body, externalID("b")).says("2005400")
	})
	t.Run("a status is asked anew", func(t *testing.T) {
		ask := func() string {
			return p.asks(statusPath, `{"originalReferenceNo":"`+ref+`","serviceCode":"54"}`, externalID("s")).says("2005500").text("latestTransactionStatus")
		}
		before := ask()
		p.settles(ref, "success")
		if after := ask(); before != "03" || after != "00" {
			t.Errorf("%s, then %s", before, after)
		}
	})
	t.Run("a refund and a cancel come once, too", func(t *testing.T) {
		back := `{"originalReferenceNo":"` + ref + `","refundAmount":{"value":"100.00","currency":"IDR"}}`
		done := p.asks(refundPath, back, externalID("r")).says("2005800")
		same(p.asks(refundPath, back, externalID("r")), done)
		gone := p.creates("1.00")
		taken := p.asks(cancelPath, `{"originalReferenceNo":"`+gone+`"}`, externalID("c")).says("2005700")
		same(p.asks(cancelPath, `{"originalReferenceNo":"`+gone+`"}`, externalID("c")), taken)
		var history []any
		p.status(ref).into(&struct{ RefundHistory any }{&history})
		if len(history) != 1 {
			t.Errorf("%d refunds", len(history))
		}
	})
	t.Run("the headers' ids and the mini-app APIs' are apart", func(t *testing.T) {
		code := p.open(allowAll).code()
		p.post(tokenPath, `{"auth_code":"`+code+`"}`, p.basic(), with("Request-Id", "a")).granted()
	})
	t.Run("free again after 24 hours", func(t *testing.T) {
		p.advance("23h59m")
		p.token = p.access().text("accessToken")
		same(p.asks(h2hPath, body, externalID("a")), first)
		p.asks(h2hPath, p.order("2000.00"), externalID("a")).says("4095400")
		p.advance("61s")
		if again := p.asks(h2hPath, body, externalID("a")).says("2005400"); again.text("referenceNo") == ref {
			t.Error("after a day the id still stands for its first payment")
		}
	})
}

// Every byte of what is signed counts: a request that is altered anywhere
// after it was signed is never taken.
func TestSnap_altered_requests(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	trials := 600
	if testing.Short() {
		trials = 60
	}
	random := rand.New(rand.NewPCG(1, 2))
	body := p.order("1000.00")
	alter := func(text string) string {
		at := random.IntN(len(text))
		c := "0123456789abcdefXYZ+/=-."[random.IntN(24)]
		if text[at] == c {
			c = '_'
		}
		return text[:at] + string(c) + text[at+1:]
	}
	header := func(name string) header {
		return func(r *http.Request) { r.Header.Set(name, alter(r.Header.Get(name))) }
	}
	for range trials {
		sign := p.signed("POST", h2hPath, body)
		var got answer
		switch random.IntN(6) {
		case 0:
			got = p.send("POST", h2hPath, alter(body), sign)
		case 1:
			got = p.send("POST", h2hPath, body, sign, header("X-SIGNATURE"))
		case 2:
			got = p.send("POST", h2hPath, body, sign, header("X-TIMESTAMP"))
		case 3:
			got = p.send("POST", h2hPath, body, sign, func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+alter(p.token)) })
		case 4:
			got = p.send("POST", h2hPath, body, sign, header("X-PARTNER-ID"))
		case 5:
			got = p.send("POST", refundPath, body, sign) // another path
		}
		if got.status != 401 && !(got.status == 400 && strings.Contains(string(got.body), "X-TIMESTAMP")) {
			t.Fatalf("%s: %d %s", got.what, got.status, got.body)
		}
	}
	if p.count() != 0 {
		t.Errorf("%d payments were made", p.count())
	}
}

// Bodies that PHP signs: its client hashes them with plain slashes and
// letters, and sends them with both escaped.
func TestSnap_body_signed_by_PHP(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	plain := strings.Replace(p.order("1000.00"), "Kopi susu", "Kopi café – ☕ 👩🏽‍🍳 https://kopi.example/a", 1)
	sent := strings.NewReplacer("/", `\/`, "é", `\u00e9`, "–", `\u2013`, "☕", `\u2615`, "👩🏽‍🍳", `\ud83d\udc69\ud83c\udffd\u200d\ud83c\udf73`).Replace(plain)
	ref := p.send("POST", h2hPath, sent, p.signed("POST", h2hPath, plain)).says("2005400").text("referenceNo")
	if list := string(p.get("/control/v1/payments").body); !strings.Contains(list, ref) || !strings.Contains(list, "Kopi café – ☕") {
		t.Errorf("%s", list)
	}
	spaced := "{\n  \"serviceCode\": \"54\",\n  \"originalReferenceNo\": \"" + ref + "\"\n}"
	p.send("POST", statusPath, spaced, p.signed("POST", statusPath, `{"serviceCode":"54","originalReferenceNo":"`+ref+`"}`)).says("2005500")
}
