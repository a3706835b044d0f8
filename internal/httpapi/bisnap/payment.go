package bisnap

import (
	"context"
	"strconv"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

// makePayment is POST /v1.0/debit/payment-host-to-host.
func (d *door) makePayment(ctx context.Context, c *call) ([]byte, error) {
	var in order
	if err := c.fields(&in); err != nil {
		return nil, err
	}
	var more additional
	if err := free("additionalInfo", in.Additional, &more); err != nil {
		return nil, err
	}
	order, err := d.orderOf(c, in, more)
	if err != nil {
		return nil, err
	}
	if err := d.ofPop(ctx, c, more.PopID); err != nil {
		return nil, err
	}
	answer, err := d.once(ctx, c, func(tx jsapi.Tx) (string, any, error) {
		p, err := d.Payments.Make(ctx, tx, order)
		return p.Ref, d.made(c, p), err
	})
	if err == nil && more.PopID == "" && !c.replayed {
		d.warnOfPop(c)
	}
	for i, one := range in.Options {
		if err == nil {
			d.warnOfAmount(c, "payOptionDetails["+strconv.Itoa(i)+"].transAmount", one.Amount)
		}
	}
	return answer, err
}

// ofPop checks that a point of purchase belongs to the mini app. A payment without one
// still belongs to the partner's mini app.
func (d *door) ofPop(ctx context.Context, c *call, popID string) error {
	if popID == "" || d.Credentials.IsPop(c.App.ID, popID) {
		return nil
	}
	owner, err := d.Credentials.ByPop(ctx, popID)
	switch {
	case problem.Is(err, problem.MiniAppUnknown):
		return problem.New(edge.FieldWrong, "additionalInfo.%s", problem.Of(err).Message)
	case err == nil && owner != c.App.ID:
		return problem.New(problem.NotPermitted, "additionalInfo.pointOfPurchaseId belongs to another mini app than X-PARTNER-ID; use SELASAR_POP_ID")
	}
	return err
}

func (d *door) warnOfPop(c *call) {
	d.Platform.Journal.Trace(event.PaymentUnplaced.Entry(event.Scope{MiniAppID: c.App.ID, Payment: c.PaymentRef}, event.None{}))
}

// made is the answer for a new payment.
func (d *door) made(c *call, p payment.Payment) any {
	type info struct {
		PaymentType string       `json:"paymentType"`
		Gross       money.Rupiah `json:"grossAmount"`
		At          string       `json:"transactionTime"`
		ValidUpTo   string       `json:"validUpTo"`
	}
	return struct {
		head
		Ref        string `json:"referenceNo"`
		PartnerRef string `json:"partnerReferenceNo"`
		WebURL     string `json:"webRedirectUrl"`
		AppURL     string `json:"appRedirectUrl"`
		Info       info   `json:"additionalInfo"`
	}{
		c.success(), p.Ref, p.PartnerRef, edge.ReachedAt(c.HTTP) + d.PagePath + "?" + payment.Query(p.Ref), "",
		info{"gopay", p.Amount, notification.Time(p.CreatedAt), notification.Time(p.ExpiresAt)},
	}
}
