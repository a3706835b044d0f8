package ruletest

import (
	"testing"

	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/dialect/webview"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/reward"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/setting"
	"github.com/selasar/selasar/internal/testkit/storetest"
	"github.com/selasar/selasar/internal/user"
)

// world is a platform's rules on an empty database.
type world struct {
	*storetest.World
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

func newWorld(t *testing.T, open Open) *world {
	t.Helper()
	return newWorldWith(t, secret.Random(), open)
}

func newWorldWith(t *testing.T, key *secret.Key, open Open) *world {
	t.Helper()
	w := &world{World: storetest.NewWorldWith(t, key, open)}
	events := bus.NewBus()
	w.device = simulator.New(narrow[setting.Tx](w), w.Clock, events, w.Log)
	w.people = &simulator.People{DB: narrow[simulator.PeopleTx](w), IDs: w.IDs, Now: w.Clock.Now, Events: events, Simulator: w.device}
	w.login = &login.Service{DB: narrow[login.Tx](w), Clock: w.Clock, Key: w.Key}
	w.bank = &bank.Service{DB: narrow[bank.Tx](w), Clock: w.Clock, Key: w.Key}
	w.payments = &payment.Service{DB: narrow[payment.Tx](w), Clock: w.Clock, IDs: w.IDs}
	w.messages = &message.Service{DB: narrow[message.Tx](w), Clock: w.Clock, IDs: w.IDs}
	w.rewards = &reward.Service{DB: narrow[reward.Tx](w), Clock: w.Clock, IDs: w.IDs}
	w.launches = &launch.Service{DB: narrow[launch.Tx](w), Clock: w.Clock, IDs: w.IDs, Devices: w.device, Responder: w.device, Events: events}
	w.engine = &jsapi.Engine{
		DB: narrow[jsapi.Tx](w), Clock: w.Clock, IDs: w.IDs, Devices: w.device, Responder: w.device,
		Launches: w.launches, Login: w.login, Bank: w.bank, Payments: w.payments, Events: events, Journal: w.Log,
		Dialects: []*jsapi.Dialect{webview.Dialect},
	}
	return w
}

// narrow shows the database to rules that ask for less than all of Tx.
func narrow[T any](w *world) storetest.Narrow[T] { return storetest.Narrow[T]{DB: w.DB} }

// person adds a user who holds some money and has a bank account.
func (w *world) person(name string, balance money.Rupiah) user.User {
	w.T.Helper()
	code, number := "jago", "5200130014001"
	u, err := w.people.Add(w.Ctx, user.Change{
		Name: &name, Balance: &balance, Bank: &user.BankChange{Code: &code, Name: &name, Number: &number},
	})
	w.Must(err)
	return u
}
