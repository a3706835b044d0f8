package payment_test

import (
	"testing"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func TestStatus_keeps_that_the_backend_asked(t *testing.T) {
	c := newTill(t)
	paid, open := c.paid(100), c.order(100)
	c.Pass(5 * second)
	for _, ref := range []string{paid, open} {
		_, _, err := c.Status(c.Ctx, kopis(ref))
		c.Must(err)
	}
	first := c.Now()
	c.Pass(5 * second)
	_, _, err := c.Status(c.Ctx, kopis(paid))
	c.Must(err)
	stage.Is(t, "when the backend asked for a paid payment", c.kept(paid).ProvedAt, first)
	stage.Is(t, "when it asked for an open one", c.kept(open).ProvedAt, 0)
}

func TestStatus_shows_refunds_and_expiry(t *testing.T) {
	c := newTill(t)
	paid, open := c.paid(100), c.order(100)
	_, made, err := c.refund(kopis(paid), payment.Return{Amount: 1})
	c.Must(err)
	c.Pass(payment.DefaultLife)
	_, refunds, err := c.Status(c.Ctx, kopis(paid))
	c.Must(err)
	stage.Is(t, "the refunds", refunds, []payment.Refund{made})
	p, refunds, err := c.Status(c.Ctx, kopis(open))
	c.Must(err)
	stage.Is(t, "the state before a sweep", p.State, payment.Expired)
	stage.Is(t, "the refunds", refunds, nil)
	stage.Is(t, "the payment kept", c.stands(open), "created")
}

func TestStatus_fails_loudly(t *testing.T) {
	c := newTill(t)
	ref := c.paid(100)
	_, _, err := c.refund(kopis(ref), payment.Return{Amount: 40})
	c.Must(err)
	c.Loud(func() error { _, _, err := c.Status(c.Ctx, kopis(ref)); return err })
}

func TestProved_and_Shown_count_the_first_time_of_paid_payments(t *testing.T) {
	c := newTill(t)
	paid, open := c.paid(100), c.order(100)
	c.Pass(5 * second)
	first := c.Now()
	for range 2 {
		for _, ref := range []string{paid, open} {
			c.Must(c.Proved(c.Ctx, ref))
			c.Write(func(tx *stage.Tx) error { return c.Shown(c.Ctx, tx, ref) })
		}
		c.Pass(5 * second)
	}
	stage.Is(t, "the paid payment", []int64{c.kept(paid).ProvedAt, c.kept(paid).ShownAt}, []int64{first, first})
	stage.Is(t, "the open payment", []int64{c.kept(open).ProvedAt, c.kept(open).ShownAt}, []int64{0, 0})
	c.Whole(func() error { return c.Proved(c.Ctx, paid) })
}

func TestWarn_of_payments_that_a_page_alone_knows(t *testing.T) {
	for _, one := range []struct {
		name  string
		shown bool
		prove bool
		pass  time.Duration
		want  string
	}{
		{"after the patience", true, false, 30 * time.Second, "1 0"},
		{"just before", true, false, 30*time.Second - time.Millisecond, "0 0"},
		{"proved", true, true, payment.Patience, "0 0"},
		{"never shown", false, false, payment.Patience, "0 0"},
	} {
		t.Run(one.name, func(t *testing.T) {
			c := newTill(t)
			ref := c.paid(100)
			if one.shown {
				c.Write(func(tx *stage.Tx) error { return c.Shown(c.Ctx, tx, ref) })
			}
			if one.prove {
				c.Must(c.Proved(c.Ctx, ref))
			}
			c.Pass(one.pass)
			first, err := c.Warn(c.Ctx)
			c.Must(err)
			again, err := c.Warn(c.Ctx)
			c.Must(err)
			stage.Is(t, "the warnings", []int{first, again}, []int{int(one.want[0] - '0'), int(one.want[2] - '0')})
			warnings := c.Entries(journal.Warning)
			stage.Is(t, "the entries", len(warnings), first)
			if first == 1 {
				e := warnings[0]
				stage.Is(t, "the entry", e.MiniAppID+" "+e.UserID+" "+e.Payment+" "+string(e.Outcome), "kopi sari "+ref+" warning")
				stage.Is(t, "when it was warned of", c.kept(ref).WarnedAt, c.Now())
			}
		})
	}
}

func TestWarn_leaves_a_payment_that_changed_since_it_was_found(t *testing.T) {
	for _, to := range []func(*payment.Payment){
		func(p *payment.Payment) { p.ProvedAt = 1 },
		func(p *payment.Payment) { p.WarnedAt = 1 },
	} {
		c := newTillHere(t)
		c.shown(c.paid(100))
		c.meanwhile(to)
		warned, err := c.Warn(c.Ctx)
		c.Must(err)
		stage.Is(t, "the warnings", []int{warned, len(c.Entries(journal.Warning))}, []int{0, 0})
	}
}

func TestWarn_is_whole(t *testing.T) {
	c := newTill(t)
	c.shown(c.paid(100))
	c.shown(c.paid(100))
	c.Whole(func() error { _, err := c.Warn(c.Ctx); return err })
	stage.Is(t, "the warnings", len(c.Entries(journal.Warning)), 2)
}

// shown tells a page that a payment is paid, and lets the patience pass.
func (c *till) shown(ref string) {
	c.Helper()
	c.Write(func(tx *stage.Tx) error { return c.Shown(c.Ctx, tx, ref) })
	c.Pass(payment.Patience)
}
