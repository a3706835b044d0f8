package storetest

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/user"
	"github.com/selasar/selasar/internal/wallet"
)

// World is an empty database, with a clock that the test moves.
type World struct {
	T     *testing.T
	Ctx   context.Context
	Wall  *clock.Fixed
	Clock *clock.Movable
	IDs   *id.Source
	Key   *secret.Key
	Log   *journal.Log
	DB    Database
}

// Start is the initial time of every world.
var Start = time.Date(2026, 3, 14, 9, 26, 53, 589_000_000, time.UTC)

// NewWorld opens an empty database with a new key.
func NewWorld(t *testing.T, open Open) *World {
	t.Helper()
	return NewWorldWith(t, secret.Random(), open)
}

// NewWorldWith opens a database with a key.
func NewWorldWith(t *testing.T, key *secret.Key, open Open) *World {
	t.Helper()
	w := &World{T: t, Ctx: context.Background(), Wall: clock.NewFixed(Start), Key: key}
	w.Clock = clock.NewMovable(w.Wall, 0)
	w.IDs = id.NewSource(w.Clock, nil)
	w.Log = journal.NewLog(w.Clock, w.IDs)
	w.DB = open(t, w.Key, w.Log)
	return w
}

// Write runs fn in a transaction that must succeed.
func (w *World) Write(fn func(tx Tx) error) {
	w.T.Helper()
	w.Must(w.DB.Write(w.Ctx, fn))
}

// Read runs fn on the committed state, and must succeed.
func (w *World) Read(fn func(tx Tx) error) {
	w.T.Helper()
	w.Must(w.DB.Read(w.Ctx, fn))
}

// Must ends the test on an error.
func (w *World) Must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// App registers a mini app with consents.
func (w *World) App(id string, consents ...string) miniapp.App {
	w.T.Helper()
	app := miniapp.App{
		ID: id, Name: "Kopi " + id, Generation: miniapp.Webview, Status: miniapp.Active,
		Origin: "http://127.0.0.1:7301", EntryURL: "http://127.0.0.1:7301/", Deeplinks: []string{"gopay://home"},
	}
	for _, name := range consents {
		app.Consents = append(app.Consents, miniapp.Consent{Name: name})
	}
	w.Write(func(tx Tx) error { return tx.MiniApps().Put(w.Ctx, app) })
	return app
}

// Person inserts a user with a balance.
func (w *World) Person(name string, balance money.Rupiah) user.User {
	w.T.Helper()
	u := user.User{ID: w.IDs.New(), Name: name, AccountID: user.NewAccountID(), CreatedAt: w.Now()}
	w.Write(func(tx Tx) error {
		err := tx.Users().Insert(w.Ctx, u)
		if err != nil || balance == 0 {
			return err
		}
		return wallet.Move(w.Ctx, tx, wallet.Entry{Unit: wallet.Rupiah, ID: w.IDs.New(), UserID: u.ID, Amount: balance, At: w.Now()})
	})
	u.Balance = balance
	return u
}

// Launched inserts an open launch, as if its sheet had been answered.
func (w *World) Launched(app miniapp.App, u user.User) string {
	w.T.Helper()
	l := launch.Launch{ID: w.IDs.New(), MiniAppID: app.ID, UserID: u.ID, State: launch.Open, CreatedAt: w.Now()}
	w.Write(func(tx Tx) error { return tx.Launches().Insert(w.Ctx, l) })
	return l.ID
}

// Now returns the time of the world's clock, in ms since the epoch.
func (w *World) Now() int64 { return w.Clock.Now().UnixMilli() }

// Pass moves the clock forward.
func (w *World) Pass(by time.Duration) { w.Wall.Set(w.Wall.Now().Add(by)) }

// Together runs fn n times concurrently: all goroutines are ready before the first
// starts.
func Together(n int, fn func(i int)) {
	var ready, done sync.WaitGroup
	gate := make(chan struct{})
	ready.Add(n)
	for i := range n {
		done.Go(func() {
			ready.Done()
			<-gate
			fn(i)
		})
	}
	ready.Wait()
	close(gate)
	done.Wait()
}

// Lanes runs n trials, a few concurrently, so that they share the waits for the disk.
func Lanes(n int, trial func(i int)) {
	const wide = 8
	Together(wide, func(lane int) {
		for i := lane; i < n; i += wide {
			trial(i)
		}
	})
}
