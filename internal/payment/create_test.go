package payment_test

import (
	"testing"
	"time"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func TestCreate_refuses_amounts_and_ends_out_of_range(t *testing.T) {
	c := newTill(t)
	for _, one := range []struct {
		name   string
		amount money.Rupiah
		life   time.Duration
		until  time.Duration // from now; 0: not given
		code   string
	}{
		{"the least amount", 1, 0, 0, "none"},
		{"nothing", 0, 0, 0, "param_value"},
		{"less than nothing", -1, 0, 0, "param_value"},
		{"the largest amount", money.Max, 0, 0, "none"},
		{"more than that", money.Max + 1, 0, 0, "param_value"},
		{"the shortest life", 1, 20 * time.Second, 0, "none"},
		{"a shorter life", 1, 20*time.Second - 1, 0, "param_value"},
		{"the longest life", 1, 180 * 24 * time.Hour, 0, "none"},
		{"a longer life", 1, 180*24*time.Hour + 1, 0, "param_value"},
		{"a life that ends before it begins", 1, -time.Hour, 0, "param_value"},
		{"an end", 1, 0, time.Hour, "none"},
		{"an end wins over a life", 1, time.Second, time.Hour, "none"},
		{"an end too soon wins as well", 1, time.Hour, time.Second, "param_value"},
	} {
		o := payment.Order{MiniAppID: "kopi", Amount: one.amount, Life: one.life}
		if one.until != 0 {
			o.Until = c.Stage.Clock.Now().Add(one.until)
		}
		p, err := c.Create(c.Ctx, o)
		stage.Is(t, one.name, stage.Code(err), one.code)
		if want := max(one.until, one.life); err == nil && want != 0 {
			stage.Is(t, one.name, p.ExpiresAt, stage.Noon.Add(want).UnixMilli())
		}
	}
}

func TestCreate_keeps_what_was_ordered(t *testing.T) {
	c := newTill(t)
	o := payment.Order{
		MiniAppID: "kopi", Via: payment.ByCheckout, PartnerRef: "order-1", ExternalID: "ext-1", Amount: 15_000, Title: "Es kopi", Details: `{"cups":1}`,
	}
	p, err := c.Create(c.Ctx, o)
	c.Must(err)
	want := payment.Payment{
		Ref: p.Ref, MiniAppID: "kopi", Via: payment.ByCheckout, PartnerRef: "order-1", ExternalID: "ext-1", Amount: 15_000, Title: "Es kopi",
		Details: `{"cups":1}`, State: payment.Created, CreatedAt: stage.Noon.UnixMilli(), ExpiresAt: stage.Noon.Add(15 * time.Minute).UnixMilli(),
	}
	stage.Is(t, "the payment returned", p, want)
	stage.Is(t, "the payment kept", c.kept(p.Ref), want)
	stage.Is(t, "the notifications", c.told(p.Ref), "PENDING")
	stage.Is(t, "the events", c.events(), "created")
	if !payment.Possible(p.Ref) || p.Ref[:2] != "A1" {
		t.Errorf("the reference is %q", p.Ref)
	}

	o.Via = ""
	p, err = c.Create(c.Ctx, o)
	c.Must(err)
	stage.Is(t, "the way of a payment made by hand", p.Via, payment.ByControl)
}

func TestCreate_refuses_mini_apps_that_may_not_run(t *testing.T) {
	c := newTill(t)
	_, err := c.Create(c.Ctx, payment.Order{MiniAppID: "teh", Amount: 1})
	c.Refused(err, problem.MiniAppUnknown)
	c.Suspend(c.App("kopi"))
	_, err = c.Create(c.Ctx, payment.Order{MiniAppID: "kopi", Amount: 1})
	c.Refused(err, problem.MiniAppSuspended)
	stage.Is(t, "the events", c.events(), "")
}

func TestCreate_is_whole(t *testing.T) {
	c := newTill(t)
	c.Whole(func() error { _, err := c.Create(c.Ctx, payment.Order{MiniAppID: "kopi", Amount: 1}); return err })
}

func TestState_words(t *testing.T) {
	for _, one := range []struct {
		state  payment.State
		final  bool
		status payment.Status
		latest payment.Latest
		option string
	}{
		{payment.Created, false, payment.StatusPending, payment.LatestPending, ""},
		{payment.Pending, false, payment.StatusPending, payment.LatestPending, ""},
		{payment.Paid, true, payment.StatusSuccess, payment.LatestSuccess, "GOPAY_WALLET"},
		{payment.Cancelled, true, payment.StatusCancelled, payment.LatestCancelled, ""},
		{payment.Failed, true, payment.StatusFailed, payment.LatestFailed, ""},
		{payment.Expired, true, payment.StatusFailed, payment.LatestExpired, ""},
	} {
		p := payment.Payment{State: one.state}
		stage.Is(t, string(one.state), []any{one.state.Final(), one.state.Status(), p.Latest(), p.PayOption()}, []any{one.final, one.status, one.latest, one.option})
	}
	for refunded, want := range map[money.Rupiah]payment.Latest{0: payment.LatestSuccess, 1: payment.LatestRefunded, 100: payment.LatestRefunded} {
		stage.Is(t, "a paid payment with refunds", payment.Payment{State: payment.Paid, Amount: 100, Refunded: refunded}.Latest(), want)
	}
	stage.Is(t, "only a paid payment is refunded", payment.Payment{State: payment.Failed, Refunded: 1}.Latest(), payment.LatestFailed)
}
