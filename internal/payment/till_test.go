package payment_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/stage"
)

// till is a stage with the mini app kopi and two users: sari has Rp100.000 and
// budi has nothing.
type till struct {
	*stage.Stage
	*payment.Service
}

func newTill(t *testing.T) *till {
	t.Helper()
	t.Parallel()
	return newTillHere(t)
}

func newTillHere(t *testing.T) *till {
	t.Helper()
	s := stage.New(t)
	s.App("kopi")
	s.Person("sari", 100_000)
	s.Person("budi", 0)
	return &till{s, &payment.Service{DB: stage.View[payment.Tx](s), Clock: s.Clock, IDs: s.IDs}}
}

// order makes a payment of kopi's.
func (c *till) order(amount money.Rupiah) string {
	c.Helper()
	p, err := c.Create(c.Ctx, payment.Order{
		MiniAppID: "kopi", Via: payment.BySnap, PartnerRef: "order-1", ExternalID: "ext-1", Amount: amount, Title: "Es kopi",
	})
	c.Must(err)
	return p.Ref
}

// paid makes a payment that sari has paid.
func (c *till) paid(amount money.Rupiah) string {
	c.Helper()
	ref := c.order(amount)
	c.Must(c.settle(ref, "sari", payment.StatusSuccess))
	return ref
}

func (c *till) hold(ref, askID string) error {
	return c.Try(func(tx *stage.Tx) error { _, err := c.Hold(c.Ctx, tx, ref, askID); return err })
}

func (c *till) settle(ref, userID string, status payment.Status) error {
	return c.Try(func(tx *stage.Tx) error { _, err := c.Settle(c.Ctx, tx, ref, userID, status); return err })
}

func (c *till) cancel(of payment.Original) (p payment.Payment, err error) {
	err = c.Try(func(tx *stage.Tx) (err error) { p, err = c.Cancel(c.Ctx, tx, of); return err })
	return p, err
}

func (c *till) refund(of payment.Original, want payment.Return) (p payment.Payment, r payment.Refund, err error) {
	err = c.Try(func(tx *stage.Tx) (err error) { p, r, err = c.Refund(c.Ctx, tx, of, want); return err })
	return p, r, err
}

// kopis names a payment as kopi's backend does.
func kopis(ref string) payment.Original { return payment.Original{MiniAppID: "kopi", Ref: ref} }

func (c *till) kept(ref string) (p payment.Payment) {
	c.Helper()
	c.Read(func(tx *stage.Tx) (err error) { p, err = tx.Payments().Get(c.Ctx, ref); return err })
	return p
}

// stands says in a few words how a payment stands: its state, the seconds
// after noon at which it became final, who paid, its sheet, what is refunded.
func (c *till) stands(ref string) string {
	c.Helper()
	p := c.kept(ref)
	text := string(p.State)
	if p.SettledAt != 0 {
		text += fmt.Sprintf(" at %ds", (p.SettledAt-stage.Noon.UnixMilli())/1000)
	}
	if p.UserID != "" {
		text += " by " + p.UserID
	}
	if p.SheetAsk != "" {
		text += " in " + p.SheetAsk
	}
	if p.Refunded != 0 {
		text += fmt.Sprintf(" less %d", p.Refunded)
	}
	return text
}

// told returns the statuses that the backend is notified of.
func (c *till) told(ref string) string {
	c.Helper()
	var list []notification.Notification
	c.Read(func(tx *stage.Tx) (err error) {
		list, err = tx.Notifications().List(c.Ctx, notification.Filter{Payment: ref}, store.First(100))
		return err
	})
	texts := make([]string, len(list))
	for _, n := range list {
		texts[n.Number-1] = n.Status.Description()
	}
	return strings.Join(texts, " ")
}

// events returns the journal's events about payments, without "payment.".
func (c *till) events() string {
	c.Helper()
	return strings.ReplaceAll(c.Told(journal.Payment), "payment.", "")
}

const second = time.Second
