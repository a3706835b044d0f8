package payment

import (
	"context"

	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/wallet"
)

// Return is the request for a refund.
type Return struct {
	PartnerNo string       // partnerRefundNo; when empty, the refund's own number
	Amount    money.Rupiah // zero means all that is left
	Reason    string
}

// Refund refunds a part or all of a paid payment to the wallet that paid it, for its
// mini app's backend (refund-api). A second call with the same partnerRefundNo
// returns the first refund and changes nothing. Its problems: PaymentUnknown,
// NotRefundable (not paid, already refunded completely, or the partnerRefundNo has
// another amount), RefundExceeds (more than is left).
//
// With a provider, the refund is only stored, and [Service.Refunding] waits for its
// outcome after the commit.
func (s *Service) Refund(ctx context.Context, tx Tx, of Original, want Return) (Payment, Refund, error) {
	p, err := of.find(ctx, tx)
	if err != nil {
		return Payment{}, Refund{}, err
	}
	now := s.Clock.Now()
	r := Refund{No: id.Number("R1", now), Payment: p.Ref, PartnerNo: want.PartnerNo, Amount: want.Amount, Reason: want.Reason, At: now.UnixMilli()}
	if r.PartnerNo == "" {
		r.PartnerNo = r.No
	}
	again := false
	err = tx.Payments().Change(ctx, p.Ref, func(kept *Payment) error {
		p = *kept
		first, found, err := refunded(ctx, tx, r)
		if err == nil && !found && s.Transfers != nil {
			first, found, err = pendingRefund(ctx, tx, r)
		}
		if err != nil {
			return err
		}
		if again = found; again {
			r, err = first, sameRefund(first, want)
			return err
		}
		if err := p.giveBack(&r); err != nil {
			return err
		}
		if s.Transfers == nil {
			p.Refunded += r.Amount
		} else {
			p.Refunding += r.Amount
		}
		*kept = p
		return nil
	})
	if err != nil || again {
		return p, r, err
	}
	if s.Transfers != nil {
		return p, r, s.sendRefund(ctx, tx, p, r)
	}
	return p, r, s.book(ctx, tx, p, r)
}

// refunded returns the earlier refund with the same partnerRefundNo.
func refunded(ctx context.Context, tx Tx, r Refund) (first Refund, found bool, err error) {
	list, err := tx.Payments().Refunds(ctx, r.Payment)
	for _, one := range list {
		if one.PartnerNo == r.PartnerNo {
			return one, true, nil
		}
	}
	return Refund{}, false, err
}

func sameRefund(first Refund, want Return) error {
	if want.Amount == 0 || want.Amount == first.Amount {
		return nil
	}
	return problem.New(problem.NotRefundable, "partnerRefundNo %q was already used for a refund of %s; send a new one for %s", first.PartnerNo, first.Amount, want.Amount)
}

// giveBack checks a refund, and sets its amount if it is for all that is left.
func (p *Payment) giveBack(r *Refund) error {
	left := p.Amount - p.Refunded - p.Refunding
	if r.Amount == 0 {
		r.Amount = left
	}
	switch {
	case p.State != Paid:
		return problem.New(problem.NotRefundable, "payment %q is %s; only a paid one can be refunded", p.Ref, p.State)
	case left == 0:
		return problem.New(problem.NotRefundable, "payment %q is already refunded completely, or its refunds are under way: %s", p.Ref, p.Amount)
	case r.Amount < 1:
		return problem.New(problem.ParamValue, "refundAmount must be 1.00 or more, got %s", r.Amount.Decimal())
	case r.Amount > left:
		return problem.New(problem.RefundExceeds, "%s is more than the remaining %s of payment %q", r.Amount, left, p.Ref)
	}
	return nil
}

// book stores a refund and adds its amount to the wallet.
func (s *Service) book(ctx context.Context, tx Tx, p Payment, r Refund) error {
	if err := tx.Payments().InsertRefund(ctx, r); err != nil {
		return err
	}
	err := wallet.Move(ctx, tx, wallet.Entry{
		ID: s.IDs.New(), UserID: p.UserID, Unit: wallet.Rupiah, Amount: r.Amount, Title: p.Title,
		MiniAppID: p.MiniAppID, Payment: p.Ref, Cause: r.No, At: r.At,
	})
	if err != nil {
		return err
	}
	return s.toldRefund(ctx, tx, p, r)
}
