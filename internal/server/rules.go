package server

import (
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/blob"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/dialect"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/reward"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
)

// Parts are what rules share in addition to their database.
type Parts struct {
	Clock   *clock.Movable
	IDs     *id.Source
	Key     *secret.Key
	Journal *journal.Log
	Events  *bus.Bus
}

// Rules are the services of a platform.
type Rules struct {
	Engine      *jsapi.Engine
	Launches    *launch.Service
	Login       *login.Service
	Bank        *bank.Service
	Payments    *payment.Service
	Messages    *message.Service
	Rewards     *reward.Service
	Credentials *credential.Service
	Blobs       *blob.Service
}

// NewRules returns the rules on a database. Life is the lifetime of auth codes; zero
// means the documented one.
func NewRules[Tx any](db store.Database[Tx], p Parts, devices device.Source, responder ask.Responder, life time.Duration) *Rules {
	r := &Rules{
		Launches: &launch.Service{
			DB: store.View[launch.Tx](db), Clock: p.Clock, IDs: p.IDs, Devices: devices, Responder: responder, Events: p.Events,
		},
		Login:       &login.Service{DB: store.View[login.Tx](db), Clock: p.Clock, Key: p.Key, Life: life},
		Bank:        &bank.Service{DB: store.View[bank.Tx](db), Clock: p.Clock, Key: p.Key},
		Messages:    &message.Service{DB: store.View[message.Tx](db), Clock: p.Clock, IDs: p.IDs},
		Rewards:     &reward.Service{DB: store.View[reward.Tx](db), Clock: p.Clock, IDs: p.IDs},
		Credentials: &credential.Service{DB: store.View[credential.Tx](db), Key: p.Key, Clock: p.Clock},
		Blobs:       &blob.Service{DB: store.View[blob.Tx](db), Clock: p.Clock, IDs: p.IDs},
	}
	r.Payments = &payment.Service{DB: store.View[payment.Tx](db), Clock: p.Clock, IDs: p.IDs, MerchantID: r.Credentials.MerchantID}
	r.Engine = &jsapi.Engine{
		DB: store.View[jsapi.Tx](db), Clock: p.Clock, IDs: p.IDs, Devices: devices, Responder: responder,
		Launches: r.Launches, Hosts: launch.NewHosts(p.Clock.Machine()), Login: r.Login, Bank: r.Bank, Payments: r.Payments,
		Events: p.Events, Journal: p.Journal, Dialects: dialect.All, Background: jsapi.NewBackground(p.Events), Blobs: r.Blobs,
	}
	r.Engine.ReviewOnEvents()
	return r
}
