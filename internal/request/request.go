// Package request makes a mini app's backend calls idempotent by their
// Request-Id or X-EXTERNAL-ID, for 24 hours per mini app: a retry gets the
// first answer again, another call under the same id is refused.
package request

import (
	"bytes"
	"context"
	"crypto/sha256"
	"time"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// Kept is how long a Request-Id stands for its first call.
const Kept = 24 * time.Hour

// Space is a header whose values are told apart from those of others.
type Space string

// The spaces.
const (
	RequestID  Space = "Request-Id"    // of the mini-app APIs
	ExternalID Space = "X-EXTERNAL-ID" // of BI-SNAP
	OrderID    Space = "order_id"      // of Snap Checkout
)

// Request is one backend call as its idempotency sees it.
type Request struct {
	MiniAppID string
	Space     Space
	ID        string // the header's value; empty when there was none
	Operation string // such as "token"
	BodyHash  []byte // SHA-256 of the body's bytes, and of what With adds
	Subject   string // what the first call made, by id, to answer a retry from
	Answer    []byte // the first answer, where a retry gets the same bytes
	At        int64  // ms since the epoch
}

// Of makes the request of a call.
func Of(miniAppID, id, operation string, body []byte, now time.Time) Request {
	sum := sha256.Sum256(body)
	return Request{MiniAppID: miniAppID, Space: RequestID, ID: id, Operation: operation, BodyHash: sum[:], At: now.UnixMilli()}
}

// With gives the request of a call that a retry repeats more of than its body:
// its path, or the user it is made for.
func (r Request) With(more ...string) Request {
	hash := sha256.New()
	for _, one := range append([]string{string(r.BodyHash)}, more...) {
		part := sha256.Sum256([]byte(one))
		hash.Write(part[:])
	}
	r.BodyHash = hash.Sum(nil)
	return r
}

// Store keeps requests by mini app, space and id.
type Store interface {
	// Get gives the request that used the id of r, if one did since the given moment.
	Get(ctx context.Context, r Request, since int64) (Request, bool, error)
	// Insert keeps a request; one of the same id that is older than since is replaced.
	Insert(ctx context.Context, r Request, since int64) error
}

// Earlier gives the first call that r retries. It refuses a Request-Id that
// stands for something else.
func Earlier(ctx context.Context, s Store, r Request) (first Request, found bool, err error) {
	if r.ID == "" {
		return Request{}, false, nil
	}
	first, found, err = s.Get(ctx, r, since(r))
	if err != nil || !found {
		return Request{}, false, err
	}
	if first.Operation != r.Operation || !bytes.Equal(first.BodyHash, r.BodyHash) {
		return Request{}, false, problem.New(problem.KeyReused,
			"%s %q was used within 24 hours for another call; send a new one", r.Space, r.ID)
	}
	return first, true, nil
}

// Keep remembers a call that has an id, with what it made.
func Keep(ctx context.Context, s Store, r Request, subject string) error {
	if r.ID == "" {
		return nil
	}
	r.Subject = subject
	return s.Insert(ctx, r, since(r))
}

// Tx is what a request that is done once touches, beside its effect.
type Tx interface{ Requests() Store }

// Once does what r asks for and keeps what do gives, the subject and the
// answer's bytes, in one transaction: either both are there or neither. A
// retry gets what was kept, and nothing is done again; replayed says so. What
// fails keeps nothing, and leaves the id free.
func Once[T Tx](ctx context.Context, db store.Database[T], r Request, do func(tx T) (subject string, answer []byte, err error)) (kept Request, replayed bool, err error) {
	err = db.Write(ctx, func(tx T) (err error) {
		if kept, replayed, err = Earlier(ctx, tx.Requests(), r); err != nil || replayed {
			return err
		}
		kept = r
		if kept.Subject, kept.Answer, err = do(tx); err != nil {
			return err
		}
		return Keep(ctx, tx.Requests(), kept, kept.Subject)
	})
	return kept, replayed, err
}

func since(r Request) int64 { return r.At - Kept.Milliseconds() }
