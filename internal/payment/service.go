package payment

import (
	"context"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/transfer"
	"github.com/selasar/selasar/internal/wallet"
)

// Tx is the part of a transaction that payments use. Lock order: payment, transfer, user.
// Another order could deadlock.
type Tx interface {
	wallet.Tx
	notification.Tx
	MiniApps() miniapp.Store
	Payments() Store
	Requests() request.Store
	Transfers() transfer.Store
}

// Service makes payments and changes their state.
type Service struct {
	DB    store.Database[Tx]
	Clock clock.Clock
	IDs   *id.Source
	// Addressed reports whether a mini app has, or will soon have, an address for notifications. Without one,
	// no notification is stored. nil means that every mini app has one.
	Addressed func(miniapp.App) bool
	// MerchantID, when set, returns a mini app's merchantId for its notifications.
	MerchantID func(miniAppID string) string
	// Transfers, when set, moves the money at the operator's provider, and the built-in
	// wallet is not used.
	Transfers *transfer.Sender
}

// told appends the new state of a payment to the journal, and stores a notification
// for the mini app's backend, if it has an address.
func (s *Service) told(ctx context.Context, tx Tx, p Payment, userID string) error {
	who, err := s.notified(ctx, tx, p.MiniAppID)
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, p, userID, who)
}

// tell is told for a mini app that was read before.
func (s *Service) tell(ctx context.Context, tx Tx, p Payment, userID string, who event.Notified) error {
	if err := note(ctx, tx, p, userID, who); err != nil || who == event.Nobody {
		return err
	}
	return s.notify(ctx, tx, p)
}

// note appends the state of a payment to the journal.
func note(ctx context.Context, tx Tx, p Payment, userID string, who event.Notified) error {
	return tx.Journal().Append(ctx, states[p.State].Entry(
		event.Scope{MiniAppID: p.MiniAppID, UserID: userID, Payment: p.Ref},
		event.Payment{ReferenceNo: p.Ref, State: string(p.State), Amount: p.Amount, Title: p.Title, ExpiresAt: p.ExpiresAt, Notified: who},
	))
}

// states maps the new state of a payment to its event.
var states = map[State]event.Event[event.Payment]{
	Created: event.PaymentCreated, Pending: event.PaymentPending, Paid: event.PaymentPaid,
	Cancelled: event.PaymentCancelled, Failed: event.PaymentFailed, Expired: event.PaymentExpired,
}

// ShortWalletEntry returns the journal entry of a payment that the wallet could
// not cover: no money moved, and the user can try again. launchID may be empty.
func ShortWalletEntry(ref, launchID string, why error) journal.Entry {
	short := wallet.ShortageOf(why)
	return event.PaymentRefused.Entry(
		event.Scope{LaunchID: launchID, Payment: ref},
		event.Shortage{ReferenceNo: ref, Reason: problem.InsufficientFunds, Balance: short.Held, Missing: short.Missing},
	)
}

// toldRefund appends a refund to the journal, and stores a notification for the mini
// app's backend, if it has an address.
func (s *Service) toldRefund(ctx context.Context, tx Tx, p Payment, r Refund) error {
	who, err := s.notified(ctx, tx, p.MiniAppID)
	if err != nil {
		return err
	}
	err = tx.Journal().Append(ctx, event.PaymentRefunded.Entry(
		event.Scope{MiniAppID: p.MiniAppID, UserID: p.UserID, Payment: p.Ref},
		event.Refund{
			ReferenceNo: p.Ref, RefundNo: r.No, PartnerRefundNo: r.PartnerNo, Amount: r.Amount, Refunded: p.Refunded, Paid: p.Amount, Reason: r.Reason,
			Notified: who,
		},
	))
	if err != nil || who == event.Nobody {
		return err
	}
	return s.notify(ctx, tx, p)
}
