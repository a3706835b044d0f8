package httpapi

import (
	"context"
	"net/http"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

// hostToHost is POST /v1.0/debit/payment-host-to-host.
func (a *API) hostToHost(ctx context.Context, c *snapCall) ([]byte, error) {
	var in snapOrder
	if err := c.fields(&in); err != nil {
		return nil, err
	}
	var more snapAdditional
	if err := free("additionalInfo", in.Additional, &more); err != nil {
		return nil, err
	}
	order, err := a.orderOf(c, in, more)
	if err != nil {
		return nil, err
	}
	if err := a.ofPop(ctx, c, more.PopID); err != nil {
		return nil, err
	}
	answer, err := a.once(ctx, c, func(tx jsapi.Tx) (string, any, error) {
		p, err := a.Payments.Make(ctx, tx, order)
		return p.Ref, c.made(p), err
	})
	if err == nil && more.PopID == "" && !c.Replayed {
		a.warnOfPop(c)
	}
	return answer, err
}

// ofPop checks that a point of purchase is the mini app's. Without one the
// payment belongs to the partner's mini app all the same.
func (a *API) ofPop(ctx context.Context, c *snapCall, popID string) error {
	if popID == "" {
		return nil
	}
	owner, err := a.Credentials.ByPop(ctx, popID)
	switch {
	case problem.Is(err, problem.MiniAppUnknown):
		return problem.New(fieldWrong, "additionalInfo.%s", problem.Of(err).Message)
	case err == nil && owner != c.App.ID:
		return problem.New(problem.NotPermitted, "additionalInfo.pointOfPurchaseId belongs to another mini app than X-PARTNER-ID; use SELASAR_POP_ID")
	}
	return err
}

func (a *API) warnOfPop(c *snapCall) {
	a.Journal.Trace(journal.Entry{
		Kind: journal.Warning, MiniAppID: c.App.ID, Payment: c.PaymentRef, Title: "payment without pointOfPurchaseId", Outcome: journal.Warn,
		Message: "the payment names no mini app; here it is the partner's, but GoPay would not return from it to the mini app",
		Next:    "send additionalInfo.pointOfPurchaseId with SELASAR_POP_ID",
	})
}

// made is the answer to a payment that was made.
func (c *snapCall) made(p payment.Payment) any {
	type info struct {
		PaymentType string       `json:"paymentType"`
		Gross       money.Rupiah `json:"grossAmount"`
		At          string       `json:"transactionTime"`
		ValidUpTo   string       `json:"validUpTo"`
	}
	return struct {
		snapHead
		Ref        string `json:"referenceNo"`
		PartnerRef string `json:"partnerReferenceNo"`
		WebURL     string `json:"webRedirectUrl"`
		AppURL     string `json:"appRedirectUrl"`
		Info       info   `json:"additionalInfo"`
	}{
		c.success(), p.Ref, p.PartnerRef, reachedAt(c.HTTP) + paymentPath + "?" + payment.Query(p.Ref), "",
		info{"gopay", p.Amount, notification.Time(p.CreatedAt), notification.Time(p.ExpiresAt)},
	}
}

// reachedAt is the address of these APIs as the caller reached them.
func reachedAt(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
