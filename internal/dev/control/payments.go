package control

import (
	"context"
	"net/http"
	"time"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/mask"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

func (d *door) pay(r *http.Request) (any, error) {
	var in struct {
		MiniAppID string       `json:"mini_app_id"`
		Amount    money.Rupiah `json:"amount"`
		Title     string       `json:"title"`
		ValidFor  string       `json:"valid_for"`
	}
	if err := edge.Decode(r, &in); err != nil {
		return nil, err
	}
	d.fillApp(&in.MiniAppID)
	order := payment.Order{MiniAppID: in.MiniAppID, Amount: in.Amount, Title: in.Title}
	if in.ValidFor != "" {
		life, err := time.ParseDuration(in.ValidFor)
		if err != nil || life == 0 {
			return nil, problem.New(problem.BadRequest, `valid_for is a duration such as "15m", not %q`, edge.Excerpt(in.ValidFor))
		}
		order.Life = life
	}
	p, err := d.Payments.Create(r.Context(), order)
	if err != nil {
		return nil, err
	}
	return edge.Created{Body: map[string]string{"deeplink": payment.Deeplink(p.Ref), "referenceNo": p.Ref}}, nil
}

type paymentView struct {
	Ref        string        `json:"reference_no"`
	MiniAppID  string        `json:"mini_app_id"`
	Via        payment.Via   `json:"via"`
	PartnerRef string        `json:"partner_reference_no,omitempty"`
	ExternalID string        `json:"external_id,omitempty"`
	Amount     money.Rupiah  `json:"amount"`
	Refunded   money.Rupiah  `json:"refunded"`
	Refunds    []refundView  `json:"refunds"`
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

type refundView struct {
	No        string       `json:"refund_no"`
	PartnerNo string       `json:"partner_refund_no"`
	Amount    money.Rupiah `json:"amount"`
	Reason    string       `json:"reason"`
	At        int64        `json:"at"`
}

// viewOfPayment returns a payment for display. It masks codes and tokens in what the backend
// wrote.
func viewOfPayment(p payment.Payment, refunds []payment.Refund) paymentView {
	v := paymentView{
		Ref: p.Ref, MiniAppID: p.MiniAppID, Via: p.Via, PartnerRef: mask.Text(p.PartnerRef), ExternalID: mask.Text(p.ExternalID),
		Amount: p.Amount, Refunded: p.Refunded, Refunds: []refundView{}, Title: mask.Text(p.Title), State: p.State,
		Deeplink: payment.Deeplink(p.Ref), UserID: p.UserID, CreatedAt: p.CreatedAt, ExpiresAt: p.ExpiresAt,
		SettledAt: p.SettledAt, ShownAt: p.ShownAt, ProvedAt: p.ProvedAt,
	}
	for _, r := range refunds {
		v.Refunds = append(v.Refunds, refundView{r.No, mask.Text(r.PartnerNo), r.Amount, mask.Text(r.Reason), r.At})
	}
	return v
}

func (d *door) payments(r *http.Request) (any, error) {
	page, err := edge.PageOf(r)
	if err != nil {
		return nil, err
	}
	views, next := []paymentView{}, ""
	err = d.DB.Read(r.Context(), func(tx jsapi.Tx) error {
		list, more, err := edge.OnePage(page, payment.Payment.Cursor, func(p store.Page) ([]payment.Payment, error) {
			return tx.Payments().List(r.Context(), p)
		})
		if err != nil {
			return err
		}
		refunds, err := refundsOf(r.Context(), tx, list)
		for _, p := range list {
			views = append(views, viewOfPayment(p, refunds[p.Ref]))
		}
		next = more
		return err
	})
	return edge.Paged("payments", views, next), err
}

// refundsOf returns the refunds of payments, by reference, in one statement.
func refundsOf(ctx context.Context, tx jsapi.Tx, list []payment.Payment) (map[string][]payment.Refund, error) {
	var refs []string
	for _, p := range list {
		if p.Refunded > 0 {
			refs = append(refs, p.Ref)
		}
	}
	refunds := map[string][]payment.Refund{}
	all, err := tx.Payments().Refunds(ctx, refs...)
	for _, r := range all {
		refunds[r.Payment] = append(refunds[r.Payment], r)
	}
	return refunds, err
}
