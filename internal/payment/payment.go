// Package payment moves payments from users to mini apps through their states. A mini
// app's backend makes a payment, and the user pays it in a sheet of the super app. It
// ends in one of four final states:
//
//	created ──▶ pending          the user left the sheet without finishing
//	   │           │
//	   └───┬───────┘
//	       ├──▶ paid             the wallet was charged, once; see charge.go for an operator's provider
//	       ├──▶ cancelled        the user or the backend cancelled it
//	       ├──▶ failed           processing failed
//	       └──▶ expired          it was not paid in time
//
// An open sheet holds its payment, so that there is never a second sheet. A paid
// payment stays paid. Its refunds never exceed its amount, and each refund is an
// entry of the wallet that paid.
package payment

import (
	"context"
	"strconv"
	"time"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// State is the state of a payment.
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

// Final reports whether the state is final. Only refunds can follow it.
func (s State) Final() bool { return s != Created && s != Pending }

// Status is the state for the front end (trigger-payment): success, cancelled,
// failed or pending. An expired payment is failed.
type Status string

// The statuses.
const (
	StatusSuccess   Status = "success"
	StatusCancelled Status = "cancelled"
	StatusFailed    Status = "failed"
	StatusPending   Status = "pending"
)

// Status returns the state for the front end.
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
	Ref        string // the reference number, which the backend knows and the deeplink contains
	MiniAppID  string
	Via        Via
	PartnerRef string // partnerReferenceNo or order_id: the mini app's own number, which need not be unique
	ExternalID string // X-EXTERNAL-ID of the request that made it
	Amount     money.Rupiah
	Refunded   money.Rupiah // the sum of the refunds; at most Amount
	Refunding  money.Rupiah // the sum of the refunds that the provider has not answered; with Refunded at most Amount
	Title      string       // a description of the order
	Details    string       // JSON of the order that later answers return; empty for none
	State      State
	SheetAsk   string // the ask of the open sheet; empty for none
	Charge     string // the charge under way at the operator's provider; empty for none
	UserID     string // the user that paid
	CreatedAt  int64  // ms since the epoch
	ExpiresAt  int64
	SettledAt  int64 // when it became final
	ShownAt    int64 // when a page learned that it is paid; 0 for never
	ProvedAt   int64 // when the mini app's backend learned that it is paid, by a status request or a notification
	WarnedAt   int64 // when the journal warned that the backend did not learn it
}

// Via is the API by which a payment was made.
type Via string

// The ways.
const (
	ByControl  Via = "control"  // by hand, in dev
	BySnap     Via = "snap"     // payment-host-to-host (seamless-payment-v2)
	ByCheckout Via = "checkout" // a Snap Checkout transaction (miniapp-x-snap-checkout-payment)
)

// Refund is a refund of a part or all of a paid payment (refund-api).
type Refund struct {
	No        string // refundNo
	Payment   string
	PartnerNo string // partnerRefundNo: the idempotency key of the refund
	Amount    money.Rupiah
	Reason    string
	At        int64 // ms since the epoch
}

// The lifetime of a payment: the default, and the limits of validUpTo (seamless-payment-v2).
const (
	DefaultLife = 15 * time.Minute
	MinLife     = 20 * time.Second
	MaxLife     = 180 * 24 * time.Hour
)

// Cursor is the cursor of the pages after this payment.
func (p Payment) Cursor() string { return strconv.FormatInt(p.CreatedAt, 10) + "." + p.Ref }

// Store stores payments.
type Store interface {
	Insert(ctx context.Context, p Payment) error
	// Get returns a payment, or a problem PaymentUnknown.
	Get(ctx context.Context, ref string) (Payment, error)
	// List returns a page of the payments, newest first.
	List(ctx context.Context, p store.Page) ([]Payment, error)
	// Due returns payments that are not final although their time has passed, at most
	// limit. Payments in a sheet, and payments that a charge holds, are not due.
	Due(ctx context.Context, now int64, limit int) ([]Payment, error)
	// Of returns the newest payment of a mini app that a request with this
	// X-EXTERNAL-ID made, or a problem PaymentUnknown. An empty via matches
	// every API.
	Of(ctx context.Context, miniAppID, externalID string, via Via) (Payment, error)
	// Unproved returns payments made by a backend that a page learned of until
	// shownUntil, but the backend did not, and that have no warning yet, at
	// most limit.
	Unproved(ctx context.Context, shownUntil int64, limit int) ([]Payment, error)
	// Change loads a payment, calls fn to change it, and saves it.
	Change(ctx context.Context, ref string, fn func(*Payment) error) error
	// InsertRefund stores a refund. The caller changes the payment's Refunded.
	InsertRefund(ctx context.Context, r Refund) error
	// Refunds returns the refunds of payments, oldest first.
	Refunds(ctx context.Context, refs ...string) ([]Refund, error)
}

// Unknown returns the problem for a payment that does not exist.
func Unknown(ref string) error {
	return problem.New(problem.PaymentUnknown, "there is no payment with the reference %q", ref)
}
