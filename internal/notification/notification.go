// Package notification sends payment notifications to mini apps' backends: a signed
// POST for every change of a payment's state (payment-notification-api).
//
//	waiting ──▶ delivered    a try got the expected answer
//	   │  ▲
//	   │  └── a try failed: the next one follows after a wait
//	   └─────▶ dead          the last try failed, or the receiver is gone; it can be replayed
//
// A notification is stored in the transaction of its change, so that neither exists
// without the other. It is delivered at least once. The notifications of a payment
// are delivered in order: each waits until the one before it is delivered or dead.
// The id is the same at every try.
//
// A receiver that answers 410 counts as gone. Further notifications are dead without
// a try, until the mini app's URL changes or a notification is replayed.
package notification

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/trace"
)

// State is the state of a notification.
type State string

// The states.
const (
	Waiting   State = "waiting"
	Delivered State = "delivered"
	Dead      State = "dead"
)

// Kept is how long a delivered or dead notification stays in the database with its
// tries.
const Kept = 30 * 24 * time.Hour

// Notification is one message to a mini app's backend.
type Notification struct {
	ID        string
	MiniAppID string
	Payment   string // reference number
	Number    int    // the position among the payment's notifications, from 1
	Status    Status
	Body      string // compact JSON: the exact bytes that are sent and signed
	State     State
	Attempts  int   // tries that were started
	NextAt    int64 // ms since the epoch: the time of the next try, or during a try the end of its lease by the machine's clock
	CreatedAt int64
	EndedAt   int64        // when it was delivered or became dead; 0 while it is waiting
	Trace     trace.Parent // of the request that caused it; empty for none
}

// Delivery is the record of one try.
type Delivery struct {
	NotificationID  string
	Attempt         int // from 1
	At              int64
	URL             string
	Status          int             // the HTTP status; 0 without an answer
	Reason          event.TryReason // the reason of the failure; empty for a success
	Error           string          // the reason in English, with the text of a network error
	RequestHeaders  string          // as sent, one per line; the signature is not secret
	ResponseHeaders string
	ResponseBody    string // the first part of the body
	Duration        time.Duration
}

// Filter selects the notifications to list. An empty member selects all.
type Filter struct {
	Payment string
	State   State
}

// Store stores notifications and their tries.
type Store interface {
	// Insert stores a new notification as the next one of its payment and
	// returns its number.
	// A notification with a number keeps it, and a number that is taken is refused:
	// so the first of a payment needs no look at the others.
	Insert(ctx context.Context, n Notification) (number int, err error)
	// Get returns a notification; found is false when there is none.
	Get(ctx context.Context, id string) (n Notification, found bool, err error)
	// List returns a page of the notifications of the filter, newest first.
	List(ctx context.Context, of Filter, p store.Page) ([]Notification, error)
	// Deliveries returns the tries of notifications, oldest first.
	Deliveries(ctx context.Context, ids ...string) ([]Delivery, error)
	// Again makes a notification due at a time, in any state, and also the
	// waiting ones of its payment that follow it.
	Again(ctx context.Context, id string, at int64) error
	// Backlog returns the number of waiting notifications, and when the oldest of them was
	// made, in ms since the epoch.
	Backlog(ctx context.Context) (waiting int, oldest int64, err error)
	// Dead returns the ids of a mini app's dead notifications that were made at since or
	// later, oldest first, at most limit.
	Dead(ctx context.Context, miniAppID string, since int64, limit int) ([]string, error)
	// Gone returns the URL of a mini app that answered 410; empty for none.
	Gone(ctx context.Context, miniAppID string) (url string, err error)
	// PutGone sets that URL; an empty one clears it.
	PutGone(ctx context.Context, miniAppID, url string) error
}

// Moment is the present on two clocks, in ms since the epoch.
type Moment struct {
	Platform int64 // decides what is due
	Machine  int64 // decides whether a lease has ended; it never runs ahead of Platform
}

// Outbox gives the sender access to the waiting notifications.
type Outbox interface {
	// Receivers returns the mini apps for which a notification is due.
	Receivers(ctx context.Context, now Moment) (miniAppIDs []string, err error)
	// Claim leases due notifications of a mini app until a time of the machine, at most
	// limit, and counts the try of each. It takes only the first waiting notification
	// of each payment. Concurrent claims never return the same notification.
	Claim(ctx context.Context, miniAppID string, now Moment, until int64, limit int) ([]Notification, error)
	// Failures returns how many tries of a notification failed, without those
	// that a stop of the sender broke off.
	Failures(ctx context.Context, id string) (int, error)
	// Finish stores a try and its result. When a later try has started, or the
	// notification was deleted, it returns false and changes no notification;
	// it still stores the try if the notification exists.
	Finish(ctx context.Context, d Delivery, to State, next, ended int64) (bool, error)
	// Release ends all leases: notifications with an unfinished try of a killed
	// process become due. It must only be called by the only process of a
	// database. With several processes, leases expire instead.
	Release(ctx context.Context, now int64) (int64, error)
}

// Tx is the part of a transaction that Enqueue and Replay use.
type Tx interface {
	Notifications() Store
	Journal() journal.Appender
}

// Prover records that a mini app's backend learned that a payment is paid.
type Prover interface {
	// Prove records the first such time, in ms since the epoch. It does
	// nothing for a payment that is not paid.
	Prove(ctx context.Context, payment string, at int64) error
}

// SenderTx is the part of a transaction that the sender uses.
type SenderTx interface {
	Tx
	Outbox() Outbox
	MiniApps() miniapp.Store
	Proofs() Prover
}
