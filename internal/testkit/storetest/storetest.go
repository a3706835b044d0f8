// Package storetest is the contract of a database: what the store of each noun
// keeps and refuses, and what a transaction promises. Every database passes it,
// unchanged. It knows no rule: their races are in ruletest, and the sending of
// notifications is in sendtest.
//
// A database's own tests call [Run] with a function that opens an empty one.
package storetest

import (
	"context"
	"testing"

	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/blob"
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

// Tx is every noun that a database keeps.
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
}

// Database is an open database.
type Database struct {
	store.Database[Tx]
	Keeper Keeper
}

// Keeper is what a database does beside transactions.
type Keeper interface {
	journal.Saver
	LoadJournal(ctx context.Context, limit int) ([]journal.Entry, error)
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

// Run holds a database to suites. Where several databases pass them in one run,
// all but one may make one in so many of the trials; what is a bar of its own
// (Bar) every database reaches. Runs follow one another.
func Run(t *testing.T, open Open, oneIn int, suites ...Suite) {
	Share = oneIn
	for _, suite := range suites {
		t.Run(suite.Name, func(t *testing.T) {
			t.Parallel()
			suite.Run(t, open)
		})
	}
}

// Narrow shows a database to rules that ask for less than all of Tx.
type Narrow[T any] struct{ DB store.Database[Tx] }

// Write runs fn in a transaction.
func (n Narrow[T]) Write(ctx context.Context, fn func(T) error) error {
	return n.DB.Write(ctx, func(tx Tx) error { return fn(any(tx).(T)) })
}

// Read runs fn on what is kept.
func (n Narrow[T]) Read(ctx context.Context, fn func(T) error) error {
	return n.DB.Read(ctx, func(tx Tx) error { return fn(any(tx).(T)) })
}
