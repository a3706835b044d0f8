package payment_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func TestCancel(t *testing.T) {
	for _, one := range []struct {
		name   string
		before func(c *till, ref string)
		code   string
		stands string
		told   string
	}{
		{"a new payment", nothing, "none", "cancelled at 5s", "PENDING CANCELLED"},
		{"a pending payment", left, "none", "cancelled at 5s", "PENDING PENDING CANCELLED"},
		{"a payment in a sheet, which its caller closes", held, "none", "cancelled at 5s in ask-1", "PENDING CANCELLED"},
		{"a paid payment", bought, "payment_final", "paid at 0s by sari", "PENDING SUCCESS"},
		{"a cancelled payment", refused, "payment_final", "cancelled at 0s", "PENDING CANCELLED"},
		{"a payment whose time has passed", tooLate, "payment_final", "created", "PENDING"},
	} {
		t.Run(one.name, func(t *testing.T) {
			c := newTill(t)
			ref := c.order(100)
			one.before(c, ref)
			c.Pass(5 * second)
			p, err := c.cancel(kopis(ref))
			stage.Is(t, "the answer", stage.Code(err), one.code)
			stage.Is(t, "the payment", c.stands(ref), one.stands)
			stage.Is(t, "the notifications", c.told(ref), one.told)
			stage.Is(t, "the payment returned", p, c.kept(ref))
		})
	}
}

func TestCancel_of_a_paid_payment_advises_a_refund(t *testing.T) {
	c := newTill(t)
	_, err := c.cancel(kopis(c.paid(100)))
	unpaid := c.order(100)
	refused(c, unpaid)
	_, other := c.cancel(kopis(unpaid))
	if !strings.Contains(err.Error(), "refund") || strings.Contains(other.Error(), "refund") {
		t.Errorf("the advice is %q and %q", err, other)
	}
}

func TestCancel_of_a_payment_that_is_not_there(t *testing.T) {
	c := newTill(t)
	_, err := c.cancel(kopis("A1"))
	c.Refused(err, problem.PaymentUnknown)
}

func TestCancel_is_whole(t *testing.T) {
	c := newTill(t)
	ref := c.order(100)
	c.Whole(func() error { _, err := c.cancel(kopis(ref)); return err })
}

func TestSheetOf(t *testing.T) {
	c := newTill(t)
	free, held := c.order(100), c.order(100)
	c.Must(c.hold(held, "ask-1"))
	for _, one := range []struct {
		name string
		of   payment.Original
		want string
	}{
		{"a payment in a sheet", kopis(held), "ask-1"},
		{"a payment in none", kopis(free), ""},
		{"no payment", kopis("A1"), ""},
		{"another mini app's", payment.Original{MiniAppID: "teh", Ref: held}, ""},
	} {
		c.Read(func(tx *stage.Tx) error {
			askID, err := payment.SheetOf(c.Ctx, tx, one.of)
			stage.Is(t, one.name, askID, one.want)
			return err
		})
	}
	c.Whole(func() error {
		return c.Try(func(tx *stage.Tx) error { _, err := payment.SheetOf(c.Ctx, tx, kopis(held)); return err })
	})
}
