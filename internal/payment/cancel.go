package payment

import (
	"context"

	"github.com/selasar/selasar/internal/problem"
)

// Cancel ends a payment that nobody has paid, for its mini app's backend
// (cancel-api). What is final already is PaymentFinal, with the payment as it
// stands. The sheet that holds it is the caller's to close (jsapi.Engine's
// CancelPayment does); what a user answers in one that is open comes to
// cancelled.
func (s *Service) Cancel(ctx context.Context, tx Tx, of Original) (Payment, error) {
	p, err := of.find(ctx, tx)
	if err != nil {
		return Payment{}, err
	}
	err = tx.Payments().Change(ctx, p.Ref, func(kept *Payment) error {
		late := *kept
		if s.expire(&late); late.State.Final() {
			return problem.New(problem.PaymentFinal, "payment %q is %s; only one that nobody has paid yet can be cancelled%s", late.Ref, late.State, insteadOfCancel(late))
		}
		s.move(kept, Cancelled, "")
		p = *kept
		return nil
	})
	if err != nil {
		return p, err
	}
	return p, s.told(ctx, tx, p, "")
}

func insteadOfCancel(p Payment) string {
	if p.State == Paid {
		return ", refund it instead"
	}
	return ""
}

// SheetOf gives the ask of the sheet that holds a payment; empty when there is
// no such sheet, or no such payment.
func SheetOf(ctx context.Context, tx Tx, of Original) (askID string, err error) {
	p, err := of.find(ctx, tx)
	if problem.Is(err, problem.PaymentUnknown) {
		return "", nil
	}
	return p.SheetAsk, err
}
