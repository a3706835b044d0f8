// Package apikey has the keys of the operator API. A key authenticates a person or a
// program of the operator. It has a role, and may be limited to scopes.
//
// The text of a key is shown once, when it is made. The database has only its SHA-256
// hash: the text contains 256 random bits, so that a slow hash adds nothing.
//
//	active ──▶ expired    (its time has passed)
//	   └─────▶ revoked    (at once, or after the overlap of a rotation)
package apikey

import (
	"context"
	"slices"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// Key is a key without its secret.
type Key struct {
	ID     string
	Name   string
	Role   Role
	Scopes []Scope // empty: all that the role may do
	Hash   []byte  // SHA-256 of the key's text
	// Times are ms since the epoch. Zero means never.
	CreatedAt int64
	ExpiresAt int64
	RevokedAt int64
	UsedAt    int64  // the last use, to the minute
	CreatedBy string // the id of the key that made it; empty for the first one
}

// State is the state of a key.
type State string

// The states.
const (
	Active  State = "active"
	Expired State = "expired"
	Revoked State = "revoked"
)

// State returns the state at a time in ms since the epoch.
func (k Key) State(now int64) State {
	switch {
	case k.RevokedAt != 0 && now >= k.RevokedAt:
		return Revoked
	case k.ExpiresAt != 0 && now >= k.ExpiresAt:
		return Expired
	default:
		return Active
	}
}

// May returns nil if the key may do what needs a role and a scope, which is empty for
// none. Otherwise it returns a problem Forbidden.
func (k Key) May(role Role, scope Scope) error {
	if !k.Role.Includes(role) {
		return problem.New(problem.Forbidden, "this needs the role %s; the key %q has the role %s", role, k.Name, k.Role)
	}
	if scope != "" && len(k.Scopes) > 0 && !slices.Contains(k.Scopes, scope) {
		return problem.New(problem.Forbidden, "this needs the scope %s; the key %q is limited to %s", scope, k.Name, list(k.Scopes))
	}
	return nil
}

// Store stores keys.
type Store interface {
	Insert(ctx context.Context, k Key) error
	// Get returns a key, or a problem KeyUnknown.
	Get(ctx context.Context, id string) (Key, error)
	// List returns a page of the keys, newest first.
	List(ctx context.Context, p store.Page) ([]Key, error)
	// Change loads a key, calls fn to change its times, and saves them.
	Change(ctx context.Context, id string, fn func(*Key) error) error
	// Owners returns how many keys of owners are active at a time and never expire. It
	// locks them, so that two transactions cannot each revoke one of the last two.
	Owners(ctx context.Context, now int64) (int, error)
}

// Tx is the part of a transaction that keys use.
type Tx interface{ Keys() Store }

// Unknown returns the problem for a key that does not exist.
func Unknown(id string) error {
	return problem.New(problem.KeyUnknown, "there is no API key %q", id)
}
