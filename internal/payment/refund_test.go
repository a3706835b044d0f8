package payment_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/stage"
	"github.com/selasar/selasar/internal/wallet"
)

// Each line refunds what it names of one payment of Rp30.000, in turn.
func TestRefund_gives_back_what_is_left_and_no_more(t *testing.T) {
	c := newTill(t)
	ref := c.paid(30_000)
	for _, one := range []struct {
		name    string
		no      string
		amount  money.Rupiah
		code    string
		back    money.Rupiah // the amount of the refund returned
		balance money.Rupiah
	}{
		{"nothing at all", "a", -1, "param_value", 0, 70_000},
		{"more than all", "a", 30_001, "refund_exceeds", 0, 70_000},
		{"a part", "a", 10_000, "none", 10_000, 80_000},
		{"the part again", "a", 10_000, "none", 10_000, 80_000},
		{"the part again, by its number alone", "a", 0, "none", 10_000, 80_000},
		{"another amount under its number", "a", 5_000, "not_refundable", 0, 80_000},
		{"more than is left", "b", 20_001, "refund_exceeds", 0, 80_000},
		{"the least part", "b", 1, "none", 1, 80_001},
		{"all that is left", "c", 0, "none", 19_999, 100_000},
		{"all that is left again", "c", 0, "none", 19_999, 100_000},
		{"when nothing is left", "d", 0, "not_refundable", 0, 100_000},
		{"a part when nothing is left", "d", 1, "not_refundable", 0, 100_000},
	} {
		before := c.Contents()
		p, r, err := c.refund(kopis(ref), payment.Return{PartnerNo: one.no, Amount: one.amount, Reason: "spilt"})
		stage.Is(t, one.name, stage.Code(err), one.code)
		stage.Is(t, "the balance after "+one.name, c.User("sari").Balance, one.balance)
		if err != nil {
			stage.Is(t, "the database after "+one.name, c.Contents(), before)
			continue
		}
		stage.Is(t, "the refund of "+one.name, r.Amount, one.back)
		stage.Is(t, "the payment after "+one.name, p, c.kept(ref))
	}
	stage.Is(t, "the payment", c.stands(ref), "paid at 0s by sari less 30000")
	stage.Is(t, "the notifications", c.told(ref), "PENDING SUCCESS REFUNDED REFUNDED REFUNDED")
	stage.Is(t, "the events", c.events(), "created paid refunded refunded refunded")
}

func TestRefund_keeps_what_was_asked_for(t *testing.T) {
	c := newTill(t)
	ref := c.paid(30_000)
	c.Pass(7 * second)
	_, r, err := c.refund(kopis(ref), payment.Return{PartnerNo: "mine-1", Amount: 400, Reason: "spilt"})
	c.Must(err)
	want := payment.Refund{No: r.No, Payment: ref, PartnerNo: "mine-1", Amount: 400, Reason: "spilt", At: c.Now()}
	stage.Is(t, "the refund returned", r, want)
	var kept []payment.Refund
	var moved []wallet.Entry
	var told []notification.Notification
	c.Read(func(tx *stage.Tx) (err error) {
		kept, _ = tx.Payments().Refunds(c.Ctx, ref)
		moved, _ = tx.Wallets().List(c.Ctx, "sari", store.First(10))
		told, err = tx.Notifications().List(c.Ctx, notification.Filter{Payment: ref}, store.First(10))
		return err
	})
	stage.Is(t, "the refunds kept", kept, []payment.Refund{want})
	if moved[0].ID == "" || r.No[:2] != "R1" {
		t.Errorf("the ids are %q and %q", moved[0].ID, r.No)
	}
	moved[0].ID = ""
	stage.Is(t, "the movement", moved[0], wallet.Entry{
		UserID: "sari", Unit: wallet.Rupiah, Amount: 400, Balance: 70_400, Title: "Es kopi", MiniAppID: "kopi", Payment: ref, Cause: r.No, At: c.Now(),
	})
	for _, part := range []string{r.No, "mine-1", "400.00", "spilt", notification.Time(c.Now())} {
		if !strings.Contains(told[0].Body, part) {
			t.Errorf("the notification lacks %q: %s", part, told[0].Body)
		}
	}
	entries := c.Entries(journal.Payment)
	e := entries[len(entries)-1]
	stage.Is(t, "the entry", e.MiniAppID+" "+e.UserID+" "+e.Payment+" "+string(e.Outcome), "kopi sari "+ref+" ok")
}

// Without a partnerRefundNo each refund is one of its own.
func TestRefund_without_a_number_takes_its_own(t *testing.T) {
	c := newTill(t)
	ref := c.paid(30_000)
	for range 2 {
		_, r, err := c.refund(kopis(ref), payment.Return{Amount: 10_000})
		c.Must(err)
		stage.Is(t, "the number", r.PartnerNo, r.No)
	}
	stage.Is(t, "the payment", c.stands(ref), "paid at 0s by sari less 20000")
}

func TestRefund_takes_paid_payments_only(t *testing.T) {
	c := newTill(t)
	for _, before := range []func(c *till, ref string){nothing, left, held, refused} {
		ref := c.order(100)
		before(c, ref)
		_, _, err := c.refund(kopis(ref), payment.Return{})
		c.Refused(err, problem.NotRefundable)
	}
}

func TestRefund_of_a_payment_that_is_not_the_mini_apps(t *testing.T) {
	c := newTill(t)
	c.App("teh")
	ref := c.paid(100)
	_, _, err := c.refund(payment.Original{MiniAppID: "teh", Ref: ref}, payment.Return{})
	c.Refused(err, problem.PaymentUnknown)
	stage.Is(t, "the payment", c.stands(ref), "paid at 0s by sari")
}

func TestRefund_is_whole(t *testing.T) {
	c := newTill(t)
	ref := c.paid(100)
	c.Whole(func() error { _, _, err := c.refund(kopis(ref), payment.Return{PartnerNo: "a"}); return err })
	c.Whole(func() error { _, _, err := c.refund(kopis(ref), payment.Return{PartnerNo: "a"}); return err })
}

func TestRefund_counts_what_was_given_back_since_the_payment_was_found(t *testing.T) {
	c := newTill(t)
	ref := c.paid(100)
	err := c.Try(func(tx *stage.Tx) error {
		_, _, err := c.Refund(c.Ctx, changed{tx, func(p *payment.Payment) { p.Refunded = 50 }}, kopis(ref), payment.Return{Amount: 51})
		return err
	})
	c.Refused(err, problem.RefundExceeds)
}
