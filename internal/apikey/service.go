package apikey

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/strict"
)

// Service makes and verifies keys.
type Service struct {
	DB    store.Database[Tx]
	Clock clock.Clock
	IDs   *id.Source
}

// Wish describes a new key.
type Wish struct {
	Name   string
	Role   Role
	Scopes []Scope
	Life   time.Duration // zero: it does not expire
	By     Key           // the key that makes it; the zero Key for the first one
}

const (
	maxName = 60
	maxLife = 10 * 365 * 24 * time.Hour
	// MaxOverlap is the longest time for which both keys of a rotation are valid.
	MaxOverlap = 30 * 24 * time.Hour
)

// Create makes a key in the transaction of its audit entry. It returns the key and its
// text, which is stored nowhere. A key cannot make a key that may do more. Its problems:
// BadRequest, Forbidden.
func (s *Service) Create(ctx context.Context, tx Tx, w Wish) (Key, string, error) {
	if err := w.check(); err != nil {
		return Key{}, "", err
	}
	now := s.Clock.Now()
	made := s.IDs.UUID()
	text := secret.NewAPIKey(made)
	k := Key{
		ID: made.String(), Name: w.Name, Role: w.Role, Scopes: w.Scopes, Hash: secret.Hash(text),
		CreatedAt: now.UnixMilli(), CreatedBy: w.By.ID,
	}
	if w.Life > 0 {
		k.ExpiresAt = now.Add(w.Life).UnixMilli()
	}
	return k, text, tx.Keys().Insert(ctx, k)
}

func (w Wish) check() error {
	switch n := utf8.RuneCountInString(w.Name); {
	case n < 1 || n > maxName || !strict.Line(w.Name):
		return problem.New(problem.BadRequest, "name must be one line of 1 to %d characters", maxName)
	case w.Life < 0 || w.Life > maxLife:
		return problem.New(problem.BadRequest, "a key lives from 1 second to 10 years; leave the time out for a key that does not expire")
	}
	if err := checkRights(w.Role, w.Scopes); err != nil {
		return err
	}
	if w.By.ID == "" {
		return nil
	}
	if !w.By.Role.Includes(w.Role) || (len(w.By.Scopes) > 0 && !within(w.Scopes, w.By.Scopes)) {
		return problem.New(problem.Forbidden, "the key %q cannot make a key that may do more than itself", w.By.Name)
	}
	return nil
}

// within reports whether scopes limit a key, to no more than most.
func within(scopes, most []Scope) bool {
	limit := Key{Role: Owner, Scopes: most}
	for _, one := range scopes {
		if limit.May(Viewer, one) != nil {
			return false
		}
	}
	return len(scopes) > 0
}

// First makes the first owner's key of a platform that has no key yet. Otherwise text is
// empty.
func (s *Service) First(ctx context.Context) (k Key, text string, err error) {
	err = s.DB.Write(ctx, func(tx Tx) error {
		text = ""
		have, err := tx.Keys().List(ctx, store.First(1))
		if err != nil || len(have) > 0 {
			return err
		}
		k, text, err = s.Create(ctx, tx, Wish{Name: "first owner", Role: Owner})
		return err
	})
	return k, text, err
}

// usedEvery is the precision of Key.UsedAt, so that most requests write nothing.
const usedEvery = time.Minute

// Authenticate returns the active key with a text. Its problem is Unauthorized, and does
// not say which part is wrong, except for an expired or revoked key.
func (s *Service) Authenticate(ctx context.Context, text string) (Key, error) {
	wrong := problem.New(problem.Unauthorized, "this is no API key of this platform; send Authorization: Bearer with a key that `selasar key create` printed")
	id, ok := secret.ParseAPIKey(text)
	if !ok {
		return Key{}, wrong
	}
	var k Key
	err := s.DB.Read(ctx, func(tx Tx) (err error) {
		k, err = tx.Keys().Get(ctx, id.String())
		return err
	})
	if problem.Is(err, problem.KeyUnknown) || (err == nil && !secret.HasHash(text, k.Hash)) {
		return Key{}, wrong
	}
	if err != nil {
		return Key{}, err
	}
	now := s.Clock.Now()
	if state := k.State(now.UnixMilli()); state != Active {
		return Key{}, problem.New(problem.Unauthorized, "the API key %q is %s; use another one", k.Name, state)
	}
	return k, s.use(ctx, k, now)
}

// use records the use of a key, at most once in a minute.
func (s *Service) use(ctx context.Context, k Key, now time.Time) error {
	recorded := now.Truncate(usedEvery).UnixMilli()
	if k.UsedAt >= recorded {
		return nil
	}
	return s.DB.Write(ctx, func(tx Tx) error {
		return tx.Keys().Change(ctx, k.ID, func(kept *Key) error {
			kept.UsedAt = max(kept.UsedAt, recorded)
			return nil
		})
	})
}
