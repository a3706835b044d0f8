package payment_test

import (
	"testing"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/stage"
	"github.com/selasar/selasar/internal/wallet"
)

func TestSettle_moves_a_payment_once(t *testing.T) {
	for _, one := range []struct {
		name    string
		before  func(c *till, ref string)
		status  payment.Status
		stands  string
		told    string
		balance int64
	}{
		{"paying charges the wallet", nothing, payment.StatusSuccess, "paid at 5s by sari", "PENDING SUCCESS", 70_000},
		{"cancelling", nothing, payment.StatusCancelled, "cancelled at 5s", "PENDING CANCELLED", 100_000},
		{"failing", nothing, payment.StatusFailed, "failed at 5s", "PENDING FAILED", 100_000},
		{"leaving the sheet", nothing, payment.StatusPending, "pending", "PENDING PENDING", 100_000},
		{"leaving it twice tells nothing new", left, payment.StatusPending, "pending", "PENDING PENDING", 100_000},
		{"paying after leaving", left, payment.StatusSuccess, "paid at 5s by sari", "PENDING PENDING SUCCESS", 70_000},
		{"a sheet is closed by paying", held, payment.StatusSuccess, "paid at 5s by sari", "PENDING SUCCESS", 70_000},
		{"a sheet is closed by leaving", held, payment.StatusPending, "pending", "PENDING PENDING", 100_000},
		{"a paid payment stays paid", bought, payment.StatusCancelled, "paid at 0s by sari", "PENDING SUCCESS", 70_000},
		{"a paid payment is not charged again", bought, payment.StatusSuccess, "paid at 0s by sari", "PENDING SUCCESS", 70_000},
		{"a cancelled payment is not charged", refused, payment.StatusSuccess, "cancelled at 0s", "PENDING CANCELLED", 100_000},
		{"an answer after the deadline expires it", tooLate, payment.StatusSuccess, "expired at 905s", "PENDING EXPIRED", 100_000},
		{"an answer just before the deadline pays", justInTime, payment.StatusSuccess, "paid at 899s by sari", "PENDING SUCCESS", 70_000},
	} {
		t.Run(one.name, func(t *testing.T) {
			c := newTill(t)
			ref := c.order(30_000)
			one.before(c, ref)
			c.Pass(5 * second)
			c.Must(c.settle(ref, "sari", one.status))
			stage.Is(t, "the payment", c.stands(ref), one.stands)
			stage.Is(t, "the notifications", c.told(ref), one.told)
			stage.Is(t, "the balance", int64(c.User("sari").Balance), one.balance)
		})
	}
}

func nothing(*till, string)        {}
func left(c *till, ref string)     { c.Must(c.settle(ref, "sari", payment.StatusPending)) }
func held(c *till, ref string)     { c.Must(c.hold(ref, "ask-1")) }
func bought(c *till, ref string)   { c.Must(c.settle(ref, "sari", payment.StatusSuccess)) }
func refused(c *till, ref string)  { c.Must(c.settle(ref, "sari", payment.StatusCancelled)) }
func tooLate(c *till, _ string)    { c.Pass(payment.DefaultLife) }
func justInTime(c *till, _ string) { c.Pass(payment.DefaultLife - 5*second - time.Millisecond) }

func TestSettle_returns_the_payment_as_kept(t *testing.T) {
	c := newTill(t)
	ref := c.order(100)
	for _, status := range []payment.Status{payment.StatusPending, payment.StatusPending, payment.StatusSuccess, payment.StatusSuccess} {
		c.Write(func(tx *stage.Tx) error {
			p, err := c.Settle(c.Ctx, tx, ref, "sari", status)
			kept, _ := tx.Payments().Get(c.Ctx, ref)
			stage.Is(t, "the answer", p, kept)
			return err
		})
	}
}

func TestSettle_with_a_short_wallet_changes_nothing(t *testing.T) {
	c := newTill(t)
	ref := c.order(30_000)
	held(c, ref)
	before := c.Contents()
	c.Refused(c.settle(ref, "budi", payment.StatusSuccess), problem.InsufficientFunds)
	stage.Is(t, "the database", c.Contents(), before)
	c.Must(c.settle(ref, "sari", payment.StatusSuccess))
	stage.Is(t, "the payment", c.stands(ref), "paid at 0s by sari")
}

func TestSettle_books_one_movement(t *testing.T) {
	c := newTill(t)
	ref := c.paid(30_000)
	var list []wallet.Entry
	c.Read(func(tx *stage.Tx) (err error) {
		list, err = tx.Wallets().List(c.Ctx, "sari", store.First(10))
		return err
	})
	if len(list) != 1 || list[0].ID == "" {
		t.Fatalf("%+v", list)
	}
	list[0].ID = ""
	stage.Is(t, "the movement", list[0], wallet.Entry{
		UserID: "sari", Unit: wallet.Rupiah, Amount: -30_000, Balance: 70_000, Title: "Es kopi", MiniAppID: "kopi",
		Payment: ref, Cause: wallet.CausePaid, At: c.Now(),
	})
}

func TestSettle_is_whole(t *testing.T) {
	for _, status := range []payment.Status{payment.StatusSuccess, payment.StatusPending} {
		t.Run(string(status), func(t *testing.T) {
			c := newTill(t)
			ref := c.order(100)
			c.Whole(func() error { return c.settle(ref, "sari", status) })
			c.Refused(c.settle("A1", "sari", status), problem.PaymentUnknown)
		})
	}
}

func TestSettle_writes_the_journal(t *testing.T) {
	c := newTill(t)
	ref := c.order(100)
	c.Must(c.settle(ref, "sari", payment.StatusPending))
	c.Must(c.settle(ref, "sari", payment.StatusPending))
	c.Must(c.settle(ref, "sari", payment.StatusSuccess))
	c.Must(c.settle(ref, "sari", payment.StatusSuccess)) // is told already
	c.Must(c.settle(c.order(100), "sari", payment.StatusFailed))
	stage.Is(t, "the events", c.events(), "created pending pending paid created failed")
	e := c.Entries(journal.Payment)[3]
	stage.Is(t, "the entry", e.MiniAppID+" "+e.UserID+" "+e.Payment, "kopi sari "+ref)
	c.order(200)
	c.Pass(payment.DefaultLife)
	_, err := c.Sweep(c.Ctx)
	c.Must(err)
	stage.Is(t, "the events", c.events(), "created pending pending paid created failed created expired")
}

func TestHold(t *testing.T) {
	for _, one := range []struct {
		name   string
		before func(c *till, ref string)
		code   string
		stands string
		told   string
	}{
		{"a new payment is held", nothing, "none", "created in ask-2", "PENDING"},
		{"a pending payment is held", left, "none", "pending in ask-2", "PENDING PENDING"},
		{"a payment in a sheet is refused", held, "param_value", "created in ask-1", "PENDING"},
		{"a paid payment is not held", bought, "none", "paid at 0s by sari", "PENDING SUCCESS"},
		{"a payment that runs out now expires", tooLate, "none", "expired at 900s", "PENDING EXPIRED"},
		{"a payment in a sheet expires too", func(c *till, ref string) { held(c, ref); tooLate(c, ref) }, "none", "expired at 900s", "PENDING EXPIRED"},
	} {
		t.Run(one.name, func(t *testing.T) {
			c := newTill(t)
			ref := c.order(100)
			one.before(c, ref)
			stage.Is(t, "the answer", stage.Code(c.hold(ref, "ask-2")), one.code)
			stage.Is(t, "the payment", c.stands(ref), one.stands)
			stage.Is(t, "the notifications", c.told(ref), one.told)
		})
	}
}

func TestHold_returns_the_payment_as_kept(t *testing.T) {
	c := newTill(t)
	ref := c.order(100)
	c.Write(func(tx *stage.Tx) error {
		p, err := c.Hold(c.Ctx, tx, ref, "ask-1")
		stage.Is(t, "the sheet", p.Ref+" "+p.SheetAsk, ref+" ask-1")
		return err
	})
}

func TestHold_is_whole(t *testing.T) {
	c := newTill(t)
	ref := c.order(100)
	c.Pass(payment.DefaultLife)
	c.Whole(func() error { return c.hold(ref, "ask-1") })
}

func TestSettleAlone(t *testing.T) {
	for _, one := range []struct {
		name   string
		before func(c *till, ref string)
		status payment.Status
		code   string
		stands string
	}{
		{"pays", nothing, payment.StatusSuccess, "none", "paid at 0s by sari"},
		{"cancels", nothing, payment.StatusCancelled, "none", "cancelled at 0s"},
		{"leaves a sheet alone", held, payment.StatusSuccess, "conflict", "created in ask-1"},
		{"returns a final payment", bought, payment.StatusCancelled, "none", "paid at 0s by sari"},
		{"takes nothing for a suspended mini app", func(c *till, _ string) { c.Suspend(c.App("kopi")) }, payment.StatusSuccess, "mini_app_suspended", "created"},
	} {
		t.Run(one.name, func(t *testing.T) {
			c := newTill(t)
			ref := c.order(100)
			one.before(c, ref)
			p, err := c.SettleAlone(c.Ctx, ref, "sari", one.status)
			stage.Is(t, "the answer", stage.Code(err), one.code)
			stage.Is(t, "the payment", c.stands(ref), one.stands)
			if err == nil {
				stage.Is(t, "the payment returned", p, c.kept(ref))
			}
		})
	}
}

func TestSettleAlone_is_whole(t *testing.T) {
	c := newTill(t)
	ref := c.order(100)
	c.Whole(func() error { _, err := c.SettleAlone(c.Ctx, ref, "sari", payment.StatusSuccess); return err })
	_, err := c.SettleAlone(c.Ctx, "A1", "sari", payment.StatusSuccess)
	c.Refused(err, problem.PaymentUnknown)
}

// A final payment that a sheet still names (a row of an earlier version) is
// returned, not refused.
func TestSettleAlone_looks_at_the_sheet_of_open_payments_only(t *testing.T) {
	c := newTill(t)
	ref := c.paid(100)
	c.Write(func(tx *stage.Tx) error {
		return tx.Payments().Change(c.Ctx, ref, func(p *payment.Payment) error { p.SheetAsk = "ask-1"; return nil })
	})
	c.Must(c.hold(ref, "ask-2"))
	stage.Is(t, "the payment", c.stands(ref), "paid at 0s by sari in ask-1")
	_, err := c.SettleAlone(c.Ctx, ref, "sari", payment.StatusSuccess)
	c.Must(err)
}

func TestShortWalletEntry_names_the_payment_and_what_is_missing(t *testing.T) {
	c := newTill(t)
	ref := c.order(2_000_000)
	why := c.settle(ref, "sari", payment.StatusSuccess)
	e := payment.ShortWalletEntry(ref, "launch-1", why)
	stage.Is(t, "the entry", string(e.Event)+" "+e.Payment+" "+e.LaunchID+" "+string(e.Outcome), "payment.refused "+ref+" launch-1 failed")
	stage.Is(t, "its message", e.Message+"; top it up or pay with another user", problem.Of(why).Message)
}
