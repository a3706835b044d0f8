// Package audit records every privileged act in an append-only log. The entries are a
// keyed hash chain (package chain), so that a removed, changed or reordered one is found.
//
// An act calls [Log.Append] in its own transaction: the act and its entry exist
// together, or not at all. No entry is ever deleted.
package audit

import (
	"context"
	"encoding/json"

	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
)

// System is the actor of what Selasar does without a caller.
const System = "system"

// Entry is one entry of the log.
type Entry struct {
	ID        string          `json:"id"`
	Number    int64           `json:"number"` // from 1, without gaps
	At        int64           `json:"at"`     // ms since the epoch
	Actor     string          `json:"actor"`  // the id of an API key, or System
	Name      string          `json:"name"`   // the key's name
	Role      string          `json:"role"`
	Action    string          `json:"action"` // such as "mini_app.suspended"
	Target    string          `json:"target"` // the id of what was acted on
	MiniAppID string          `json:"mini_app_id,omitempty"`
	UserID    string          `json:"user_id,omitempty"`
	Detail    json.RawMessage `json:"detail,omitempty"` // without secrets
	RequestID string          `json:"request_id"`
	Address   string          `json:"address"` // of the caller
	Hash      []byte          `json:"-"`       // of the log up to this entry
}

// Content returns what the chain protects.
func (e Entry) Content() chain.Content {
	c := chain.Content{}.Number(e.At)
	for _, text := range []string{e.ID, e.Actor, e.Name, e.Role, e.Action, e.Target, e.MiniAppID, e.UserID, string(e.Detail), e.RequestID, e.Address} {
		c = c.Text(text)
	}
	return c
}

// Filter selects the entries to list. An empty member selects all.
type Filter struct {
	Actor     string
	Action    string // a whole name, or its beginning up to a dot: "mini_app."
	MiniAppID string
	UserID    string
	Since     int64 // ms since the epoch, included
	Until     int64 // not included
}

// Store stores the log. Entries cannot be changed or removed.
type Store interface {
	// Insert adds an entry at the end of the chain. It ignores Number and Hash.
	Insert(ctx context.Context, e Entry) error
	// List returns a page of the selected entries, newest first. The cursor is the
	// number of an entry.
	List(ctx context.Context, of Filter, p store.Page) ([]Entry, error)
	// ListFrom returns the entries from a number on, oldest first.
	ListFrom(ctx context.Context, number int64, limit int) ([]Entry, error)
	// Heads returns the heads of the chain: one.
	Heads(ctx context.Context) ([]chain.Head, error)
}

// Tx is the part of a transaction that the log uses.
type Tx interface {
	Audit() Store
}

// Ledger returns the chain of the log.
func Ledger(key *secret.Key) *chain.Ledger { return chain.New(key, "audit", 1) }
