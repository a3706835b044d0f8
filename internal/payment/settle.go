package payment

import (
	"context"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/wallet"
)

// Hold ties a payment to the sheet that is about to open. It returns a final, expired
// or held payment without a sheet. A payment with an open sheet is refused as
// ParamValue.
func (s *Service) Hold(ctx context.Context, tx Tx, ref, askID string) (Payment, error) {
	var held Payment
	ranOut := false
	err := tx.Payments().Change(ctx, ref, func(p *Payment) error {
		ranOut = s.expire(p)
		if !p.State.Final() && p.SheetAsk != "" {
			return problem.New(problem.ParamValue, "payment %q already has an open sheet: answer it, or close the mini app that shows it; if its page is gone, try again in 10 seconds", ref)
		}
		if !p.State.Final() && !p.Held() {
			p.SheetAsk = askID
		}
		held = *p
		return nil
	})
	if err == nil && ranOut {
		err = s.told(ctx, tx, held, "")
	}
	return held, err
}

// Settle closes the sheet of a payment with the user's answer. A payment charges the
// user's wallet in the same transaction. With insufficient funds, nothing changes, and
// the problem is InsufficientFunds.
//
// With a provider, Settle moves no money: Charge was called before. A payment that is
// still held becomes pending. Its problems are then PaymentCharging (the user wants to end
// a held payment) and ChargeDeclined (no charge is under way).
func (s *Service) Settle(ctx context.Context, tx Tx, ref, userID string, status Status) (Payment, error) {
	var settled Payment
	paid, over, still := false, false, false
	err := tx.Payments().Change(ctx, ref, func(p *Payment) error {
		over = p.State.Final() // a final state was already recorded
		before := p.State
		p.SheetAsk = ""
		s.expire(p)
		if !p.State.Final() {
			to, err := s.next(*p, status)
			if err != nil {
				return err
			}
			s.move(p, to, userID)
			paid = p.State == Paid
		}
		still = p.State == before
		settled = *p
		return nil
	})
	if err != nil || over {
		return settled, err
	}
	if paid {
		err = wallet.Move(ctx, tx, wallet.Entry{
			ID: s.IDs.New(), UserID: userID, Unit: wallet.Rupiah, Amount: -settled.Amount, Title: settled.Title,
			MiniAppID: settled.MiniAppID, Payment: ref, Cause: wallet.CausePaid, At: settled.SettledAt,
		})
	}
	if err != nil {
		return settled, err
	}
	if still {
		return settled, note(ctx, tx, settled, userID, "")
	}
	return settled, s.told(ctx, tx, settled, userID)
}

// next returns the state of an open payment after the user's answer.
func (s *Service) next(p Payment, status Status) (State, error) {
	switch {
	case !p.Held() && (s.Transfers == nil || status != StatusSuccess):
		return stateOf(status), nil
	case !p.Held():
		return "", problem.New(problem.ChargeDeclined, "no money has moved; pay again")
	case status == StatusCancelled || status == StatusFailed:
		return "", charging(p)
	default:
		return Pending, nil
	}
}

// charging returns the problem of a request to end a held payment.
func charging(p Payment) error {
	return problem.New(problem.PaymentCharging, "payment %q is being charged; its outcome follows, ask for the status", p.Ref)
}

func stateOf(status Status) State {
	switch status {
	case StatusSuccess:
		return Paid
	case StatusCancelled:
		return Cancelled
	case StatusFailed:
		return Failed
	default:
		return Pending
	}
}

func (s *Service) move(p *Payment, to State, userID string) {
	p.State = to
	if to.Final() {
		p.SettledAt = s.Clock.Now().UnixMilli()
	}
	if to == Paid {
		p.UserID = userID
	}
}
