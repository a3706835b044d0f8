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
	if _, err := s.ensured(ctx, miniAppID); err != nil {
		return Set{}, err
	}
	private, notify, err := s.renewed(ctx, miniAppID, revoke)
	if err != nil {
		return Set{}, err
	}
	err = s.DB.Write(ctx, func(tx Tx) error {
		var next Record
		err := tx.Credentials().Change(ctx, miniAppID, func(r *Record) error {
			if err := s.retire(r, revoke); err != nil {
				return err
			}
			r.Generation++
			r.PrivateKey, r.MadeAt = private, s.Clock.Now().UnixMilli()
			if revoke {
				r.NotifyKey = notify
			}
			next = *r
			return nil
		})
		if err != nil {
			return err
		}
		return tx.Journal().Append(ctx, rotated(next))
	})
	if err != nil {
		return Set{}, err
	}
	return s.Of(ctx, miniAppID)
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
