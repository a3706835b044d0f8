package storetest

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/event"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/dialect/webview"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/reward"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/setting"
	"github.com/selasar/selasar/internal/user"
)

// world is a platform's rules on an empty database, with a clock that the test
// moves.
type world struct {
	t        *testing.T
	ctx      context.Context
	wall     *clock.Fixed
	clock    *clock.Movable
	ids      *id.Source
	key      *secret.Key
	log      *journal.Log
	db       Database
	device   *simulator.Simulator
	people   *simulator.People
	login    *login.Service
	bank     *bank.Service
	payments *payment.Service
	messages *message.Service
	rewards  *reward.Service
	launches *launch.Service
	engine   *jsapi.Engine
}

// start is when every world begins.
var start = time.Date(2026, 3, 14, 9, 26, 53, 589_000_000, time.UTC)

func newWorld(t *testing.T, open Open) *world {
	t.Helper()
	return newWorldWith(t, secret.Random(), open)
}

func newWorldWith(t *testing.T, key *secret.Key, open Open) *world {
	t.Helper()
	w := &world{t: t, ctx: context.Background(), wall: clock.NewFixed(start), key: key}
	w.clock = clock.NewMovable(w.wall, 0)
	w.ids = id.NewSource(w.clock, nil)
	w.log = journal.NewLog(w.clock, w.ids)
	w.db = open(t, w.key, w.log)
	events := event.NewHub()
	w.device = simulator.New(narrow[setting.Tx]{w.db}, w.clock, events, w.log)
	w.people = &simulator.People{DB: narrow[simulator.PeopleTx]{w.db}, IDs: w.ids, Now: w.clock.Now, Events: events, Simulator: w.device}
	w.login = &login.Service{DB: narrow[login.Tx]{w.db}, Clock: w.clock, Key: w.key}
	w.bank = &bank.Service{DB: narrow[bank.Tx]{w.db}, Clock: w.clock, Key: w.key}
	w.payments = &payment.Service{DB: narrow[payment.Tx]{w.db}, Clock: w.clock, IDs: w.ids}
	w.messages = &message.Service{DB: narrow[message.Tx]{w.db}, Clock: w.clock, IDs: w.ids}
	w.rewards = &reward.Service{DB: narrow[reward.Tx]{w.db}, Clock: w.clock, IDs: w.ids}
	w.launches = &launch.Service{DB: narrow[launch.Tx]{w.db}, Clock: w.clock, IDs: w.ids, Devices: w.device, Responder: w.device, Events: events}
	w.engine = &jsapi.Engine{
		DB: narrow[jsapi.Tx]{w.db}, Clock: w.clock, IDs: w.ids, Devices: w.device, Responder: w.device,
		Launches: w.launches, Login: w.login, Bank: w.bank, Payments: w.payments, Events: events, Journal: w.log,
		Dialects: []*jsapi.Dialect{webview.Dialect},
	}
	return w
}

// write runs fn in a transaction that must succeed.
func (w *world) write(fn func(tx Tx) error) {
	w.t.Helper()
	w.must(w.db.Write(w.ctx, fn))
}

// read runs fn on what is kept, and must succeed.
func (w *world) read(fn func(tx Tx) error) {
	w.t.Helper()
	w.must(w.db.Read(w.ctx, fn))
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) app(id string, consents ...string) miniapp.App {
	w.t.Helper()
	app := miniapp.App{
		ID: id, Name: "Kopi " + id, Generation: miniapp.Webview, Status: miniapp.Active,
		Origin: "http://127.0.0.1:7301", EntryURL: "http://127.0.0.1:7301/", Deeplinks: []string{"gopay://home"},
	}
	for _, name := range consents {
		app.Consents = append(app.Consents, miniapp.Consent{Name: name})
	}
	w.write(func(tx Tx) error { return tx.MiniApps().Put(w.ctx, app) })
	return app
}

// person makes a user who holds some money and has a bank account.
func (w *world) person(name string, balance money.Rupiah) user.User {
	w.t.Helper()
	code, number := "jago", "5200130014001"
	u, err := w.people.Add(w.ctx, user.Change{
		Name: &name, Balance: &balance, Bank: &user.BankChange{Code: &code, Name: &name, Number: &number},
	})
	w.must(err)
	return u
}

// launched puts an open launch there, as if its sheet had been answered.
func (w *world) launched(app miniapp.App, u user.User) string {
	w.t.Helper()
	l := launch.Launch{ID: w.ids.New(), MiniAppID: app.ID, UserID: u.ID, State: launch.Open, CreatedAt: w.now()}
	w.write(func(tx Tx) error { return tx.Launches().Insert(w.ctx, l) })
	return l.ID
}

func (w *world) now() int64 { return w.clock.Now().UnixMilli() }

// pass lets time go by.
func (w *world) pass(by time.Duration) { w.wall.Set(w.wall.Now().Add(by)) }

// together runs fn n times at once: each stands ready before any begins.
func together(n int, fn func(i int)) {
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

// lanes runs n trials, a few side by side: they share the waits for the disk.
func lanes(n int, trial func(i int)) {
	const wide = 8
	together(wide, func(lane int) {
		for i := lane; i < n; i += wide {
			trial(i)
		}
	})
}
