package bisnap_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// racing sends the same request n times concurrently.
func racing(n int, send func() apitest.Answer) []apitest.Answer {
	var ready, done sync.WaitGroup
	gate, answers := make(chan struct{}), make([]apitest.Answer, n)
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

func TestSnap_concurrent_requests_with_one_id_create_one_payment(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	const racers = 16
	trials := 8
	if testing.Short() {
		trials = 1
	}
	for trial := range trials {
		id := "race-" + strings.Repeat("x", trial)
		answers := racing(racers, func() apitest.Answer { return p.Asks(apitest.H2hPath, p.Order("1000.00"), apitest.ExternalID(id)) })
		first := p.Asks(apitest.H2hPath, p.Order("1000.00"), apitest.ExternalID(id)).Says("2005400")
		for _, got := range answers {
			if got.Status == 409 {
				got.Says("4095400", "still running")
			} else if got.Says("2005400"); !bytes.Equal(got.Body, first.Body) {
				t.Errorf("%s and %s", got.Body, first.Body)
			}
		}
	}
	if got := p.Count(); got != trials {
		t.Errorf("%d ids made %d payments", trials, got)
	}
}

func TestSnap_an_id_is_refused_while_its_first_request_runs(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	body, id := p.Order("1000.00"), apitest.ExternalID("slow")
	p.Post("/control/v1/faults", `{"operation":"payment-host-to-host","delay_ms":600000}`).OK(201)
	ctx, leave := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, "POST", p.URLs.API+apitest.H2hPath, strings.NewReader(body))
	apitest.Must(t, err)
	p.Signed("POST", apitest.H2hPath, body)(r)
	id(r)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		if answer, err := http.DefaultClient.Do(r); err == nil {
			answer.Body.Close()
			t.Error("an answer came")
		}
	}()
	for p.Get("/control/v1/faults").Member("faults") != "[]" { // until the request waits
		if t.Context().Err() != nil {
			t.Fatal("the request never reached the fault")
		}
	}
	p.Asks(apitest.H2hPath, body, id).Says("4095400", "slow", "still running")
	p.Asks(apitest.CancelPath, `{"originalReferenceNo":"x"}`, id).Says("4095700", "still running")
	p.Asks(apitest.StatusPath, `{"originalReferenceNo":"x","serviceCode":"54"}`, id).Says("2005500")
	p.Creates("1000.00", apitest.ExternalID("another"))
	leave()
	<-gone
	for p.Asks(apitest.H2hPath, body, id).Status == 409 { // until the platform has noticed
		if t.Context().Err() != nil {
			t.Fatal("the id stays refused")
		}
	}
	p.Asks(apitest.H2hPath, body, id).Says("2005400")
}

func TestSnap_concurrent_refunds_never_exceed_the_payment(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	ref := p.Pays("1000.00")
	before := p.Balance()
	body := `{"originalReferenceNo":"` + ref + `","refundAmount":{"value":"300.00","currency":"IDR"}}`
	done := 0
	for _, got := range racing(8, func() apitest.Answer { return p.Asks(apitest.RefundPath, body) }) {
		if got.Status == 200 {
			got.Says("2005800")
			done++
			continue
		}
		got.Says("4035802")
	}
	if got := p.Balance(); done != 3 || got != before+900 {
		t.Errorf("%d refunds of 300 each; the wallet went from %d to %d", done, before, got)
	}
}

func TestSnap_cancel_races_with_pay(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	l := p.Open(apitest.AllowAll)
	for range 10 {
		ref := p.Creates("1000.00")
		before := p.Balance()
		asked := l.Call("triggerPayment", `{"deeplink":"gopay://merchanttransfer?tref=`+ref+`"}`).Text("ask.id")
		var both sync.WaitGroup
		var cancelled apitest.Answer
		var answered apitest.Answer
		both.Go(func() { cancelled = p.Asks(apitest.CancelPath, `{"originalReferenceNo":"`+ref+`"}`) })
		both.Go(func() { answered = l.Answer(asked, `{"answer":"success"}`) })
		both.Wait()
		paid := before - p.Balance()
		switch latest := p.Status(ref).Text("latestTransactionStatus"); {
		case latest == "00" && cancelled.Says("4035715").Status == 403 && answered.Text("result.data.status") == "success" && paid == 1000:
		case latest == "05" && cancelled.Says("2005700").Status == 200 && answered.Status == 409 && paid == 0:
		default:
			t.Errorf("status %s, cancel answered %s, the sheet %s, the user paid %d", latest, cancelled.Body, answered.Body, paid)
		}
	}
}

func TestSnap_external_ids(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	body := p.Order("1000.00")
	first := p.Asks(apitest.H2hPath, body, apitest.ExternalID("a")).Says("2005400")
	ref := first.Text("referenceNo")
	same := func(got apitest.Answer, want apitest.Answer) {
		t.Helper()
		if got.Status != want.Status || !bytes.Equal(got.Body, want.Body) {
			t.Errorf("got %s, want %s", got.Body, want.Body)
		}
	}
	t.Run("the same body gets the same bytes", func(t *testing.T) {
		for range 3 {
			same(p.Asks(apitest.H2hPath, body, apitest.ExternalID("a")), first)
		}
	})
	t.Run("another body is refused, and changes nothing", func(t *testing.T) {
		for _, other := range []string{p.Order("2000.00"), body + " ", strings.Replace(body, "order-1", "order-2", 1)} {
			p.Asks(apitest.H2hPath, other, apitest.ExternalID("a")).Says("4095400", "a")
		}
		if p.Count() != 1 {
			t.Errorf("%d payments", p.Count())
		}
	})
	t.Run("another operation is refused", func(t *testing.T) {
		p.Asks(apitest.CancelPath, `{"originalReferenceNo":"`+ref+`"}`, apitest.ExternalID("a")).Says("4095700")
		p.Asks(apitest.RefundPath, `{"originalReferenceNo":"`+ref+`"}`, apitest.ExternalID("a")).Says("4095800")
		p.Asks(apitest.StatusPath, `{"originalReferenceNo":"`+ref+`","serviceCode":"54"}`, apitest.ExternalID("a")).Says("4095500")
	})
	t.Run("a failure does not use it up", func(t *testing.T) {
		p.Asks(apitest.H2hPath, p.Order("0.00"), apitest.ExternalID("b")).Says("4005402")
		p.Asks(apitest.H2hPath, p.Order("1.50"), apitest.ExternalID("b")).Says("4005402")
		p.Asks(apitest.RefundPath, `{"originalReferenceNo":"`+ref+`"}`, apitest.ExternalID("b")).Says("4035815")
		p.Asks(apitest.H2hPath, body, apitest.ExternalID("b"), apitest.With("X-SIGNATURE", "x")).Says("4015400")
		p.Asks(apitest.H2hPath, body, apitest.ExternalID("b")).Says("2005400")
	})
	t.Run("a repeated status gets the current state", func(t *testing.T) {
		ask := func() string {
			return p.Asks(apitest.StatusPath, `{"originalReferenceNo":"`+ref+`","serviceCode":"54"}`, apitest.ExternalID("s")).Says("2005500").Text("latestTransactionStatus")
		}
		before := ask()
		p.Settles(ref, "success")
		if after := ask(); before != "03" || after != "00" {
			t.Errorf("%s, then %s", before, after)
		}
	})
	t.Run("a refund and a cancel also happen once", func(t *testing.T) {
		back := `{"originalReferenceNo":"` + ref + `","refundAmount":{"value":"100.00","currency":"IDR"}}`
		done := p.Asks(apitest.RefundPath, back, apitest.ExternalID("r")).Says("2005800")
		same(p.Asks(apitest.RefundPath, back, apitest.ExternalID("r")), done)
		gone := p.Creates("1.00")
		taken := p.Asks(apitest.CancelPath, `{"originalReferenceNo":"`+gone+`"}`, apitest.ExternalID("c")).Says("2005700")
		same(p.Asks(apitest.CancelPath, `{"originalReferenceNo":"`+gone+`"}`, apitest.ExternalID("c")), taken)
		var history []any
		p.Status(ref).Into(&struct{ RefundHistory any }{&history})
		if len(history) != 1 {
			t.Errorf("%d refunds", len(history))
		}
	})
	t.Run("ids of BI-SNAP and of the mini-app APIs are separate", func(t *testing.T) {
		code := p.Open(apitest.AllowAll).Code()
		p.Post(apitest.TokenPath, `{"auth_code":"`+code+`"}`, p.Basic(), apitest.With("Request-Id", "a")).Granted()
	})
	t.Run("free again after 24 hours", func(t *testing.T) {
		p.Advance("23h59m")
		p.Token = p.Access().Text("accessToken")
		same(p.Asks(apitest.H2hPath, body, apitest.ExternalID("a")), first)
		p.Asks(apitest.H2hPath, p.Order("2000.00"), apitest.ExternalID("a")).Says("4095400")
		p.Advance("61s")
		if again := p.Asks(apitest.H2hPath, body, apitest.ExternalID("a")).Says("2005400"); again.Text("referenceNo") == ref {
			t.Error("after a day the id still refers to its first payment")
		}
	})
}

// The signature covers every byte: a request that is altered anywhere
// after signing is never accepted.
func TestSnap_altered_requests(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	trials := 600
	if testing.Short() {
		trials = 60
	}
	random := rand.New(rand.NewPCG(1, 2))
	body := p.Order("1000.00")
	alter := func(text string) string {
		at := random.IntN(len(text))
		c := "0123456789abcdefXYZ+/=-."[random.IntN(24)]
		if text[at] == c {
			c = '_'
		}
		return text[:at] + string(c) + text[at+1:]
	}
	header := func(name string) apitest.Header {
		return func(r *http.Request) { r.Header.Set(name, alter(r.Header.Get(name))) }
	}
	for range trials {
		sign := p.Signed("POST", apitest.H2hPath, body)
		var got apitest.Answer
		switch random.IntN(6) {
		case 0:
			got = p.Send("POST", apitest.H2hPath, alter(body), sign)
		case 1:
			got = p.Send("POST", apitest.H2hPath, body, sign, header("X-SIGNATURE"))
		case 2:
			got = p.Send("POST", apitest.H2hPath, body, sign, header("X-TIMESTAMP"))
		case 3:
			got = p.Send("POST", apitest.H2hPath, body, sign, func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+alter(p.Token)) })
		case 4:
			got = p.Send("POST", apitest.H2hPath, body, sign, header("X-PARTNER-ID"))
		case 5:
			got = p.Send("POST", apitest.RefundPath, body, sign) // another path
		}
		if got.Status != 401 && !(got.Status == 400 && strings.Contains(string(got.Body), "X-TIMESTAMP")) {
			t.Fatalf("%s: %d %s", got.What, got.Status, got.Body)
		}
	}
	if p.Count() != 0 {
		t.Errorf("%d payments were made", p.Count())
	}
}

// Bodies that PHP signs: its client hashes them with plain slashes and
// letters, and sends them with both escaped.
func TestSnap_body_signed_by_PHP(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	plain := strings.Replace(p.Order("1000.00"), "Kopi susu", "Kopi café – ☕ 👩🏽‍🍳 https://kopi.example/a", 1)
	sent := strings.NewReplacer("/", `\/`, "é", `\u00e9`, "–", `\u2013`, "☕", `\u2615`, "👩🏽‍🍳", `\ud83d\udc69\ud83c\udffd\u200d\ud83c\udf73`).Replace(plain)
	ref := p.Send("POST", apitest.H2hPath, sent, p.Signed("POST", apitest.H2hPath, plain)).Says("2005400").Text("referenceNo")
	if list := string(p.Get("/control/v1/payments").Body); !strings.Contains(list, ref) || !strings.Contains(list, "Kopi café – ☕") {
		t.Errorf("%s", list)
	}
	spaced := "{\n  \"serviceCode\": \"54\",\n  \"originalReferenceNo\": \"" + ref + "\"\n}"
	p.Send("POST", apitest.StatusPath, spaced, p.Signed("POST", apitest.StatusPath, `{"serviceCode":"54","originalReferenceNo":"`+ref+`"}`)).Says("2005500")
}
