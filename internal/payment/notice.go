package payment

import (
	"context"

	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/notification"
)

// PayOption returns the means of payment (payment-notification-api); empty for an
// unpaid payment.
func (p Payment) PayOption() string {
	if p.State != Paid {
		return ""
	}
	return "GOPAY_WALLET"
}

// notified reads a mini app and returns who.
func (s *Service) notified(ctx context.Context, tx Tx, miniAppID string) (event.Notified, error) {
	if s.Addressed == nil {
		return "", nil
	}
	app, err := tx.MiniApps().Get(ctx, miniAppID)
	return s.who(app), err
}

// who returns who is notified of a change of a payment: event.Nobody, if the mini app has no
// address now. The address may come later; each change looks at it again.
func (s *Service) who(app miniapp.App) event.Notified {
	if s.Addressed == nil || s.Addressed(app) {
		return ""
	}
	return event.Nobody
}

// notify stores a notification of the payment's current state.
func (s *Service) notify(ctx context.Context, tx Tx, p Payment) error {
	c := notification.Change{
		ID: s.IDs.New(), At: s.Clock.Now().UnixMilli(), MiniAppID: p.MiniAppID, Payment: p.Ref,
		PartnerRef: p.PartnerRef, ExternalID: p.ExternalID, Status: p.Latest(), Amount: p.Amount,
		CreatedAt: p.CreatedAt, FinishedAt: p.SettledAt, PayOption: p.PayOption(), First: p.State == Created,
	}
	if s.MerchantID != nil {
		c.MerchantID = s.MerchantID(p.MiniAppID)
	}
	if p.Refunded > 0 {
		list, err := tx.Payments().Refunds(ctx, p.Ref)
		if err != nil {
			return err
		}
		for _, r := range list {
			c.Refunds = append(c.Refunds, notification.Refund{No: r.No, PartnerNo: r.PartnerNo, Amount: r.Amount, Reason: r.Reason, At: r.At})
		}
	}
	return notification.Enqueue(ctx, tx, c)
}
