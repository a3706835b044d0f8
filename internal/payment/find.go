package payment

import (
	"context"

	"github.com/selasar/selasar/internal/problem"
)

// Find returns the payment of a deeplink for a mini app. Its problems: ParamValue
// (not the deeplink of a payment, or of none that exists), NotPermitted (another mini
// app's payment).
func Find(ctx context.Context, tx Tx, miniAppID, deeplink string) (Payment, error) {
	ref, ok := Ref(deeplink)
	if !ok {
		return Payment{}, problem.New(problem.ParamValue, "deeplink %q is not one of a payment: it must start with gopay://merchanttransfer and have the query of webRedirectUrl", deeplink)
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

// Original identifies a payment in a request of its mini app's backend.
type Original struct {
	MiniAppID  string
	Ref        string // originalReferenceNo; it takes precedence over ExternalID
	ExternalID string // originalExternalId: the X-EXTERNAL-ID of the request that made it
	PartnerRef string // originalPartnerReferenceNo; when set, it must match
	Via        Via    // when set, the API by which the payment was made
}

// find returns the payment, or a problem PaymentUnknown, also for another mini app's
// payment.
func (o Original) find(ctx context.Context, tx Tx) (p Payment, err error) {
	if o.Ref != "" {
		p, err = tx.Payments().Get(ctx, o.Ref)
	} else {
		p, err = tx.Payments().Of(ctx, o.MiniAppID, o.ExternalID, o.Via)
	}
	switch {
	case problem.Is(err, problem.PaymentUnknown) || err == nil && (p.MiniAppID != o.MiniAppID || o.Via != "" && p.Via != o.Via):
		return Payment{}, o.unknown()
	case err == nil && o.PartnerRef != "" && o.PartnerRef != p.PartnerRef:
		return Payment{}, problem.New(problem.PaymentUnknown, "payment %q was made with the partnerReferenceNo %q, not %q", p.Ref, p.PartnerRef, o.PartnerRef)
	}
	return p, err
}

func (o Original) unknown() error {
	if o.Ref != "" {
		return problem.New(problem.PaymentUnknown, "this mini app has no payment with the referenceNo %q; send the one that payment-host-to-host returned", o.Ref)
	}
	return problem.New(problem.PaymentUnknown, "this mini app made no payment with the X-EXTERNAL-ID %q", o.ExternalID)
}
