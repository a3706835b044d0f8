package payment

import (
	"context"

	"github.com/selasar/selasar/internal/problem"
)

// SettleAlone settles a payment outside the phone, on the page that its web
// redirect URL opens (seamless-payment-v2). A payment that is final is given
// back as it stands; one that a sheet in the phone holds is Conflict, so that
// it is never paid in both places; a wallet that is short is
// InsufficientFunds; a mini app that may not run takes no payments.
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

// free gives a payment that no sheet holds, and keeps it so until the
// transaction ends: Change locks its row.
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
