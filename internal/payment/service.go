package payment

import (
	"context"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/wallet"
)

// Tx is what payments touch. Who touches a payment and a user in one
// transaction does so in this order, or two transactions could wait for each
// other.
type Tx interface {
	wallet.Tx
	notification.Tx
	MiniApps() miniapp.Store
	Payments() Store
	Requests() request.Store
}

// Service makes payments and moves them from state to state.
type Service struct {
	DB    store.Database[Tx]
	Clock clock.Clock
	IDs   *id.Source
	// MerchantID, when set, gives a mini app's merchantId for its notifications.
	MerchantID func(miniAppID string) string
}

// told tells the journal, and the mini app's backend, that a payment has come
// to its state.
func (s *Service) told(ctx context.Context, tx Tx, p Payment, userID string) error {
	if err := note(ctx, tx, p, userID); err != nil {
		return err
	}
	return s.notify(ctx, tx, p)
}

// note writes into the journal how a payment stands.
func note(ctx context.Context, tx Tx, p Payment, userID string) error {
	outcome := journal.Info
	switch p.State {
	case Paid:
		outcome = journal.OK
	case Failed, Expired:
		outcome = journal.Failed
	}
	return tx.Journal().Append(ctx, journal.Entry{
		Kind: journal.Payment, MiniAppID: p.MiniAppID, UserID: userID, Payment: p.Ref,
		Title: "payment " + string(p.State) + " " + p.Amount.String(), Outcome: outcome,
		Detail: journal.Detail(map[string]any{"reference_no": p.Ref, "state": p.State, "amount": p.Amount, "title": p.Title, "expires_at": p.ExpiresAt}),
	})
}

// Short tells the journal that a wallet was short of what a payment takes:
// nothing moved, and it can be tried again. launchID may be empty.
func Short(ref, launchID string, why error) journal.Entry {
	return journal.Entry{
		Kind: journal.Payment, LaunchID: launchID, Payment: ref, Title: "payment refused", Outcome: journal.Failed,
		Message: problem.Of(why).Message, Next: "top the wallet up in the sheet or under Users, or pay with another user",
		Detail: journal.Detail(map[string]any{"reference_no": ref, "reason": problem.InsufficientFunds}),
	}
}

// toldRefund tells the journal, and the mini app's backend, that a payment was
// refunded.
func (s *Service) toldRefund(ctx context.Context, tx Tx, p Payment, r Refund) error {
	err := tx.Journal().Append(ctx, journal.Entry{
		Kind: journal.Payment, MiniAppID: p.MiniAppID, UserID: p.UserID, Payment: p.Ref,
		Title: "refunded " + r.Amount.String() + " of " + p.Amount.String(), Outcome: journal.OK, Message: r.Reason,
		Detail: journal.Detail(map[string]any{
			"reference_no": p.Ref, "refund_no": r.No, "partner_refund_no": r.PartnerNo, "amount": r.Amount, "refunded": p.Refunded,
		}),
	})
	if err != nil {
		return err
	}
	return s.notify(ctx, tx, p)
}
