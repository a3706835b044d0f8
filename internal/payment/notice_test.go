package payment_test

import (
	"testing"

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
