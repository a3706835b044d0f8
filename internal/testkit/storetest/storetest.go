// Package storetest is the contract of a database: what the store of each noun stores
// and refuses, and the guarantees of a transaction. Every database passes it
// unchanged. It knows no rule: the races of rules are in ruletest, and the sending of
// notifications is in sendtest.
//
// A database's own tests call [Run] with a function that opens an empty one.
package storetest

import (
	"context"
	"testing"

	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/blob"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/reward"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/setting"
	"github.com/selasar/selasar/internal/store"
)

// Tx has the stores of every noun.
type Tx interface {
	jsapi.Tx
	login.Tx
	bank.Tx
	blob.Tx
	setting.Tx
	notification.SenderTx
	message.Tx
	reward.Tx
	credential.Tx
	audit.Tx
	consent.LedgerTx
}

// Database is an open database.
type Database struct {
	store.Database[Tx]
	Keeper Keeper
}

// Keeper has the methods of a database outside transactions.
type Keeper interface {
	journal.Saver
	LoadJournal(ctx context.Context, p store.Page) ([]journal.Entry, error)
	Prune(ctx context.Context, keep store.Kept) error
}

// Open opens an empty database that is closed when the test ends.
type Open func(t testing.TB, key *secret.Key, log *journal.Log) Database

// Suite is a named part of a contract.
type Suite struct {
	Name string
	Run  func(*testing.T, Open)
}

// Suites are the parts of this contract.
var Suites = []Suite{{"nouns", nouns}, {"transactions", transactions}}

// Run runs suites on a database. If several databases run them, all but one may run
// only one in oneIn of the trials; trials with a fixed number (Bar) run in full on
// every database. Runs are sequential.
func Run(t *testing.T, open Open, oneIn int, suites ...Suite) {
	Share = oneIn
	for _, suite := range suites {
		t.Run(suite.Name, func(t *testing.T) {
			t.Parallel()
			suite.Run(t, open)
		})
	}
}

// Narrow adapts a database to rules that need only a part of Tx.
type Narrow[T any] struct{ DB store.Database[Tx] }

// Write runs fn in a transaction.
func (n Narrow[T]) Write(ctx context.Context, fn func(T) error) error {
	return n.DB.Write(ctx, func(tx Tx) error { return fn(any(tx).(T)) })
}

// Read runs fn on the committed state.
func (n Narrow[T]) Read(ctx context.Context, fn func(T) error) error {
	return n.DB.Read(ctx, func(tx Tx) error { return fn(any(tx).(T)) })
}
