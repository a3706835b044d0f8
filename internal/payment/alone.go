package payment

import (
	"context"

	"github.com/selasar/selasar/internal/problem"
)

// SettleAlone settles a payment outside of the phone, on the page of its web
// redirect URL (seamless-payment-v2). It returns a final payment unchanged. Its
// problems: Conflict (a sheet in the phone holds the payment, which could otherwise
// be paid twice), InsufficientFunds, MiniAppSuspended, MiniAppUnknown.
func (s *Service) SettleAlone(ctx context.Context, ref, userID string, status Status) (settled Payment, err error) {
	err = s.DB.Write(ctx, func(tx Tx) error {
		held, err := s.free(ctx, tx, ref)
		if err != nil {
			return err
		}
		app, err := tx.MiniApps().Get(ctx, held.MiniAppID)
		if err != nil {
			return err
		}
		if err := app.Runs(); err != nil {
			return err
		}
		settled, err = s.Settle(ctx, tx, ref, userID, status)
		return err
	})
	return settled, err
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
