package jsapi_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/transfer"
)

// operator is a provider: it answers every request with its outcome, or with none.
type operator struct {
	mu        sync.Mutex
	outcome   transfer.Outcome
	charged   chan money.Rupiah
	unawaited chan string // charges that ended with nobody waiting
}

// becomes changes the outcome.
func (o *operator) becomes(outcome transfer.Outcome) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.outcome = outcome
}

func (o *operator) is() transfer.Outcome {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.outcome
}

func (o *operator) Send(_ context.Context, t transfer.Transfer) (transfer.Outcome, error) {
	o.charged <- t.Amount
	outcome := o.is()
	if outcome.State == "" {
		return outcome, errors.New("the answer was lost")
	}
	return outcome, nil
}

func (o *operator) Look(context.Context, transfer.Transfer) (transfer.Outcome, bool, error) {
	outcome := o.is()
	return outcome, outcome.State != "", nil
}

func (o *operator) Cancel(context.Context, transfer.Transfer) (transfer.Outcome, error) {
	return o.is(), nil
}

// provided connects a platform with a provider. Its sender runs until the test ends.
func provided(t *testing.T, p *platform, patience time.Duration, o transfer.Outcome) *operator {
	t.Helper()
	settled := make(chan string, 100)
	provider := &operator{outcome: o, charged: make(chan money.Rupiah, 100), unawaited: settled}
	sender := transfer.NewSender(transfer.Config{
		DB: store.View[transfer.Tx](p.engine.DB), Clock: p.engine.Clock, Machine: p.engine.Clock, Provider: provider,
		Settle: p.engine.Payments.TransferEnded, Patience: patience, Alone: true, Jitter: func() float64 { return 0 },
		Unawaited: func(ctx context.Context, t transfer.Transfer) error {
			defer func() { settled <- t.ID }()
			return p.engine.SettlePaid(ctx, t.Payment)
		},
	})
	p.engine.Payments.Transfers = sender
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); sender.Run(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
	return provider
}

func TestPayment_at_a_provider_succeeds_after_its_charge(t *testing.T) {
	t.Parallel()
	p := open(t)
	o := provided(t, p, time.Minute, transfer.Outcome{State: transfer.Done})
	l := p.trusted()
	deeplink, ref := p.pay("kopi", 15_000, 0)
	a := p.asks(l, "triggerPayment", deeplink)
	reply, err := p.answer(l, a.ID, `{"answer":"success"}`)
	must(t, err)
	ends(t, succeeds(t, reply), "success")
	if got := p.payment(ref); got.State != payment.Paid || got.UserID != p.sari.ID || got.SheetAsk != "" || got.ShownAt == 0 || p.balance(p.sari) != 250_000 {
		t.Errorf("%+v, the built-in wallet holds %s", got, p.balance(p.sari))
	}
	if len(o.charged) != 1 || <-o.charged != 15_000 {
		t.Error("the provider was not asked for Rp15.000 once")
	}
	ends(t, succeeds(t, p.call(l, "triggerPayment", deeplink)), "success")
}

func TestPayment_at_a_provider_keeps_its_sheet_after_a_refusal(t *testing.T) {
	t.Parallel()
	for reason, code := range map[string]problem.Code{transfer.InsufficientFunds: problem.InsufficientFunds, "blocked": problem.ChargeDeclined} {
		p := open(t)
		o := provided(t, p, time.Minute, transfer.Outcome{State: transfer.Declined, Reason: reason})
		l := p.trusted()
		deeplink, ref := p.pay("kopi", 15_000, 0)
		a := p.asks(l, "triggerPayment", deeplink)
		for range 2 {
			if _, err := p.answer(l, a.ID, `{"answer":"success"}`); !problem.Is(err, code) {
				t.Errorf("%s: %v", reason, err)
			}
			if got := p.payment(ref); got.State != payment.Created || got.SheetAsk != a.ID || got.Held() {
				t.Errorf("%s: %+v", reason, got)
			}
		}
		o.becomes(transfer.Outcome{State: transfer.Done})
		reply, err := p.answer(l, a.ID, `{"answer":"success"}`)
		must(t, err)
		ends(t, succeeds(t, reply), "success")
	}
}

func TestPayment_at_a_provider_is_pending_without_an_answer_in_time(t *testing.T) {
	t.Parallel()
	p := open(t)
	o := provided(t, p, time.Millisecond, transfer.Outcome{})
	l := p.trusted()
	deeplink, ref := p.pay("kopi", 15_000, 0)
	a := p.asks(l, "triggerPayment", deeplink)
	reply, err := p.answer(l, a.ID, `{"answer":"success"}`)
	must(t, err)
	ends(t, succeeds(t, reply), "pending")
	ends(t, succeeds(t, p.call(l, "triggerPayment", deeplink)), "pending") // without a sheet
	if got := p.payment(ref); got.State != payment.Pending || !got.Held() {
		t.Errorf("%+v", got)
	}
	if <-o.charged != 15_000 || len(o.charged) != 0 {
		t.Error("the provider was asked more than once")
	}
}

func TestPayment_at_a_provider_cannot_be_left_while_it_is_charged(t *testing.T) {
	t.Parallel()
	p := open(t)
	o := provided(t, p, time.Minute, transfer.Outcome{})
	l := p.trusted()
	deeplink, _ := p.pay("kopi", 15_000, 0)
	a := p.asks(l, "triggerPayment", deeplink)
	ctx, stop := context.WithCancel(t.Context())
	paid := make(chan error, 1)
	go func() {
		_, err := p.engine.Answer(ctx, l, a.ID, []byte(`{"answer":"success"}`))
		paid <- err
	}()
	<-o.charged
	for _, answer := range []string{"cancelled", "failed"} {
		if _, err := p.answer(l, a.ID, `{"answer":"`+answer+`"}`); !problem.Is(err, problem.PaymentCharging) {
			t.Errorf("%s: %v", answer, err)
		}
	}
	stop()
	if err := <-paid; !errors.Is(err, context.Canceled) {
		t.Errorf("the host that has gone: %v", err)
	}
	reply, err := p.answer(l, a.ID, `{"answer":"pending"}`)
	must(t, err)
	ends(t, succeeds(t, reply), "pending")
}

func TestPayment_at_a_provider_closes_a_sheet_whose_answer_nobody_awaits(t *testing.T) {
	t.Parallel()
	p := open(t)
	o := provided(t, p, time.Minute, transfer.Outcome{})
	l := p.trusted()
	deeplink, ref := p.pay("kopi", 15_000, 0)
	a := p.asks(l, "triggerPayment", deeplink)
	heard := p.events.Listen(bus.Of{Launch: l, User: p.sari.ID, MiniApp: "kopi"})
	defer heard.Stop()
	ctx, stop := context.WithCancel(t.Context())
	paid := make(chan error, 1)
	go func() {
		_, err := p.engine.Answer(ctx, l, a.ID, []byte(`{"answer":"success"}`))
		paid <- err
	}()
	<-o.charged
	stop() // the host has gone
	<-paid
	o.becomes(transfer.Outcome{State: transfer.Done})
	for ended := false; !ended; { // until the charge is asked for again
		p.forward(time.Second)
		p.engine.Payments.Transfers.Wake()
		select {
		case <-o.unawaited:
			ended = true
		case <-time.After(5 * time.Millisecond):
		}
	}
	reason, result := p.told(heard, a)
	if reason != string(event.Elsewhere) {
		t.Errorf("the sheet closes for the reason %s", reason)
	}
	ends(t, result.Data, "success")
	if got := p.payment(ref); got.State != payment.Paid || got.SheetAsk != "" || got.ShownAt == 0 {
		t.Errorf("%+v", got)
	}
}
