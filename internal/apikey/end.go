package apikey

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/problem"
)

// Revoke makes a key invalid at once. It refuses to revoke the last owner's key that does
// not expire, because nobody could then manage the platform. Its problems: KeyUnknown,
// Conflict.
func (s *Service) Revoke(ctx context.Context, tx Tx, id string) (k Key, err error) {
	now := s.Clock.Now().UnixMilli()
	err = tx.Keys().Change(ctx, id, func(kept *Key) error {
		if kept.State(now) == Revoked {
			k = *kept
			return nil
		}
		if err := s.spare(ctx, tx, *kept, now); err != nil {
			return err
		}
		kept.RevokedAt = now
		k = *kept
		return nil
	})
	return k, err
}

// spare returns a problem if a key is the last one of an owner that stays valid.
func (s *Service) spare(ctx context.Context, tx Tx, k Key, now int64) error {
	if k.Role != Owner || len(k.Scopes) > 0 || k.ExpiresAt != 0 || k.State(now) != Active {
		return nil
	}
	left, err := tx.Keys().Owners(ctx, now)
	if err == nil && left < 2 {
		err = problem.New(problem.Conflict, "%q is the last key of an owner that does not expire; make another one first", k.Name)
	}
	return err
}

// Rotate makes a key with the rights of another one, which stays valid for overlap. It
// returns the new key and its text. Its problems: KeyUnknown, Conflict for a key that is
// no longer active, BadRequest.
func (s *Service) Rotate(ctx context.Context, tx Tx, id string, overlap time.Duration) (Key, string, error) {
	if overlap < 0 || overlap > MaxOverlap {
		return Key{}, "", problem.New(problem.BadRequest, "the overlap is 0 seconds to 30 days")
	}
	now := s.Clock.Now()
	old, err := tx.Keys().Get(ctx, id)
	if err != nil {
		return Key{}, "", err
	}
	if state := old.State(now.UnixMilli()); state != Active || old.RevokedAt != 0 {
		return Key{}, "", problem.New(problem.Conflict, "the API key %q is %s, or was already rotated", old.Name, state)
	}
	wish := Wish{Name: old.Name, Role: old.Role, Scopes: old.Scopes}
	if old.ExpiresAt != 0 {
		wish.Life = time.Duration(old.ExpiresAt-old.CreatedAt) * time.Millisecond
	}
	next, text, err := s.Create(ctx, tx, wish)
	if err != nil {
		return Key{}, "", err
	}
	return next, text, tx.Keys().Change(ctx, id, func(kept *Key) error {
		kept.RevokedAt = now.Add(overlap).UnixMilli()
		return nil
	})
}
