package jsapi_test

import (
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

// cancel cancels a payment, like kopi's backend.
func (p *platform) cancel(ref string) error {
	return p.engine.CancelPayment(p.t.Context(), payment.Original{MiniAppID: "kopi", Ref: ref}, func(c *jsapi.Cancelling) error {
		return p.engine.DB.Write(p.t.Context(), func(tx jsapi.Tx) error {
			_, err := c.Cancel(p.t.Context(), tx)
			return err
		})
	})
}

func (p *platform) askState(id string) (state ask.State) {
	p.t.Helper()
	must(p.t, p.engine.DB.Read(p.t.Context(), func(tx jsapi.Tx) error {
		a, err := tx.Asks().Get(p.t.Context(), id)
		state = a.State
		return err
	}))
	return state
}

func TestCancel_closes_the_sheet_of_the_payment(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	deeplink, ref := p.pay("kopi", 15_000, 0)
	a := p.asks(l, "triggerPayment", deeplink)
	news := p.events.Listen(bus.Of{Launch: l})
	defer news.Stop()
	must(t, p.cancel(ref))
	if got := p.payment(ref); got.State != payment.Cancelled || got.SheetAsk != "" {
		t.Errorf("%+v", got)
	}
	if state := p.askState(a.ID); state != ask.Withdrawn {
		t.Errorf("the ask is %s", state)
	}
	if closed, settled := p.next(news), p.next(news); closed.Event != bus.AskClosed || settled.Event != bus.CallSettled {
		t.Errorf("received %v, %v", closed, settled)
	}
	if e := p.entry(a.CallID); e.Outcome != "ok" || e.Payment != ref {
		t.Errorf("the journal says %+v", e)
	}
	if _, err := p.answer(l, a.ID, `{"answer":"success"}`); !problem.Is(err, problem.AskAnswered) {
		t.Errorf("answered late: %v", err)
	}
	ends(t, succeeds(t, p.call(l, "triggerPayment", deeplink)), "cancelled")
	if p.balance(p.sari) != 250_000 {
		t.Errorf("%s left", p.balance(p.sari))
	}
}

func TestCancel_that_is_refused_leaves_the_sheet_open(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	deeplink, ref := p.pay("kopi", 1000, time.Minute)
	a := p.asks(l, "triggerPayment", deeplink)
	p.forward(time.Minute)
	if err := p.cancel(ref); !problem.Is(err, problem.PaymentFinal) {
		t.Errorf("got %v", err)
	}
	if state := p.askState(a.ID); state != ask.Open {
		t.Errorf("the ask is %s", state)
	}
	_, other := p.pay("teh", 1000, 0)
	if err := p.cancel(other); !problem.Is(err, problem.PaymentUnknown) {
		t.Errorf("another mini app's: %v", err)
	}
}

func TestCancel_closes_a_sheet_that_opens_during_it(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	deeplink, ref := p.pay("kopi", 1000, 0)
	var a *ask.Ask
	tries := 0
	must(t, p.engine.CancelPayment(t.Context(), payment.Original{MiniAppID: "kopi", Ref: ref}, func(c *jsapi.Cancelling) error {
		if tries++; tries == 1 {
			a = p.asks(l, "triggerPayment", deeplink)
		}
		return p.engine.DB.Write(t.Context(), func(tx jsapi.Tx) error {
			_, err := c.Cancel(t.Context(), tx)
			return err
		})
	}))
	if got := p.payment(ref); tries != 2 || got.State != payment.Cancelled || got.SheetAsk != "" || p.askState(a.ID) != ask.Withdrawn {
		t.Errorf("%d tries, %+v, the ask is %s", tries, got, p.askState(a.ID))
	}
}

// In either order, the payment ends once and no sheet stays open.
func TestCancel_races_the_sheet(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	for range 20 {
		deeplink, ref := p.pay("kopi", 1000, 0)
		before := p.balance(p.sari)
		var hands sync.WaitGroup
		var asked *ask.Ask
		cancelled := false
		hands.Go(func() {
			if reply := p.call(l, "triggerPayment", deeplink); reply.Ask != nil {
				asked = reply.Ask
				_, err := p.answer(l, asked.ID, `{"answer":"success"}`)
				if err != nil && !problem.Is(err, problem.AskAnswered) {
					t.Errorf("answering: %v", err)
				}
			}
		})
		hands.Go(func() {
			err := p.cancel(ref)
			if cancelled = err == nil; !cancelled && !problem.Is(err, problem.PaymentFinal) {
				t.Errorf("cancelling: %v", err)
			}
		})
		hands.Wait()
		got := p.payment(ref)
		if got.SheetAsk != "" || (got.State == payment.Cancelled) != cancelled || (p.balance(p.sari) == before) != cancelled {
			t.Fatalf("cancelled %v, %+v", cancelled, got)
		}
		if asked != nil && p.askState(asked.ID) == ask.Open {
			t.Fatal("the sheet is still open")
		}
	}
}
