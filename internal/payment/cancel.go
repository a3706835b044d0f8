package payment

import (
	"context"

	"github.com/selasar/selasar/internal/problem"
)

// Cancel cancels an unpaid payment for its mini app's backend (cancel-api). For a
// final payment, it returns PaymentFinal and the payment, and for a held one
// PaymentCharging. The caller closes an open
// sheet of the payment, as jsapi.Engine.CancelPayment does. An answer in a sheet that
// is still open results in cancelled.
func (s *Service) Cancel(ctx context.Context, tx Tx, of Original) (Payment, error) {
	return s.end(ctx, tx, of, Cancelled)
}

// Expire ends an unpaid payment before its time. Otherwise it is like Cancel.
func (s *Service) Expire(ctx context.Context, tx Tx, of Original) (Payment, error) {
	return s.end(ctx, tx, of, Expired)
}

func (s *Service) end(ctx context.Context, tx Tx, of Original, to State) (Payment, error) {
	p, err := of.find(ctx, tx)
	if err != nil {
		return Payment{}, err
	}
	err = tx.Payments().Change(ctx, p.Ref, func(kept *Payment) error {
		if p = *kept; p.Held() {
			return charging(p)
		}
		late := *kept
		if s.expire(&late); late.State.Final() {
			return problem.New(problem.PaymentFinal, "payment %q is %s; only one that nobody has paid yet can be %s%s", late.Ref, late.State, to, insteadOfCancel(late))
		}
		s.move(kept, to, "")
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

// SheetOf returns the ask of the sheet that holds a payment. It is empty when there
// is no such sheet or payment.
func SheetOf(ctx context.Context, tx Tx, of Original) (askID string, err error) {
	p, err := of.find(ctx, tx)
	if problem.Is(err, problem.PaymentUnknown) {
		return "", nil
	}
	return p.SheetAsk, err
}
