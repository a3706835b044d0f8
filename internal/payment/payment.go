// Package payment is what users pay to mini apps. A payment is made by a mini
// app's backend, paid in a sheet that the super app shows, and ends in one of
// four final states:
//
//	created ──▶ pending          the user left the sheet without finishing
//	   │           │
//	   └───┬───────┘
//	       ├──▶ paid             the wallet was charged, once
//	       ├──▶ cancelled        the user said no, or the backend took it back
//	       ├──▶ failed           processing failed
//	       └──▶ expired          nobody paid in time
//
// While a sheet is open it holds the payment, so that there is never a second.
// A paid payment stays paid; its refunds give back some or all of it, never
// more, and each is a movement of the wallet that paid.
package payment

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
)

// State is where a payment stands.
type State string

// The states.
const (
	Created   State = "created"
	Pending   State = "pending"
	Paid      State = "paid"
	Cancelled State = "cancelled"
	Failed    State = "failed"
	Expired   State = "expired"
)

// Final says whether nothing can happen to the payment any more.
func (s State) Final() bool { return s != Created && s != Pending }

// Status is the front end's word for a state (trigger-payment): success,
// cancelled, failed or pending. An expired payment reads as failed.
type Status string

// The statuses.
const (
	StatusSuccess   Status = "success"
	StatusCancelled Status = "cancelled"
	StatusFailed    Status = "failed"
	StatusPending   Status = "pending"
)

// Status is the state in the front end's words.
func (s State) Status() Status {
	switch s {
	case Paid:
		return StatusSuccess
	case Cancelled:
		return StatusCancelled
	case Failed, Expired:
		return StatusFailed
	default:
		return StatusPending
	}
}

// Payment is one payment to a mini app.
type Payment struct {
	Ref        string // reference number, known to the backend and in the deeplink
	MiniAppID  string
	Via        Via
	PartnerRef string // partnerReferenceNo or order_id: the mini app's own; need not be unique
	ExternalID string // X-EXTERNAL-ID of the request that made it
	Amount     money.Rupiah
	Refunded   money.Rupiah // of Amount; never more
	Title      string       // what is paid for
	Details    string       // JSON of the order that is echoed later; empty for none
	State      State
	SheetAsk   string // the ask of the open sheet, while there is one
	UserID     string // who paid
	CreatedAt  int64  // ms since the epoch
	ExpiresAt  int64
	SettledAt  int64 // when it became final
	ShownAt    int64 // when a page was told that it is paid; 0 for never
	ProvedAt   int64 // when the mini app's backend learned how it stands: it asked, or took a notification
	WarnedAt   int64 // when the journal warned that it did neither
}

// Via is the way a payment was made.
type Via string

// The ways.
const (
	ByControl  Via = "control"  // by hand, in dev
	BySnap     Via = "snap"     // payment-host-to-host (seamless-payment-v2)
	ByCheckout Via = "checkout" // a Snap Checkout transaction (miniapp-x-snap-checkout-payment)
)

// Refund gives back some or all of a paid payment (refund-api).
type Refund struct {
	No        string // refundNo
	Payment   string
	PartnerNo string // partnerRefundNo: one refund each
	Amount    money.Rupiah
	Reason    string
	At        int64 // ms since the epoch
}

// Life of a payment: the default and the limits of validUpTo (seamless-payment-v2).
const (
	DefaultLife = 15 * time.Minute
	MinLife     = 20 * time.Second
	MaxLife     = 180 * 24 * time.Hour
)

// Store keeps payments.
type Store interface {
	Insert(ctx context.Context, p Payment) error
	// Get gives a payment, or a problem PaymentUnknown.
	Get(ctx context.Context, ref string) (Payment, error)
	// List gives the newest payments, at most limit.
	List(ctx context.Context, limit int) ([]Payment, error)
	// Due gives payments that are not final though their time has passed, at most limit.
	Due(ctx context.Context, now int64, limit int) ([]Payment, error)
	// Of gives the newest payment of a mini app that a request with this
	// X-EXTERNAL-ID made, in one way or, when via is empty, in any; or a problem
	// PaymentUnknown.
	Of(ctx context.Context, miniAppID, externalID string, via Via) (Payment, error)
	// Unproved gives payments of backends that a page was told of up to a
	// moment and that nobody made sure of, not warned of yet, at most limit.
	Unproved(ctx context.Context, shownUntil int64, limit int) ([]Payment, error)
	// Change loads a payment, lets fn alter it, and saves it.
	Change(ctx context.Context, ref string, fn func(*Payment) error) error
	// InsertRefund keeps a refund. The payment's Refunded is the caller's to change.
	InsertRefund(ctx context.Context, r Refund) error
	// Refunds gives the refunds of a payment, oldest first.
	Refunds(ctx context.Context, ref string) ([]Refund, error)
}

// Unknown is the problem of a payment that is not there.
func Unknown(ref string) error {
	return problem.New(problem.PaymentUnknown, "there is no payment with the reference %q", ref)
}
