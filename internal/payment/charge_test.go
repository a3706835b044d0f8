package payment_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/testkit/stage"
	"github.com/selasar/selasar/internal/transfer"
)

// bank is a provider with one reply for every question: an outcome's state and reason, or
// nothing for an answer that was lost.
type bank struct{ reply string }

func (b *bank) Send(context.Context, transfer.Transfer) (transfer.Outcome, error) {
	if b.reply == "" {
		return transfer.Outcome{}, errors.New("the answer was lost")
	}
	state, reason, _ := strings.Cut(b.reply, " ")
	return transfer.Outcome{State: transfer.State(state), Reason: reason}, nil
}

func (b *bank) Look(ctx context.Context, t transfer.Transfer) (transfer.Outcome, bool, error) {
	o, err := b.Send(ctx, t)
	return o, err == nil, err
}

func (b *bank) Cancel(ctx context.Context, t transfer.Transfer) (transfer.Outcome, error) {
	return b.Send(ctx, t)
}

// counter is a till whose money is at a provider.
type counter struct {
	*till
	bank *bank
}

func newCounter(t *testing.T) *counter {
	t.Helper()
	c := &counter{newTill(t), &bank{}}
	c.Transfers = transfer.NewSender(transfer.Config{
		DB: stage.View[transfer.Tx](c.Stage), Clock: c.Stage.Clock, Machine: c.Stage.Clock, Provider: c.bank, Settle: c.TransferEnded, Patience: time.Millisecond,
	})
	return c
}

// charge lets sari pay in a sheet: the charge begins.
func (c *counter) charge(ref string) (id string) {
	c.Helper()
	c.Must(c.Try(func(tx *stage.Tx) (err error) { id, err = c.Charge(c.Ctx, tx, ref, "sari"); return err }))
	return id
}

// replies lets the provider answer all transfers that are due.
func (c *counter) replies(reply string) {
	c.Helper()
	c.bank.reply = reply
	c.Pass(2 * time.Minute)
	_, err := c.Transfers.Send(c.Ctx)
	c.Must(err)
	c.Transfers.Wait()
}

func (c *counter) stands(ref string) string {
	c.Helper()
	text := c.till.stands(ref)
	if p := c.kept(ref); p.Held() {
		text += " held"
	} else if p.Refunding != 0 {
		text += " and " + p.Refunding.Decimal()
	}
	return text
}

func TestCharge_settles_by_the_outcome_of_the_provider(t *testing.T) {
	for reply, want := range map[string]struct {
		first, stands, events string
		code                  problem.Code
	}{
		"done":                        {"pending held", "paid at 120s by sari", "created pending paid", ""},
		"declined insufficient_funds": {"pending held", "pending", "created pending declined", problem.InsufficientFunds},
		"declined blocked":            {"pending held", "pending", "created pending declined", problem.ChargeDeclined},
		"cancelled unreachable":       {"pending held", "pending", "created pending declined", problem.ChargeDeclined},
		"":                            {"pending held", "pending held", "created pending", ""},
	} {
		t.Run(reply, func(t *testing.T) {
			c := newCounter(t)
			ref := c.order(15_000)
			id := c.charge(ref)
			stage.Is(t, "a second charge", c.charge(ref), id)
			c.Must(c.settle(ref, "sari", payment.StatusSuccess)) // its time is up without an outcome
			stage.Is(t, "before the outcome", c.stands(ref), want.first)
			c.replies(reply)
			stage.Is(t, "the payment", c.stands(ref), want.stands)
			stage.Is(t, "the journal", c.events(), want.events)
			stage.Is(t, "the built-in wallet", c.User("sari").Balance, 100_000)
			err := c.Charged(c.Ctx, id)
			if want.code == "" {
				c.Must(err)
			} else {
				c.Refused(err, want.code)
			}
		})
	}
}

func TestCharge_holds_its_payment(t *testing.T) {
	c := newCounter(t)
	ref := c.order(15_000)
	c.Must(c.hold(ref, "ask"))
	c.charge(ref)
	for what, act := range map[string]func() error{
		"the user cancels":      func() error { return c.settle(ref, "sari", payment.StatusCancelled) },
		"the sheet fails":       func() error { return c.settle(ref, "sari", payment.StatusFailed) },
		"the backend cancels":   func() error { _, err := c.cancel(kopis(ref)); return err },
		"the user pays outside": func() error { _, err := c.SettleAlone(c.Ctx, ref, "sari", payment.StatusCancelled); return err },
	} {
		err := act()
		if !problem.Is(err, problem.PaymentCharging, problem.Conflict) {
			t.Errorf("%s: %v", what, err)
		}
		stage.Is(t, what, c.stands(ref), "created in ask held")
	}
	c.Pass(time.Hour)
	n, err := c.Sweep(c.Ctx)
	c.Must(err)
	stage.Is(t, "payments that expired in a charge", n, 0)
	c.Must(c.settle(ref, "sari", payment.StatusPending))
	c.Must(c.hold(ref, "again"))
	stage.Is(t, "after the sheet has closed", c.stands(ref), "pending held")
	c.replies("declined")
	stage.Is(t, "declined after its time", c.stands(ref), "expired at 3720s")
	stage.Is(t, "a charge of a final payment", c.charge(ref), "")
	stage.Is(t, "what the backend is told", c.told(ref), "PENDING PENDING EXPIRED")
}

func TestCharge_that_was_made_in_time_pays_after_the_expiry(t *testing.T) {
	c := newCounter(t)
	ref := c.order(15_000)
	id := c.charge(ref)
	c.replies("") // the charge is made, and its answer is lost
	c.Pass(time.Hour)
	c.replies("done")
	stage.Is(t, "the payment", c.stands(ref), "paid at 3840s by sari")
	c.Must(c.TransferEnded(c.Ctx, transfer.Transfer{ID: id, Kind: transfer.Charge, Payment: ref, UserID: "sari"}, transfer.Outcome{State: transfer.Declined}))
	stage.Is(t, "after a second outcome", c.stands(ref), "paid at 3840s by sari")
}

func TestSettle_with_a_provider_moves_no_money_without_a_charge(t *testing.T) {
	c := newCounter(t)
	ref := c.order(15_000)
	c.Refused(c.settle(ref, "sari", payment.StatusSuccess), problem.ChargeDeclined)
	c.Must(c.settle(ref, "sari", payment.StatusCancelled))
	stage.Is(t, "the payment", c.stands(ref), "cancelled at 0s")
}

func TestSettleAlone_waits_for_the_provider(t *testing.T) {
	c := newCounter(t)
	for reply, want := range map[string]string{"done": "paid", "declined insufficient_funds": "created", "": "pending"} {
		c.bank.reply, c.Transfers.Patience = reply, time.Minute
		if reply == "" {
			c.Transfers.Patience = time.Millisecond
		}
		ctx, stop := context.WithCancel(c.Ctx)
		ended := make(chan struct{})
		go func() { defer close(ended); c.Transfers.Run(ctx) }()
		ref := c.order(10_000)
		_, err := c.SettleAlone(c.Ctx, ref, "sari", payment.StatusSuccess)
		stop()
		<-ended
		if (err != nil) != strings.HasPrefix(reply, "declined") || c.kept(ref).State != payment.State(want) {
			t.Errorf("%q: %v, %s", reply, err, c.stands(ref))
		}
	}
}

func TestRefund_at_the_provider_is_reserved_until_its_outcome(t *testing.T) {
	c := newCounter(t)
	ref := c.order(15_000)
	c.charge(ref)
	c.replies("done")
	refund := func(no string, amount money.Rupiah) (payment.Refund, error) {
		_, r, err := c.refund(kopis(ref), payment.Return{PartnerNo: no, Amount: amount})
		return r, err
	}
	first, err := refund("one", 10_000)
	c.Must(err)
	again, err := refund("one", 10_000)
	c.Must(err)
	stage.Is(t, "the refund of a repeated number", again.No, first.No)
	_, err = refund("one", 9_000)
	c.Refused(err, problem.NotRefundable)
	_, err = refund("two", 5_001)
	c.Refused(err, problem.RefundExceeds)
	c.Refused(c.Service.Refunding(c.Ctx, first.No), problem.RefundPending)
	stage.Is(t, "under way", c.stands(ref), "paid at 120s by sari and 10000.00")
	c.replies("declined insufficient_funds")
	c.Refused(c.Service.Refunding(c.Ctx, first.No), problem.InsufficientFunds)
	stage.Is(t, "declined", c.stands(ref), "paid at 120s by sari")
	second, err := refund("one", 15_000)
	c.Must(err)
	c.replies("done")
	c.Must(c.Service.Refunding(c.Ctx, second.No))
	stage.Is(t, "refunded", c.stands(ref), "paid at 120s by sari less 15000")
	stage.Is(t, "what the backend is told", c.told(ref), "PENDING SUCCESS REFUNDED")
}

func TestTransferEnded_is_whole(t *testing.T) {
	c := newCounter(t)
	ref := c.order(15_000)
	id := c.charge(ref)
	sent := transfer.Transfer{ID: id, Kind: transfer.Charge, Payment: ref, MiniAppID: "kopi", UserID: "sari", Amount: 15_000}
	c.Whole(func() error { return c.TransferEnded(c.Ctx, sent, transfer.Outcome{State: transfer.Done}) })
	stage.Is(t, "the payment", c.stands(ref), "paid at 0s by sari")
}
