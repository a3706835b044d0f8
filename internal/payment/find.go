package payment

import (
	"context"

	"github.com/selasar/selasar/internal/problem"
)

// Find gives the payment of a deeplink as one mini app may see it: a text
// that is no payment's deeplink, or names none, is ParamValue; another mini
// app's payment is NotPermitted.
func Find(ctx context.Context, tx Tx, miniAppID, deeplink string) (Payment, error) {
	ref, ok := Ref(deeplink)
	if !ok {
		return Payment{}, problem.New(problem.ParamValue, "deeplink %q is not a payment's: it starts with gopay://merchanttransfer and carries the query of webRedirectUrl", deeplink)
	}
	p, err := tx.Payments().Get(ctx, ref)
	switch {
	case problem.Is(err, problem.PaymentUnknown):
		return Payment{}, problem.New(problem.ParamValue, "deeplink names payment %q, which does not exist; use the one of payment-host-to-host unchanged", ref)
	case err == nil && p.MiniAppID != miniAppID:
		return Payment{}, problem.New(problem.NotPermitted, "payment %q belongs to another mini app", ref)
	}
	return p, err
}

// Original names a payment to its mini app's backend.
type Original struct {
	MiniAppID  string
	Ref        string // originalReferenceNo; it wins when both are there
	ExternalID string // originalExternalId: of the request that made it
	PartnerRef string // originalPartnerReferenceNo; when it is there it must be the payment's
}

// find gives the payment, or a problem PaymentUnknown. Another mini app's
// payment is unknown.
func (o Original) find(ctx context.Context, tx Tx) (p Payment, err error) {
	if o.Ref != "" {
		p, err = tx.Payments().Get(ctx, o.Ref)
	} else {
		p, err = tx.Payments().Of(ctx, o.MiniAppID, o.ExternalID, "")
	}
	switch {
	case problem.Is(err, problem.PaymentUnknown) || err == nil && p.MiniAppID != o.MiniAppID:
		return Payment{}, o.unknown()
	case err == nil && o.PartnerRef != "" && o.PartnerRef != p.PartnerRef:
		return Payment{}, problem.New(problem.PaymentUnknown, "payment %q was made with the partnerReferenceNo %q, not %q", p.Ref, p.PartnerRef, o.PartnerRef)
	}
	return p, err
}

func (o Original) unknown() error {
	if o.Ref != "" {
		return problem.New(problem.PaymentUnknown, "this mini app has no payment with the referenceNo %q; send the one that payment-host-to-host gave", o.Ref)
	}
	return problem.New(problem.PaymentUnknown, "this mini app made no payment with the X-EXTERNAL-ID %q", o.ExternalID)
}
