package payment_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func (c *till) notices(ref string) (list []notification.Notification) {
	c.Helper()
	c.Read(func(tx *stage.Tx) (err error) {
		list, err = tx.Notifications().List(c.Ctx, notification.Filter{Payment: ref}, store.First(10))
		return err
	})
	return list
}

func TestNotification_says_how_the_payment_stands(t *testing.T) {
	c := newTill(t)
	c.MerchantID = func(miniAppID string) string { return "G-" + miniAppID }
	ref := c.order(15_000)
	made := c.Now()
	c.Pass(5 * second)
	c.Must(c.settle(ref, "sari", payment.StatusSuccess))
	c.Pass(5 * second)
	_, r, err := c.refund(kopis(ref), payment.Return{PartnerNo: "mine-1", Amount: 1, Reason: "spilt"})
	c.Must(err)
	change := notification.Change{
		MiniAppID: "kopi", Payment: ref, PartnerRef: "order-1", ExternalID: "ext-1", MerchantID: "G-kopi", Amount: 15_000, CreatedAt: made,
	}
	list := c.notices(ref)
	for i, status := range []notification.Status{notification.Refunded, notification.Success, notification.Pending} {
		want := change
		want.Status = status
		if status != notification.Pending {
			want.FinishedAt, want.PayOption = made+5000, "GOPAY_WALLET"
		}
		if status == notification.Refunded {
			want.Refunds = []notification.Refund{{No: r.No, PartnerNo: "mine-1", Amount: 1, Reason: "spilt", At: made + 10_000}}
		}
		body, err := want.Body()
		c.Must(err)
		stage.Is(t, "the body", list[i].Body, body)
		stage.Is(t, "the mini app and the time", []any{list[i].MiniAppID, list[i].CreatedAt}, []any{"kopi", made + int64(2-i)*5000})
	}
	if list[0].ID == "" || list[0].ID == list[1].ID {
		t.Errorf("the ids are %q and %q", list[0].ID, list[1].ID)
	}
}

// Nobody is notified of any change of a payment while its mini app has no address. A later
// change is notified once it has one.
func TestNotification_of_a_mini_app_without_an_address(t *testing.T) {
	c := newTill(t)
	addressed := false
	c.Addressed = func(app miniapp.App) bool { return addressed && app.ID == "kopi" }
	changes := map[string]func(ref string){
		"created":   func(string) {},
		"pending":   func(ref string) { c.Must(c.settle(ref, "sari", payment.StatusPending)) },
		"paid":      func(ref string) { c.Must(c.settle(ref, "sari", payment.StatusSuccess)) },
		"failed":    func(ref string) { c.Must(c.settle(ref, "sari", payment.StatusFailed)) },
		"cancelled": func(ref string) { _, err := c.cancel(kopis(ref)); c.Must(err) },
		"expired by its backend": func(ref string) {
			c.Must(c.Try(func(tx *stage.Tx) error { _, err := c.Expire(c.Ctx, tx, kopis(ref)); return err }))
		},
		"swept":                 func(string) { c.Pass(payment.DefaultLife); _, err := c.Sweep(c.Ctx); c.Must(err) },
		"expired when it opens": func(ref string) { c.Pass(payment.DefaultLife); c.Must(c.hold(ref, "ask")) },
		"refunded": func(ref string) {
			c.Must(c.settle(ref, "sari", payment.StatusSuccess))
			_, _, err := c.refund(kopis(ref), payment.Return{Amount: 1})
			c.Must(err)
		},
	}
	for what, change := range changes {
		addressed = false
		ref := c.order(100)
		change(ref)
		silent := c.order(100)
		addressed = true
		change(silent)
		stage.Is(t, what+": the notifications without an address", len(c.notices(ref)), 0)
		for _, e := range c.Entries(journal.Payment) {
			if e.Payment == ref && !strings.Contains(string(e.Detail), `"notified":"nobody"`) {
				t.Errorf("%s: the entry says %s", what, e.Detail)
			}
		}
		if list := c.notices(silent); what != "created" && (len(list) == 0 || list[0].Number != len(list)) {
			t.Errorf("%s after the address came: %+v", what, list)
		}
	}
}

// An error while the mini app is read is an error of the change.
func TestNotification_of_a_mini_app_that_cannot_be_read(t *testing.T) {
	c := newTill(t)
	c.Addressed = func(miniapp.App) bool { return true }
	ref := c.order(100)
	c.Whole(func() error { return c.settle(ref, "sari", payment.StatusSuccess) })
	c.Whole(func() error { _, _, err := c.refund(kopis(ref), payment.Return{Amount: 1}); return err })
}

func TestNotification_of_a_checkout_order_without_an_address(t *testing.T) {
	c := newTill(t)
	c.Addressed = func(miniapp.App) bool { return false }
	p, err := c.MakeCheckout(c.Ctx, payment.Order{MiniAppID: "kopi", PartnerRef: "order-1", Amount: 15_000})
	c.Must(err)
	stage.Is(t, "the notifications", len(c.notices(p.Ref)), 0)
}
