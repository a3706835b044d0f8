package ruletest

import (
	"testing"

	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/reward"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/server"
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
	w.device, w.people = simulator.On(w.DB, w.Clock, w.IDs, events, w.Log)
	parts := server.Parts{Clock: w.Clock, IDs: w.IDs, Key: w.Key, Journal: w.Log, Events: events}
	r := server.NewRules(w.DB, parts, w.device, w.device, 0)
	w.login, w.bank, w.payments, w.messages, w.rewards, w.launches, w.engine = r.Login, r.Bank, r.Payments, r.Messages, r.Rewards, r.Launches, r.Engine
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
