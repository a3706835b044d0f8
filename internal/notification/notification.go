// Package notification is what a mini app's backend is told of its payments:
// a signed POST for every change of state (payment-notification-api).
//
//	waiting ──▶ delivered    a try was answered as it should be
//	   │  ▲
//	   │  └── a try failed: the next one waits for its time
//	   └─────▶ dead          the last try failed, or the receiver is gone; it can be replayed
//
// A notification is kept in the transaction of the change that it tells of, so
// that one is there exactly when the other is. It is delivered at least once,
// and those of one payment in their order: the next waits until the one before
// it is delivered or dead. Its id is the same at every try.
//
// A receiver that answers 410 is gone: what comes after is dead without a try,
// until the mini app's URL is another, or somebody replays one.
package notification

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/miniapp"
)

// State is where a notification stands.
type State string

// The states.
const (
	Waiting   State = "waiting"
	Delivered State = "delivered"
	Dead      State = "dead"
)

// Kept is how long a notification stays on record, with its tries, once it is
// delivered or dead.
const Kept = 30 * 24 * time.Hour

// Notification is one message to a mini app's backend.
type Notification struct {
	ID        string
	MiniAppID string
	Payment   string // reference number
	Number    int    // its place among those of the payment, from 1
	Status    Status
	Body      string // compact JSON: exactly the bytes that are sent and signed
	State     State
	Attempts  int   // tries begun
	NextAt    int64 // ms since the epoch: no try before; while one is under way, when its lease ends
	CreatedAt int64
	EndedAt   int64 // when it was delivered or given up; 0 while it waits
}

// Delivery is one try.
type Delivery struct {
	NotificationID  string
	Attempt         int // from 1
	At              int64
	URL             string
	Status          int             // of HTTP; 0 when there was no answer
	Reason          event.TryReason // why it failed; empty when it did not
	Error           string          // the reason in English words, with what the network said
	RequestHeaders  string          // as sent, a line each; the signature is no secret
	ResponseHeaders string
	ResponseBody    string // its beginning
	Duration        time.Duration
}

// Filter says which notifications to list; what is empty leaves out none.
type Filter struct {
	Payment string
	State   State
}

// Store keeps notifications and their tries.
type Store interface {
	// Insert keeps a new notification as the next one of its payment and gives
	// its number.
	Insert(ctx context.Context, n Notification) (number int, err error)
	// Get gives a notification; found is false when there is none.
	Get(ctx context.Context, id string) (n Notification, found bool, err error)
	// List gives the newest notifications that it is asked for, at most limit.
	List(ctx context.Context, of Filter, limit int) ([]Notification, error)
	// Deliveries gives the tries of a notification, oldest first.
	Deliveries(ctx context.Context, id string) ([]Delivery, error)
	// Again makes a notification due at a moment, whatever its state, and with
	// it those of its payment that wait for it.
	Again(ctx context.Context, id string, at int64) error
	// Gone gives the URL at which a mini app's receiver is gone; empty for none.
	Gone(ctx context.Context, miniAppID string) (url string, err error)
	// PutGone keeps that, or with an empty URL that it is back.
	PutGone(ctx context.Context, miniAppID, url string) error
}

// Outbox is the notifications that wait, as who sends them sees them.
type Outbox interface {
	// Receivers gives the mini apps for which a notification is due.
	Receivers(ctx context.Context, now int64) (miniAppIDs []string, err error)
	// Claim takes notifications to a mini app that are due and are the first
	// waiting one of their payment, at most limit: it counts the try that
	// begins, and leases them until a moment. However many claim at once, each
	// gets others.
	Claim(ctx context.Context, miniAppID string, now, until int64, limit int) ([]Notification, error)
	// Failures counts the failed tries of a notification. A try that a stop of
	// the sender broke off is no failure of the receiver's, and uses up none.
	Failures(ctx context.Context, id string) (int, error)
	// Finish keeps a try and what comes of it. When a later try has begun
	// meanwhile, or the notification is gone, it gives false: then the try is
	// kept where there is something to keep it with, and nothing comes of it.
	Finish(ctx context.Context, d Delivery, to State, next, ended int64) (bool, error)
	// Release makes the notifications due whose try was begun and never
	// finished, by a process that is no more. Only the one process of a
	// database may say so; where there are several, leases run out.
	Release(ctx context.Context, now int64) (int64, error)
}

// Tx is what a change of a payment touches to tell of it.
type Tx interface {
	Notifications() Store
	Journal() journal.Appender
}

// Prover notes that a mini app's backend learned that a payment is paid.
type Prover interface {
	// Prove notes the first such moment, in ms since the epoch. It does
	// nothing to a payment that is not paid.
	Prove(ctx context.Context, payment string, at int64) error
}

// SenderTx is what sending touches.
type SenderTx interface {
	Tx
	Outbox() Outbox
	MiniApps() miniapp.Store
	Proofs() Prover
}
