package credential

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
)

// Grace is how long the previous generation stays valid after a rotation.
const Grace = 24 * time.Hour

// Rotate makes a new generation of a mini app's secrets and RSA pair, and returns
// the new set. The previous generation stays valid for Grace, so that the backend
// can switch. With revoke, it and its access tokens become invalid at once.
//
// The key that signs notifications stays, because a receiver knows only one public
// key. The private key never leaves the platform. Only revoke replaces it.
func (s *Service) Rotate(ctx context.Context, miniAppID string, revoke bool) (Set, error) {
	next, err := s.Prepare(ctx, miniAppID, revoke)
	if err != nil {
		return Set{}, err
	}
	err = s.DB.Write(ctx, func(tx Tx) error {
		_, err := s.RotateIn(ctx, tx, next)
		return err
	})
	if err != nil {
		return Set{}, err
	}
	return s.Of(ctx, miniAppID)
}

// Rotation has the keys of a new generation, which are not stored yet.
type Rotation struct {
	miniAppID       string
	revoke          bool
	private, notify []byte // notify is nil without revoke
}

// Prepare makes the keys of a new generation, which takes a moment, for RotateIn.
func (s *Service) Prepare(ctx context.Context, miniAppID string, revoke bool) (Rotation, error) {
	if _, err := s.ensured(ctx, miniAppID); err != nil {
		return Rotation{}, err
	}
	private, notify, err := s.renewed(ctx, miniAppID, revoke)
	return Rotation{miniAppID, revoke, private, notify}, err
}

// RotateIn is Rotate in the caller's transaction. It returns the new record.
func (s *Service) RotateIn(ctx context.Context, tx Tx, next Rotation) (kept Record, err error) {
	err = tx.Credentials().Change(ctx, next.miniAppID, func(r *Record) error {
		if err := s.retire(r, next.revoke); err != nil {
			return err
		}
		r.Generation++
		r.PrivateKey, r.MadeAt = next.private, s.Clock.Now().UnixMilli()
		if next.revoke {
			r.NotifyKey = next.notify
		}
		kept = *r
		return nil
	})
	if err != nil {
		return kept, err
	}
	return kept, tx.Journal().Append(ctx, rotated(kept))
}

// renewed makes the keys of a new generation; notify is nil without revoke.
func (s *Service) renewed(ctx context.Context, miniAppID string, revoke bool) (private, notify []byte, err error) {
	if revoke {
		return s.newKeys(ctx, miniAppID)
	}
	private, err = s.newKey(ctx, privateOf+miniAppID)
	return private, nil, err
}

// retire makes the current generation the previous one.
func (s *Service) retire(r *Record, revoke bool) error {
	r.Previous, r.PreviousUntil = nil, 0
	if revoke {
		return nil
	}
	old, err := s.privateKey(r.PrivateKey, privateOf+r.MiniAppID)
	if err != nil {
		return err
	}
	r.Previous = s.Key.Encrypt(string(publicDER(&old.PublicKey)), previousOf+r.MiniAppID)
	r.PreviousUntil = s.Clock.Now().Add(Grace).UnixMilli()
	return nil
}

// rotated returns the journal entry of a new generation.
func rotated(r Record) journal.Entry {
	happened := event.CredentialRotated
	if r.PreviousUntil == 0 {
		happened = event.CredentialRevoked
	}
	return happened.Entry(event.Scope{MiniAppID: r.MiniAppID}, event.Credential{
		Generation: r.Generation, PreviousUntil: r.PreviousUntil, GraceMS: Grace.Milliseconds(),
	})
}
