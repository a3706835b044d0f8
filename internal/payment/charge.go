package payment

import (
	"context"

	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/transfer"
)

// With a provider, a payment is charged in two transactions, and the request to the
// provider lies between them:
//
//	Charge          stores the transfer; the payment is held
//	(the sender asks the provider)
//	TransferEnded   settles the payment: paid, or open again
//
// A held payment cannot be charged again, cancelled or expired.

// Held reports whether a charge of the payment is under way.
func (p Payment) Held() bool { return p.Charge != "" }

// Charge stores the charge of a payment, and returns its id for [Service.Charged]. For a
// held payment it returns the charge that is under way, and for one that cannot be paid
// any more, an empty id.
func (s *Service) Charge(ctx context.Context, tx Tx, ref, userID string) (chargeID string, err error) {
	var t transfer.Transfer
	err = tx.Payments().Change(ctx, ref, func(p *Payment) error {
		t, chargeID = transfer.Transfer{}, p.Charge
		late := *p
		if s.expire(&late); p.Held() || late.State.Final() {
			return nil
		}
		now := s.Clock.Now()
		chargeID = id.Number("C1", now)
		p.Charge = chargeID
		t = transfer.Transfer{
			ID: chargeID, Kind: transfer.Charge, Payment: p.Ref, MiniAppID: p.MiniAppID, UserID: userID, Amount: p.Amount, Title: p.Title,
			Until: p.ExpiresAt, State: transfer.Sending, NextAt: s.Transfers.Machine.Now().UnixMilli(), CreatedAt: now.UnixMilli(),
		}
		return nil
	})
	if err != nil || t.ID == "" {
		return chargeID, err
	}
	return chargeID, tx.Transfers().Insert(ctx, t)
}

// Charged waits for the outcome of a charge. It returns nil if the payment is paid, or
// the charge is still under way. Its problems: InsufficientFunds, ChargeDeclined.
func (s *Service) Charged(ctx context.Context, chargeID string) error {
	if chargeID == "" {
		return nil
	}
	t, err := s.Transfers.Await(ctx, chargeID)
	if err != nil || t.State == transfer.Sending || t.State == transfer.Done {
		return err
	}
	return declined(t)
}

// declined returns the problem of a charge that moved no money.
func declined(t transfer.Transfer) error {
	switch t.Reason {
	case transfer.InsufficientFunds:
		return problem.New(problem.InsufficientFunds, "the wallet holds less than %s; top it up and pay again", t.Amount)
	case transfer.Unreachable:
		return problem.New(problem.ChargeDeclined, "the wallet cannot be reached, and no money has moved; pay again later")
	default:
		return problem.New(problem.ChargeDeclined, "the wallet declined the charge (%s), and no money has moved", t.Reason)
	}
}

// TransferEnded settles the outcome of a transfer, once. A payment whose charge moved no
// money is open again, or expired if its time has passed.
func (s *Service) TransferEnded(ctx context.Context, t transfer.Transfer, o transfer.Outcome) error {
	return s.DB.Write(ctx, func(tx Tx) error {
		var p Payment
		first := false
		err := tx.Payments().Change(ctx, t.Payment, func(kept *Payment) (err error) {
			first, err = tx.Transfers().Finish(ctx, t.ID, o, s.Clock.Now().UnixMilli())
			if err == nil && first {
				s.apply(kept, t, o)
			}
			p = *kept
			return err
		})
		if err != nil || !first {
			return err
		}
		if t.Kind == transfer.Charge {
			return s.chargeEnded(ctx, tx, p, t, o)
		}
		return s.refundEnded(ctx, tx, p, t, o)
	})
}

// apply changes a payment by the outcome of its transfer.
func (s *Service) apply(p *Payment, t transfer.Transfer, o transfer.Outcome) {
	done := o.State == transfer.Done
	if t.Kind == transfer.Refund {
		p.Refunding -= t.Amount
		if done {
			p.Refunded += t.Amount
		}
		return
	}
	p.Charge = ""
	if done {
		s.move(p, Paid, t.UserID)
	} else {
		s.expire(p)
	}
}

func (s *Service) chargeEnded(ctx context.Context, tx Tx, p Payment, t transfer.Transfer, o transfer.Outcome) error {
	if o.State == transfer.Done {
		return s.told(ctx, tx, p, t.UserID)
	}
	if err := tx.Journal().Append(ctx, declinedEntry(t, o)); err != nil || !p.State.Final() {
		return err
	}
	return s.told(ctx, tx, p, "")
}
