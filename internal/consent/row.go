package consent

import (
	"bytes"
	"context"

	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
)

// chains is the number of chains of the ledger. The entries of a user are in one chain,
// so that the decisions of different users seldom wait for each other.
const chains = 64

// Chains returns the chains of the ledger.
func Chains(key *secret.Key) *chain.Ledger { return chain.New(key, "consents", chains) }

// Row is an entry with its place in the ledger.
type Row struct {
	Entry
	Link       chain.Link
	Salt       []byte // random; empty after an erasure
	Commitment []byte // to the entry, with the salt
	ErasedAt   int64  // ms since the epoch; 0 for an entry with its content
	Tombstone  []byte // the proof of an erasure
}

// Ledger is the ledger in its whole, for its keeper.
type Ledger interface {
	// ListRows returns a page of the rows of a user over all mini apps, oldest first.
	ListRows(ctx context.Context, userID string, p store.Page) ([]Row, error)
	// GetRow returns a row by the id of its entry. Its problem is NotFound.
	GetRow(ctx context.Context, id string) (Row, error)
	// ListUsers returns a page of the ids of the users with a decision about a mini app.
	// The cursor is the last of them.
	ListUsers(ctx context.Context, miniAppID string, p store.Page) ([]string, error)
	// Erase replaces a row by its erasure.
	Erase(ctx context.Context, before, after Row) error
	// ListFrom returns the rows from a place on, by chain and number.
	ListFrom(ctx context.Context, from chain.Link, limit int) ([]Row, error)
	// Heads returns the heads of the chains.
	Heads(ctx context.Context) ([]chain.Head, error)
}

// LedgerTx is the part of a transaction that the keeper of the ledger uses.
type LedgerTx interface {
	Tx
	Ledger() Ledger
}

// Content returns what the chain protects of an entry.
func (e Entry) Content() chain.Content {
	c := chain.Content{}.Number(e.At)
	for _, text := range []string{
		e.ID, e.UserID, e.MiniAppID, string(e.Name), string(e.Action), e.Wording, e.AppVersion, e.LaunchID, string(e.Source),
	} {
		c = c.Text(text)
	}
	return c
}

// erased returns the row without the user, the wording and the launch. The mini app, the
// kind of data, the decision and the time remain, and belong to nobody.
func (r Row) erased(ledger *chain.Ledger, at int64) Row {
	r.UserID, r.Wording, r.LaunchID, r.Salt, r.ErasedAt = "", "", "", nil, at
	r.Tombstone = r.tombstone(ledger)
	return r
}

func (r Row) tombstone(ledger *chain.Ledger) []byte {
	return ledger.Tombstone(r.Link, r.Commitment, r.Content().Bytes(r.Salt).Number(r.ErasedAt))
}

// checked returns the row for a check of the ledger.
func (r Row) checked(ledger *chain.Ledger) chain.Row {
	one := chain.Row{Link: r.Link, ID: r.ID, Commitment: r.Commitment, Erased: r.ErasedAt != 0}
	if one.Erased {
		one.Intact = bytes.Equal(r.Tombstone, r.tombstone(ledger))
	} else {
		one.Intact = len(r.Tombstone) == 0 && bytes.Equal(r.Commitment, ledger.Commit(r.Salt, r.Content()))
	}
	return one
}
