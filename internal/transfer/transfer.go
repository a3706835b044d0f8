// Package transfer moves money at the operator's own provider: a charge of a user for a
// payment, or a refund of a charge. A platform without a provider has no transfers; there
// the built-in wallet moves the money in the transaction of the payment.
//
//	sending ──▶ done         the provider moved the money
//	   │  ▲
//	   │  └── no certain answer: the sender asks for it again after a wait
//	   ├─────▶ declined      the provider declined; no money moved
//	   └─────▶ cancelled     the provider has not moved it, and refuses it from now on
//
// A transfer is stored before it is sent, and its id is the idempotency key. An answer can
// be lost after the money has moved. So the sender never guesses: it asks the provider for
// the id until the answer is certain, also after a restart.
package transfer

import (
	"context"

	"github.com/selasar/selasar/internal/money"
)

// Kind is what a transfer does.
type Kind string

// The kinds.
const (
	Charge Kind = "charge" // from the user to the mini app
	Refund Kind = "refund" // back to the user
)

// State is the state of a transfer.
type State string

// The states.
const (
	Sending   State = "sending"
	Done      State = "done"
	Declined  State = "declined"
	Cancelled State = "cancelled"
)

// Reasons of outcomes that the platform knows. A provider may give others.
const (
	InsufficientFunds = "insufficient_funds"
	Unreachable       = "unreachable" // the transfer was not sent
)

// Transfer is one movement of money at the provider.
type Transfer struct {
	ID        string // the idempotency key; of a refund, its refund number
	Kind      Kind
	Payment   string // the reference number
	MiniAppID string
	UserID    string // the user that pays, or gets the money back
	Amount    money.Rupiah
	Title     string // of the payment
	ChargeID  string // of a refund: the charge that it returns
	PartnerNo string // of a refund: partnerRefundNo
	Note      string // of a refund: the reason that the mini app's backend gave
	Until     int64  // of a charge: it is not sent at or after this time, in ms since the epoch
	State     State
	Reason    string // why it was declined or cancelled
	Attempts  int    // tries that were started
	NextAt    int64  // ms of the machine's clock: the next try, or during a try the end of its lease
	CreatedAt int64  // ms since the epoch
	EndedAt   int64  // 0 while it is sending
}

// Outcome is a certain answer of the provider.
type Outcome struct {
	State  State // Done, Declined or Cancelled
	Reason string
}

// Store stores transfers.
type Store interface {
	Insert(ctx context.Context, t Transfer) error
	// Get returns a transfer; found is false when there is none.
	Get(ctx context.Context, id string) (t Transfer, found bool, err error)
	// List returns the transfers of a payment, oldest first.
	List(ctx context.Context, payment string) ([]Transfer, error)
	// Due reports whether a transfer is due at a time of the machine.
	Due(ctx context.Context, now int64) (bool, error)
	// Claim leases transfers whose time has come, at most limit, until a time of the
	// machine, and counts the try of each. Concurrent claims never return the same one.
	Claim(ctx context.Context, now, until int64, limit int) ([]Transfer, error)
	// Postpone sets the time of the next try. It does nothing after a later try has
	// started, or when the transfer has ended.
	Postpone(ctx context.Context, t Transfer, next int64) error
	// Finish ends a transfer. It returns false, and changes nothing, when it ended before.
	Finish(ctx context.Context, id string, o Outcome, at int64) (bool, error)
	// Release ends all leases: the transfers of a killed process become due. Only the
	// only process of a database may call it.
	Release(ctx context.Context, now int64) error
}

// Tx is the part of a transaction that the sender uses.
type Tx interface{ Transfers() Store }
