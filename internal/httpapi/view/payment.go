// Package view writes rows as Selasar's own APIs show them: the control API and the
// operator API. Codes and tokens in texts of mini apps' backends are masked.
package view

import (
	"context"

	"github.com/selasar/selasar/internal/mask"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
)

// Payment is a payment.
type Payment struct {
	Ref        string        `json:"reference_no"`
	MiniAppID  string        `json:"mini_app_id"`
	Via        payment.Via   `json:"via"`
	PartnerRef string        `json:"partner_reference_no,omitempty"`
	ExternalID string        `json:"external_id,omitempty"`
	Amount     money.Rupiah  `json:"amount"`
	Refunded   money.Rupiah  `json:"refunded"`
	Refunds    []Refund      `json:"refunds"`
	Title      string        `json:"title"`
	State      payment.State `json:"state"`
	Deeplink   string        `json:"deeplink"`
	UserID     string        `json:"user_id,omitempty"`
	CreatedAt  int64         `json:"created_at"`
	ExpiresAt  int64         `json:"expires_at"`
	SettledAt  int64         `json:"settled_at,omitempty"`
	ShownAt    int64         `json:"shown_at,omitempty"`
	ProvedAt   int64         `json:"proved_at,omitempty"`
}

// Refund is a refund of a payment.
type Refund struct {
	No        string       `json:"refund_no"`
	PartnerNo string       `json:"partner_refund_no"`
	Amount    money.Rupiah `json:"amount"`
	Reason    string       `json:"reason"`
	At        int64        `json:"at"`
}

// Payments returns payments with their refunds, which it reads in one statement.
func Payments(ctx context.Context, s payment.Store, list ...payment.Payment) ([]Payment, error) {
	var refs []string
	for _, p := range list {
		if p.Refunded > 0 {
			refs = append(refs, p.Ref)
		}
	}
	all, err := s.Refunds(ctx, refs...)
	refunds := map[string][]payment.Refund{}
	for _, r := range all {
		refunds[r.Payment] = append(refunds[r.Payment], r)
	}
	views := []Payment{}
	for _, p := range list {
		views = append(views, paymentOf(p, refunds[p.Ref]))
	}
	return views, err
}

func paymentOf(p payment.Payment, refunds []payment.Refund) Payment {
	v := Payment{
		Ref: p.Ref, MiniAppID: p.MiniAppID, Via: p.Via, PartnerRef: mask.Text(p.PartnerRef), ExternalID: mask.Text(p.ExternalID),
		Amount: p.Amount, Refunded: p.Refunded, Refunds: []Refund{}, Title: mask.Text(p.Title), State: p.State,
		Deeplink: payment.Deeplink(p.Ref), UserID: p.UserID, CreatedAt: p.CreatedAt, ExpiresAt: p.ExpiresAt,
		SettledAt: p.SettledAt, ShownAt: p.ShownAt, ProvedAt: p.ProvedAt,
	}
	for _, r := range refunds {
		v.Refunds = append(v.Refunds, Refund{r.No, mask.Text(r.PartnerNo), r.Amount, mask.Text(r.Reason), r.At})
	}
	return v
}
