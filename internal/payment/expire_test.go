package payment_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func TestSweep_ends_payments_whose_time_has_passed(t *testing.T) {
	for _, one := range []struct {
		name   string
		before func(c *till, ref string)
		pass   time.Duration
		ended  int
		stands string
		told   string
	}{
		{"at its deadline", nothing, payment.DefaultLife, 1, "expired at 900s", "PENDING EXPIRED"},
		{"just before it", nothing, payment.DefaultLife - time.Millisecond, 0, "created", "PENDING"},
		{"a pending payment", left, payment.DefaultLife, 1, "expired at 900s", "PENDING PENDING EXPIRED"},
		{"a payment in a sheet ends with the sheet", held, payment.DefaultLife, 0, "created in ask-1", "PENDING"},
		{"a paid payment stays paid", bought, payment.DefaultLife, 0, "paid at 0s by sari", "PENDING SUCCESS"},
	} {
		t.Run(one.name, func(t *testing.T) {
			c := newTill(t)
			ref := c.order(100)
			one.before(c, ref)
			c.Pass(one.pass)
			ended, err := c.Sweep(c.Ctx)
			c.Must(err)
			stage.Is(t, "how many ended", ended, one.ended)
			stage.Is(t, "the payment", c.stands(ref), one.stands)
			stage.Is(t, "the notifications", c.told(ref), one.told)
		})
	}
}

func TestSweep_ends_a_hundred_in_one_call(t *testing.T) {
	c := newTill(t)
	c.Write(func(tx *stage.Tx) error {
		for range 101 {
			if _, err := c.Make(c.Ctx, tx, payment.Order{MiniAppID: "kopi", Amount: 1}); err != nil {
				return err
			}
		}
		return nil
	})
	c.Pass(payment.DefaultLife)
	for _, want := range []int{100, 1, 0} {
		ended, err := c.Sweep(c.Ctx)
		c.Must(err)
		stage.Is(t, "how many ended", ended, want)
	}
}

func TestSweep_is_whole(t *testing.T) {
	c := newTill(t)
	c.order(100)
	c.order(100)
	c.Pass(payment.DefaultLife)
	c.Whole(func() error { _, err := c.Sweep(c.Ctx); return err })
}

type ctx = context.Context

// changed is a transaction in which something happens to a payment after a rule
// has found it in a list, and before the rule locks it.
type changed struct {
	*stage.Tx
	to func(*payment.Payment)
}

func (tx changed) Payments() payment.Store { return meanwhile{tx.Tx.Payments(), tx.to} }

type meanwhile struct {
	payment.Store
	to func(*payment.Payment)
}

func (s meanwhile) Change(ctx ctx, ref string, fn func(*payment.Payment) error) error {
	return s.Store.Change(ctx, ref, func(p *payment.Payment) error {
		s.to(p)
		return fn(p)
	})
}

func (c *till) meanwhile(to func(*payment.Payment)) {
	c.Service.DB = between{c.Service.DB, to}
}

type between struct {
	db interface {
		Write(ctx, func(payment.Tx) error) error
		Read(ctx, func(payment.Tx) error) error
	}
	to func(*payment.Payment)
}

func (b between) Write(ctx ctx, fn func(payment.Tx) error) error {
	return b.db.Write(ctx, func(tx payment.Tx) error { return fn(changed{tx.(*stage.Tx), b.to}) })
}

func (b between) Read(ctx ctx, fn func(payment.Tx) error) error { return b.db.Read(ctx, fn) }

func TestSweep_leaves_a_payment_that_changed_since_it_was_found(t *testing.T) {
	for _, to := range []func(*payment.Payment){
		func(p *payment.Payment) { p.SheetAsk = "ask-1" },
		func(p *payment.Payment) { p.State = payment.Paid },
	} {
		c := newTillHere(t)
		ref := c.order(100)
		c.Pass(payment.DefaultLife)
		c.meanwhile(to)
		ended, err := c.Sweep(c.Ctx)
		c.Must(err)
		stage.Is(t, "how many ended", ended, 0)
		stage.Is(t, "the notifications", c.told(ref), "PENDING")
	}
}

func TestSweep_ends_at_most_a_hundred_payments(t *testing.T) {
	c := newTill(t)
	c.Write(func(tx *stage.Tx) error {
		for i := range 101 {
			p := payment.Payment{Ref: fmt.Sprint("A", i), MiniAppID: "kopi", Amount: 100, State: payment.Created, CreatedAt: c.Now(), ExpiresAt: c.Now()}
			if err := tx.Payments().Insert(c.Ctx, p); err != nil {
				return err
			}
		}
		return nil
	})
	for _, want := range []int{100, 1, 0} {
		ended, err := c.Sweep(c.Ctx)
		c.Must(err)
		stage.Is(t, "how many ended", ended, want)
	}
}
