package jsapi_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

// ends checks the status with which a call of triggerPayment ended.
func ends(t testing.TB, data json.RawMessage, status string) {
	t.Helper()
	if want := `{"status":"` + status + `"}`; string(data) != want {
		t.Errorf("got %s, want %s", data, want)
	}
}

func TestPayment_sheet_shows_the_payment_and_the_wallet(t *testing.T) {
	t.Parallel()
	p := open(t)
	deeplink, ref := p.pay("kopi", 15_000, 0)
	for _, who := range []struct {
		launch, wallet string
	}{
		{p.trusted(), `{"balance":{"value":"250000.00","currency":"IDR"},"sufficient":true}`},
		{p.launched(p.budi, allowAll), `{"balance":{"value":"10000.00","currency":"IDR"},"sufficient":false}`},
	} {
		a := p.asks(who.launch, "triggerPayment", deeplink)
		var got map[string]json.RawMessage
		must(t, json.Unmarshal([]byte(show(a)), &got))
		if a.Kind != ask.Payment || string(got["wallet"]) != who.wallet {
			t.Errorf("got %s", show(a))
		}
		want := `{"amount":{"value":"15000.00","currency":"IDR"},"expires_at":1795000900000,"reference_no":"` + ref + `","title":"Kopi susu"}`
		if string(got["payment"]) != want {
			t.Errorf("got %s\nwant %s", got["payment"], want)
		}
		_, err := p.answer(who.launch, a.ID, `{"answer":"pending"}`)
		must(t, err)
	}
}

func TestPayment_ends_by_the_answer_of_the_sheet(t *testing.T) {
	t.Parallel()
	for _, by := range []string{"a person", "a policy"} {
		for answer, state := range map[string]payment.State{
			"success": payment.Paid, "cancelled": payment.Cancelled, "failed": payment.Failed, "pending": payment.Pending,
		} {
			t.Run(by+"/"+answer, func(t *testing.T) {
				p := open(t)
				l := p.trusted()
				deeplink, ref := p.pay("kopi", 15_000, 0)
				if by == "a policy" {
					p.choose(`{"payment":"` + answer + `"}`)
					ends(t, succeeds(t, p.call(l, "triggerPayment", deeplink)), answer)
				} else {
					a := p.asks(l, "triggerPayment", deeplink)
					if p.payment(ref).SheetAsk != a.ID {
						t.Error("the sheet does not lock the payment")
					}
					reply, err := p.answer(l, a.ID, `{"answer":"`+answer+`"}`)
					must(t, err)
					ends(t, succeeds(t, reply), answer)
				}
				left := p.balance(p.sari)
				if got := p.payment(ref); got.State != state || got.SheetAsk != "" || (got.UserID == p.sari.ID) != (state == payment.Paid) || (left == 235_000) != (state == payment.Paid) {
					t.Errorf("%+v, %s left", got, left)
				}
			})
		}
	}
}

func TestPayment_that_is_final_opens_no_sheet(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	for answer, status := range map[string]string{"success": "success", "cancelled": "cancelled", "failed": "failed"} {
		deeplink, _ := p.pay("kopi", 15_000, 0)
		a := p.asks(l, "triggerPayment", deeplink)
		_, err := p.answer(l, a.ID, `{"answer":"`+answer+`"}`)
		must(t, err)
		left := p.balance(p.sari)
		for _, policy := range []string{"ask", "success", "cancelled"} {
			p.choose(`{"payment":"` + policy + `"}`)
			ends(t, succeeds(t, p.call(l, "triggerPayment", deeplink)), status)
		}
		p.choose(`{"payment":"ask"}`)
		if now := p.balance(p.sari); now != left {
			t.Errorf("%s: %s became %s", answer, left, now)
		}
	}
}

func TestPayment_that_is_pending_can_be_paid_later_but_only_once(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	deeplink, ref := p.pay("kopi", 15_000, 0)
	for range 3 {
		a := p.asks(l, "triggerPayment", deeplink)
		reply, err := p.answer(l, a.ID, `{"answer":"pending"}`)
		must(t, err)
		ends(t, succeeds(t, reply), "pending")
	}
	a := p.asks(l, "triggerPayment", deeplink)
	reply, err := p.answer(l, a.ID, `{"answer":"success"}`)
	must(t, err)
	ends(t, succeeds(t, reply), "success")
	if p.balance(p.sari) != 235_000 || p.payment(ref).State != payment.Paid {
		t.Errorf("%s left, %+v", p.balance(p.sari), p.payment(ref))
	}
}

// When a host disconnects, for example because its page was reloaded, the next launch
// can pay its payment.
func TestPayment_of_a_disconnected_host_is_pending_and_can_be_paid(t *testing.T) {
	t.Parallel()
	p := open(t)
	abandoned := func() int {
		t.Helper()
		n, err := p.engine.EndAbandoned(t.Context())
		must(t, err)
		return n
	}
	left, plain := p.trusted(), p.trusted()
	deeplink, ref := p.pay("kopi", 5000, time.Hour)
	other, _ := p.pay("kopi", 5000, time.Hour)
	a, still := p.asks(left, "triggerPayment", deeplink), p.asks(plain, "triggerPayment", other)
	p.engine.Hosts.Connect(left)()
	p.forward(time.Minute) // moving the platform's clock takes no time from a host that connects again
	p.wall.Set(p.wall.Now().Add(launch.Grace - time.Millisecond))
	if n := abandoned(); n != 0 {
		t.Fatalf("ended %d too early", n)
	}
	fails(t, p.call(plain, "triggerPayment", deeplink), 202, "open sheet")
	p.wall.Set(p.wall.Now().Add(time.Millisecond))
	if n := abandoned(); n != 1 || abandoned() != 0 {
		t.Fatalf("ended %d", n)
	}
	if l := p.state(left); l.State != launch.Ended || l.Reason != event.HostGone || p.payment(ref).State != payment.Pending {
		t.Errorf("%+v", l)
	}
	if e := p.entry(a.CallID); !strings.Contains(string(e.Detail), `"by":"launch_ended"`) || !strings.Contains(string(e.Detail), "pending") {
		t.Errorf("the journal says %s", show(e))
	}
	for _, one := range []*ask.Ask{p.asks(plain, "triggerPayment", deeplink), still} {
		reply, err := p.answer(plain, one.ID, `{"answer":"success"}`)
		must(t, err)
		ends(t, succeeds(t, reply), "success")
	}
	p.engine.Hosts.Connect("a launch that was emptied away")()
	p.wall.Set(p.wall.Now().Add(launch.Grace))
	if n := abandoned(); n != 1 || abandoned() != 0 {
		t.Errorf("ended %d", n)
	}
}

func TestPayment_has_one_sheet(t *testing.T) {
	t.Parallel()
	p := open(t)
	first, second := p.trusted(), p.launched(p.budi, allowAll)
	deeplink, _ := p.pay("kopi", 5000, 0)
	a := p.asks(first, "triggerPayment", deeplink)
	fails(t, p.call(second, "triggerPayment", deeplink), 202, "open sheet", "close the mini app that shows it", "try again")
	if again := p.asks(first, "triggerPayment", deeplink); again.ID != a.ID {
		t.Errorf("the same launch got another sheet")
	}
	for _, policy := range []string{"success", "pending"} {
		p.choose(`{"payment":"` + policy + `"}`)
		fails(t, p.call(second, "triggerPayment", deeplink), 202, "open sheet")
	}
	p.choose(`{"payment":"ask"}`)
	_, err := p.answer(first, a.ID, `{"answer":"pending"}`)
	must(t, err)
	p.asks(second, "triggerPayment", deeplink)
}

func TestPayment_concurrent_calls_open_one_sheet(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	for range 10 {
		deeplink, _ := p.pay("kopi", 1000, 0)
		var mu sync.Mutex
		sheets, shown := map[string]bool{}, 0
		var all sync.WaitGroup
		for range 16 {
			all.Go(func() {
				reply := p.call(l, "triggerPayment", deeplink)
				mu.Lock()
				defer mu.Unlock()
				if reply.Ask != nil {
					sheets[reply.Ask.ID] = true
					shown++
				}
			})
		}
		all.Wait()
		if len(sheets) != 1 || shown != 16 {
			t.Fatalf("%d sheets for %d of 16 calls", len(sheets), shown)
		}
	}
}

func TestPayment_concurrent_answers_are_applied_once(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	for range 10 {
		before := p.balance(p.sari)
		deeplink, _ := p.pay("kopi", 1000, 0)
		a := p.asks(l, "triggerPayment", deeplink)
		var mu sync.Mutex
		took := 0
		var all sync.WaitGroup
		for range 16 {
			all.Go(func() {
				_, err := p.answer(l, a.ID, `{"answer":"success"}`)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					took++
				} else if !problem.Is(err, problem.AskAnswered) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if now := p.balance(p.sari); took != 1 || before-now != 1000 {
			t.Fatalf("%d were accepted, %s became %s", took, before, now)
		}
	}
}

func TestPayment_with_too_little_balance(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.launched(p.budi, allowAll)
	t.Run("keeps the sheet open if a person answers", func(t *testing.T) {
		deeplink, ref := p.pay("kopi", 10_001, 0)
		a := p.asks(l, "triggerPayment", deeplink)
		for range 2 {
			if _, err := p.answer(l, a.ID, `{"answer":"success"}`); !problem.Is(err, problem.InsufficientFunds) {
				t.Errorf("got %v", err)
			}
			if got := p.payment(ref); got.State != payment.Created || got.SheetAsk != a.ID || p.balance(p.budi) != 10_000 {
				t.Errorf("%+v, %s", got, p.balance(p.budi))
			}
		}
		reply, err := p.answer(l, a.ID, `{"answer":"cancelled"}`)
		must(t, err)
		ends(t, succeeds(t, reply), "cancelled")
	})
	t.Run("fails if a policy pays, with a reason", func(t *testing.T) {
		p.choose(`{"payment":"success"}`)
		deeplink, ref := p.pay("kopi", 10_001, 0)
		reply := p.call(l, "triggerPayment", deeplink)
		ends(t, succeeds(t, reply), "failed")
		if got := p.payment(ref); got.State != payment.Failed || p.balance(p.budi) != 10_000 {
			t.Errorf("%+v, %s", got, p.balance(p.budi))
		}
		if next := p.entry(reply.CallID).Next; !strings.Contains(next, "Rp1 short") {
			t.Errorf("the journal says %q", next)
		}
	})
	t.Run("pays to the last rupiah", func(t *testing.T) {
		deeplink, _ := p.pay("kopi", 10_000, 0)
		ends(t, succeeds(t, p.call(l, "triggerPayment", deeplink)), "success")
		if p.balance(p.budi) != 0 {
			t.Errorf("%s left", p.balance(p.budi))
		}
	})
}

func TestPayment_of_another_mini_app_is_refused(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	foreign, _ := p.pay("teh", 1000, 0)
	fails(t, p.call(l, "triggerPayment", foreign), 300, "belongs to another mini app")
	_, ref := p.pay("kopi", 1000, 0)
	for _, link := range []string{
		"gopay://merchanttransfer?tref=A120261122000000NONEID", "gopay://merchanttransfer", "gopay://merchanttransfer?tref=", "gopay://home/promo",
		"gopay://merchanttransfer?tref=" + ref + "&tref=" + ref, "https://gopay.co.id/app/merchanttransfer?tref=" + ref,
		"gopay://merchanttransfer/x?tref=" + ref, "gopay://u@merchanttransfer?tref=" + ref, "gopay://merchanttransfer:1?tref=" + ref,
		"gopay://merchanttransfer?tref=%zz", "gopay://merchanttransfer?tref=" + strings.ToLower(ref), "gopay://merchanttransfer?tref=%27%20OR%201=1",
		"gopay://merchanttransfer?tref=%00", "gopay://merchanttransfer?tref=%ff",
	} {
		fails(t, p.call(l, "triggerPayment", `{"deeplink":"`+link+`"}`), 202, "deeplink")
	}
	ended := p.asks(l, "triggerPayment", `{"deeplink":"gopay://merchanttransfer?source=kopi&tref=`+ref+`"}`)
	if ended.Subject != ref {
		t.Errorf("asks for %q", ended.Subject)
	}
}

func TestPayment_expires(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	t.Run("before its sheet opens", func(t *testing.T) {
		deeplink, ref := p.pay("kopi", 1000, time.Minute)
		p.forward(time.Minute)
		p.choose(`{"payment":"success"}`)
		ends(t, succeeds(t, p.call(l, "triggerPayment", deeplink)), "failed")
		p.choose(`{"payment":"ask"}`)
		ends(t, succeeds(t, p.call(l, "triggerPayment", deeplink)), "failed")
		if n, err := p.engine.Payments.Sweep(t.Context()); n != 1 && p.payment(ref).State != payment.Expired {
			t.Errorf("swept %d (%v): %+v", n, err, p.payment(ref))
		}
	})
	t.Run("while its sheet is open, which then closes", func(t *testing.T) {
		deeplink, ref := p.pay("kopi", 1000, time.Minute)
		a := p.asks(l, "triggerPayment", deeplink)
		if a.ExpiresAt != p.payment(ref).ExpiresAt {
			t.Errorf("the sheet stays until %d, the payment until %d", a.ExpiresAt, p.payment(ref).ExpiresAt)
		}
		p.forward(time.Minute)
		if _, err := p.answer(l, a.ID, `{"answer":"success"}`); !problem.Is(err, problem.AskExpired) {
			t.Errorf("paid late: %v", err)
		}
		p.sweep()
		if got := p.payment(ref); got.State != payment.Expired || got.SheetAsk != "" || p.balance(p.sari) != 250_000 {
			t.Errorf("%+v, %s", got, p.balance(p.sari))
		}
	})
	t.Run("without an open sheet", func(t *testing.T) {
		_, ref := p.pay("kopi", 1000, time.Minute)
		p.forward(time.Minute - time.Millisecond)
		if n, err := p.engine.Payments.Sweep(t.Context()); n != 0 || err != nil {
			t.Errorf("swept %d too early: %v", n, err)
		}
		p.forward(time.Millisecond)
		if n, err := p.engine.Payments.Sweep(t.Context()); n != 1 || err != nil || p.payment(ref).State != payment.Expired {
			t.Errorf("swept %d: %v", n, err)
		}
	})
}
