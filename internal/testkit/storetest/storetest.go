// Package storetest is the contract that every database of the platform
// passes, unchanged: what each noun keeps and refuses, what a transaction
// promises, and the rules on top of it when many callers race.
//
// A database's own tests call [Run] with a function that opens an empty one.
package storetest

import (
	"context"
	"os"
	"slices"
	"testing"

	"github.com/selasar/selasar/internal/bank"
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

// Run holds a database to the contract. Where several databases pass it in one
// run, all but one may make one in so many of the trials; what is a bar of its
// own (Bar) every database reaches. Runs follow one another. Names of parts
// leave the others out.
func Run(t *testing.T, open Open, oneIn int, only ...string) {
	share = oneIn
	for _, suite := range []struct {
		name string
		run  func(*testing.T, Open)
	}{
		{"nouns", nouns},
		{"transactions", transactions},
		{"auth codes", authCodes},
		{"bank tokens", bankTokens},
		{"asks", asks},
		{"payments", payments},
		{"credentials", credentials},
		{"rewards", rewards},
		{"sending", sending},
		{"forgetting", forgetting},
		{"load", load},
	} {
		if len(only) > 0 && !slices.Contains(only, suite.name) {
			continue
		}
		t.Run(suite.name, func(t *testing.T) {
			t.Parallel()
			suite.run(t, open)
		})
	}
}

// Long says whether the tests run at their long bars (make soak) instead of
// those of every change.
var Long = os.Getenv("SELASAR_LONG") != ""

// share is of the database that is under test: it makes one in so many trials.
var share = 1

// Trials gives how often to try something: at every change, or in the long
// run. Under the race detector it is a tenth.
func Trials(ci, long int) int {
	if Long {
		return long
	}
	return max(Bar(ci, long)/share, 1)
}

// Bar gives it for what is tried as often on every database.
func Bar(ci, long int) int {
	if Long {
		return long
	}
	return max(ci/slower, 1)
}

// narrow shows a database to rules that ask for less than all of Tx.
type narrow[T any] struct{ db store.Database[Tx] }

func (n narrow[T]) Write(ctx context.Context, fn func(T) error) error {
	return n.db.Write(ctx, func(tx Tx) error { return fn(any(tx).(T)) })
}

func (n narrow[T]) Read(ctx context.Context, fn func(T) error) error {
	return n.db.Read(ctx, func(tx Tx) error { return fn(any(tx).(T)) })
}
