package admin

import (
	"context"
	"math"
	"net/http"
	"time"

	"github.com/selasar/selasar/internal/apikey"
	"github.com/selasar/selasar/internal/store"
)

type keyView struct {
	ID        string         `json:"id"`
	Name      string         `json:"name"`
	Role      apikey.Role    `json:"role"`
	Scopes    []apikey.Scope `json:"scopes"`
	State     apikey.State   `json:"state"`
	CreatedAt int64          `json:"created_at"`
	ExpiresAt int64          `json:"expires_at,omitempty"`
	RevokedAt int64          `json:"revoked_at,omitempty"`
	UsedAt    int64          `json:"used_at,omitempty"`
	CreatedBy string         `json:"created_by,omitempty"`
	Key       string         `json:"key,omitempty"` // shown once
}

func (d *door) viewKey(k apikey.Key) keyView {
	return keyView{
		ID: k.ID, Name: k.Name, Role: k.Role, Scopes: append([]apikey.Scope{}, k.Scopes...), State: k.State(d.Clock.Now().UnixMilli()),
		CreatedAt: k.CreatedAt, ExpiresAt: k.ExpiresAt, RevokedAt: k.RevokedAt, UsedAt: k.UsedAt, CreatedBy: k.CreatedBy,
	}
}

// whoami returns the caller's own key.
func (d *door) whoami(_ context.Context, c *call) (any, error) { return d.viewKey(c.key), nil }

func (d *door) listKeys(ctx context.Context, c *call) (any, error) {
	return list(ctx, d, c, "keys", func(k apikey.Key) string { return k.ID }, d.viewKey, func(tx Tx, p store.Page) ([]apikey.Key, error) {
		return tx.Keys().List(ctx, p)
	})
}

func (d *door) createKey(ctx context.Context, tx Tx, c *call) (done, error) {
	var in struct {
		Name      string         `json:"name"`
		Role      apikey.Role    `json:"role"`
		Scopes    []apikey.Scope `json:"scopes"`
		ExpiresIn int64          `json:"expires_in"` // seconds; 0 for never
	}
	if err := c.decode(&in); err != nil {
		return done{}, err
	}
	k, text, err := d.Keys.Create(ctx, tx, apikey.Wish{Name: in.Name, Role: in.Role, Scopes: in.Scopes, Life: seconds(in.ExpiresIn), By: c.key})
	return d.madeKey(k, text, map[string]any{"name": in.Name, "role": in.Role, "scopes": in.Scopes, "expires_in": in.ExpiresIn}), err
}

func (d *door) rotateKey(ctx context.Context, tx Tx, c *call) (done, error) {
	var in struct {
		Overlap int64 `json:"overlap"` // seconds
	}
	if err := c.decode(&in); err != nil {
		return done{}, err
	}
	k, text, err := d.Keys.Rotate(ctx, tx, c.PathValue("id"), seconds(in.Overlap))
	return d.madeKey(k, text, map[string]any{"replaces": c.PathValue("id"), "overlap": in.Overlap}), err
}

func (d *door) madeKey(k apikey.Key, text string, detail any) done {
	v := d.viewKey(k)
	v.Key = text
	return done{Status: http.StatusCreated, Body: v, Target: k.ID, Detail: detail}
}

func (d *door) revokeKey(ctx context.Context, tx Tx, c *call) (done, error) {
	k, err := d.Keys.Revoke(ctx, tx, c.PathValue("id"))
	return done{Status: http.StatusNoContent, Target: k.ID, Detail: map[string]any{"name": k.Name}}, err
}

// seconds returns a duration of a request; the longest one for more seconds than it holds.
func seconds(n int64) time.Duration {
	if n > int64(math.MaxInt64/time.Second) {
		return math.MaxInt64
	}
	return max(time.Duration(n), -1) * time.Second
}

// rotateMasterKey changes the master key while the platform runs. The root key stays, and
// with it every credential, token and ledger.
func (d *door) rotateMasterKey(ctx context.Context, _ *call) (act, error) {
	next, settle, err := d.NextMasterKey(ctx)
	return func(ctx context.Context, tx Tx, _ *call) (done, error) {
		return done{
			Status: http.StatusNoContent, Target: "master key", after: func(context.Context) error { return settle() },
		}, tx.PutMasterKey(ctx, next)
	}, err
}
