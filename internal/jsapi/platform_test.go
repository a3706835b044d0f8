package jsapi_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
)

// start is when every platform of these tests begins.
var start = time.UnixMilli(1_795_000_000_000)

// platform is the rules on a real database, with a stopped clock.
type platform struct {
	t       testing.TB
	wall    *clock.Fixed   // the machine's clock
	clock   *clock.Movable // the platform's, above it
	db      *sqlstore.DB
	sim     *simulator.Simulator
	people  *simulator.People
	engine  *jsapi.Engine
	events  *bus.Bus
	journal *journal.Log
	sari    user.User // has money and a bank account
	budi    user.User // has neither
	// sensors, when set, leaves asks for sensors to the host.
	sensors atomic.Bool
}

// Respond is the simulator's answer, except for sensors that the host reads.
func (p *platform) Respond(ctx context.Context, a ask.Ask) (json.RawMessage, event.Settler, bool) {
	if p.sensors.Load() && !a.Kind.Personal() {
		return nil, "", false
	}
	return p.sim.Respond(ctx, a)
}

func open(t testing.TB) *platform {
	t.Helper()
	key := secret.Random()
	p := &platform{t: t, wall: clock.NewFixed(start), events: bus.NewBus()}
	p.clock = clock.NewMovable(p.wall, 0)
	ids := id.NewSource(p.clock, nil)
	p.journal = journal.NewLog(p.clock, ids)
	var err error
	p.db, err = sqlstore.Open(t.Context(), sqlstore.Options{Path: filepath.Join(t.TempDir(), "selasar.db"), Key: key, Log: p.journal})
	must(t, err)
	t.Cleanup(func() { must(t, p.db.Close()) })
	p.sim, p.people = simulator.On(p.db, p.clock, ids, p.events, p.journal)
	parts := server.Parts{Clock: p.clock, IDs: ids, Key: key, Journal: p.journal, Events: p.events}
	p.engine = server.NewRules(p.db, parts, p.sim, p, 0).Engine
	t.Cleanup(p.engine.Background.Close) // before the database
	p.sari = p.person("Sari", 250_000, "1000200030001")
	p.budi = p.person("Budi", 10_000, "")
	p.register(kopi())
	p.register(miniapp.App{ID: "teh", Name: "Teh", Generation: miniapp.Webview, Origin: "http://localhost:2", Status: miniapp.Active})
	return p
}

// kopi has permission for every consent except the camera, and none is mandatory.
func kopi() miniapp.App {
	return miniapp.App{
		ID: "kopi", Name: "Kopi", Generation: miniapp.Webview, Origin: "http://localhost:1", EntryURL: "http://localhost:1/",
		Consents: []miniapp.Consent{
			{Name: "profile", Reason: "To greet you"}, {Name: "location", Reason: "To find a shop"},
			{Name: "bank_account"}, {Name: "device_info"}, {Name: "wifi"},
		},
		Deeplinks: []string{"gopay://home/promo", "gopay://topup"},
		Status:    miniapp.Active,
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (p *platform) person(name string, balance money.Rupiah, account string) user.User {
	p.t.Helper()
	change := user.Change{Name: &name, Balance: &balance}
	if account != "" {
		code := "jago"
		change.Bank = &user.BankChange{Code: &code, Name: &name, Number: &account}
	}
	u, err := p.people.Add(p.t.Context(), change)
	must(p.t, err)
	return u
}

// link links a bank account to a user, or unlinks it.
func (p *platform) link(u user.User, yes bool) {
	p.t.Helper()
	number := ""
	if yes {
		number = "1000200030001"
	}
	_, err := p.people.Change(p.t.Context(), u.ID, user.Change{Bank: &user.BankChange{Number: &number}})
	must(p.t, err)
}

func (p *platform) register(app miniapp.App) {
	p.t.Helper()
	must(p.t, p.db.Write(p.t.Context(), func(tx *sqlstore.Tx) error { return tx.MiniApps().Put(p.t.Context(), app) }))
}

// suspend suspends kopi, or activates it again.
func (p *platform) suspend(yes bool) {
	p.t.Helper()
	app := kopi()
	if yes {
		app.Status = miniapp.Suspended
	}
	p.register(app)
}

func (p *platform) device(patch string) {
	p.t.Helper()
	_, err := p.sim.Change(p.t.Context(), []byte(patch))
	must(p.t, err)
}

func (p *platform) choose(patch string) {
	p.t.Helper()
	_, err := p.sim.Choose(p.t.Context(), []byte(patch))
	must(p.t, err)
}

func (p *platform) consent(u user.User, name string, state consent.State) {
	p.t.Helper()
	must(p.t, p.people.Decide(p.t.Context(), u.ID, "kopi", name, state))
}

// launched opens kopi for a user and answers the sheet, if there is one.
func (p *platform) launched(u user.User, answer string) string {
	p.t.Helper()
	opened, err := p.engine.Launches.Open(p.t.Context(), launch.Request{MiniAppID: "kopi", UserID: u.ID})
	must(p.t, err)
	if opened.Ask != nil {
		_, err := p.answer(opened.Launch.ID, opened.Ask.ID, answer)
		must(p.t, err)
	}
	return opened.Launch.ID
}

const (
	allowAll = `{"answer":"allow"}`
	decline  = `{"answer":"decline"}`
)

// trusted opens kopi for Sari, with everything allowed.
func (p *platform) trusted() string {
	p.t.Helper()
	return p.launched(p.sari, allowAll)
}

func (p *platform) answer(launchID, askID, answer string) (jsapi.Reply, error) {
	return p.engine.Answer(p.t.Context(), launchID, askID, json.RawMessage(answer))
}

func (p *platform) call(launchID, method, params string) jsapi.Reply {
	return p.engine.Call(p.t.Context(), launchID, method, json.RawMessage(params))
}

// asks calls a method that has to ask, and returns the ask.
func (p *platform) asks(launchID, method, params string) *ask.Ask {
	p.t.Helper()
	reply := p.call(launchID, method, params)
	if reply.Ask == nil {
		p.t.Fatalf("%s %s asked nothing: %s", method, params, show(reply.Result))
	}
	return reply.Ask
}

// pay creates a payment for a mini app, and returns its deeplink and reference.
func (p *platform) pay(app string, amount money.Rupiah, life time.Duration) (deeplink, ref string) {
	p.t.Helper()
	made, err := p.engine.Payments.Create(p.t.Context(), payment.Order{MiniAppID: app, Amount: amount, Title: "Kopi susu", Life: life})
	must(p.t, err)
	return `{"deeplink":"` + payment.Deeplink(made.Ref) + `"}`, made.Ref
}

func (p *platform) payment(ref string) (found payment.Payment) {
	p.t.Helper()
	must(p.t, p.db.Read(p.t.Context(), func(tx *sqlstore.Tx) (err error) {
		found, err = tx.Payments().Get(p.t.Context(), ref)
		return err
	}))
	return found
}

func (p *platform) balance(u user.User) money.Rupiah {
	p.t.Helper()
	must(p.t, p.db.Read(p.t.Context(), func(tx *sqlstore.Tx) (err error) {
		u, err = tx.Users().Get(p.t.Context(), u.ID)
		return err
	}))
	return u.Balance
}

func (p *platform) ledger(u user.User) (list []consent.Entry) {
	p.t.Helper()
	must(p.t, p.db.Read(p.t.Context(), func(tx *sqlstore.Tx) (err error) {
		list, err = tx.Consents().List(p.t.Context(), u.ID, "kopi", store.First(1000))
		return err
	}))
	return list
}

// entry returns the newest journal entry of a call.
func (p *platform) entry(callID string) journal.Entry {
	p.t.Helper()
	list, _, _ := p.journal.Since(0, 0)
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].CallID == callID && list[i].Kind == journal.Call {
			return list[i]
		}
	}
	p.t.Fatalf("the journal has nothing of call %s", callID)
	return journal.Entry{}
}

func (p *platform) forward(by time.Duration) {
	p.t.Helper()
	must(p.t, p.clock.Advance(by))
}

func (p *platform) sweep() int {
	p.t.Helper()
	n, err := p.engine.Sweep(p.t.Context())
	must(p.t, err)
	return n
}

// declared checks that an event is as it is declared.
func (p *platform) declared(e bus.Event) {
	p.t.Helper()
	i := slices.IndexFunc(bus.Declarations, func(d bus.Declaration) bool { return d.Name == e.Event })
	if i < 0 {
		p.t.Fatalf("%s is not declared", e.Event)
	}
	data, err := json.Marshal(e.Data)
	must(p.t, err)
	if fault := bus.Declarations[i].Data.Check(data); fault != nil || (e.Seq != 0) != bus.Declarations[i].Report {
		p.t.Errorf("the event %s is not as declared: %v", show(e), fault)
	}
}

// next returns the next event of a listener.
func (p *platform) next(l *bus.Listener) bus.Event {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), time.Minute)
	defer cancel()
	e, err := l.Next(ctx)
	must(p.t, err)
	p.declared(e)
	return e
}
