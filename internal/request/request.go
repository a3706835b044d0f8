// Package request makes a mini app's backend calls idempotent by their
// Request-Id or X-EXTERNAL-ID, for 24 hours per mini app. A retry returns the
// first answer again. Another call with the same id is refused.
package request

import (
	"bytes"
	"context"
	"crypto/sha256"
	"time"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// Kept is how long a request id stays reserved for its first call.
const Kept = 24 * time.Hour

// Space is the namespace of a request id: the header or field that carries it.
type Space string

// The spaces.
const (
	RequestID      Space = "Request-Id"      // mini-app APIs
	ExternalID     Space = "X-EXTERNAL-ID"   // BI-SNAP
	OrderID        Space = "order_id"        // Snap Checkout
	IdempotencyKey Space = "Idempotency-Key" // operator API
)

// Request is one backend call with its idempotency key.
type Request struct {
	MiniAppID string
	Space     Space
	ID        string // the value of the header; empty for none
	Operation string // such as "token"
	BodyHash  []byte // SHA-256 of the body and of the parts that With adds
	Subject   string // the id of the first call's result, from which a retry is answered
	Answer    []byte // the first answer, when a retry must return the same bytes
	At        int64  // ms since the epoch
}

// Of returns the request of a call.
func Of(miniAppID, id, operation string, body []byte, now time.Time) Request {
	sum := sha256.Sum256(body)
	return Request{MiniAppID: miniAppID, Space: RequestID, ID: id, Operation: operation, BodyHash: sum[:], At: now.UnixMilli()}
}

// With returns r with further parts that a retry must repeat, such as the path or
// the user.
func (r Request) With(more ...string) Request {
	hash := sha256.New()
	for _, one := range append([]string{string(r.BodyHash)}, more...) {
		part := sha256.Sum256([]byte(one))
		hash.Write(part[:])
	}
	r.BodyHash = hash.Sum(nil)
	return r
}

// Store stores requests by mini app, space and id.
type Store interface {
	// Get returns the request that used the id of r at or after since.
	Get(ctx context.Context, r Request, since int64) (Request, bool, error)
	// Insert stores a request. It replaces a request with the same id that is older than since.
	Insert(ctx context.Context, r Request, since int64) error
}

// Earlier returns the first call that r retries. Its problem is KeyReused when
// another call used the same id.
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

// Keep stores a call with its result. It does nothing for a call without an id.
func Keep(ctx context.Context, s Store, r Request, subject string) error {
	if r.ID == "" {
		return nil
	}
	r.Subject = subject
	return s.Insert(ctx, r, since(r))
}

// Tx is the part of a transaction that Once uses.
type Tx interface{ Requests() Store }

// Once calls do and stores its subject and answer with r, all in one transaction.
// For a retry, it returns the stored request with replayed set, and does not call
// do. When do fails, nothing is stored, and the id can be used again.
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
