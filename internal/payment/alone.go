package payment

import (
	"context"

	"github.com/selasar/selasar/internal/problem"
)

// SettleAlone settles a payment outside of the phone, on the page of its web
// redirect URL (seamless-payment-v2). It returns a final payment unchanged. Its
// problems: Conflict (a sheet in the phone holds the payment, which could otherwise
// be paid twice), InsufficientFunds, MiniAppSuspended, MiniAppUnknown.
//
// With a provider, it waits for the outcome of the charge. A payment whose charge is still
// under way is pending. Further problems are then ChargeDeclined and PaymentCharging.
func (s *Service) SettleAlone(ctx context.Context, ref, userID string, status Status) (settled Payment, err error) {
	if s.Transfers != nil && status == StatusSuccess {
		if err := s.chargeAlone(ctx, ref, userID); err != nil {
			return Payment{}, err
		}
	}
	err = s.DB.Write(ctx, func(tx Tx) error {
		if err := s.payable(ctx, tx, ref); err != nil {
			return err
		}
		settled, err = s.Settle(ctx, tx, ref, userID, status)
		return err
	})
	return settled, err
}

func (s *Service) chargeAlone(ctx context.Context, ref, userID string) error {
	var chargeID string
	err := s.DB.Write(ctx, func(tx Tx) (err error) {
		if err = s.payable(ctx, tx, ref); err == nil {
			chargeID, err = s.Charge(ctx, tx, ref, userID)
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.Charged(ctx, chargeID)
}

// payable returns a problem if a sheet holds the payment, or its mini app does not run.
func (s *Service) payable(ctx context.Context, tx Tx, ref string) error {
	held, err := s.free(ctx, tx, ref)
	if err != nil {
		return err
	}
	app, err := tx.MiniApps().Get(ctx, held.MiniAppID)
	if err != nil {
		return err
	}
	return app.Runs()
}

// free returns a payment that no sheet holds. Change locks its row, so that no sheet
// can hold it until the transaction ends.
func (s *Service) free(ctx context.Context, tx Tx, ref string) (p Payment, err error) {
	err = tx.Payments().Change(ctx, ref, func(kept *Payment) error {
		p = *kept
		if !p.State.Final() && p.SheetAsk != "" {
			return problem.New(problem.Conflict, "payment %q is open in a sheet of the phone; finish it there", ref)
		}
		return nil
	})
	return p, err
}
