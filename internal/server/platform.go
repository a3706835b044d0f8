// Package server puts a platform together: configuration, stores, rules,
// handlers. It starts it, and stops it with nothing lost.
package server

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/bisnap"
	"github.com/selasar/selasar/internal/httpapi/checkout"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/httpapi/hostapi"
	"github.com/selasar/selasar/internal/httpapi/miniapi"
	"github.com/selasar/selasar/internal/httpapi/paypage"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/dialect/webview"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/reward"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/setting"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/store"
)

// platform is the rules on their stores, without a door to the outside.
type platform struct {
	limits      Limits
	clock       *clock.Movable
	ids         *id.Source
	key         *secret.Key
	journal     *journal.Log
	events      *bus.Bus
	db          *sqlstore.DB
	simulator   *simulator.Simulator
	people      *simulator.People
	engine      *jsapi.Engine
	credentials *credential.Service
	messages    *message.Service
	rewards     *reward.Service
	sending     sending

	background sync.WaitGroup
	stop       context.CancelFunc
}

// shownAtStart is how much of an earlier journal is shown again.
const shownAtStart = 1000

// openPlatform opens what is kept in a database and puts the rules on it.
func openPlatform(ctx context.Context, database sqlstore.Options, base clock.Clock, limits Limits) (*platform, error) {
	p := &platform{limits: limits, clock: clock.NewMovable(base, 0), key: database.Key, events: bus.NewBus()}
	p.ids = id.NewSource(p.clock, nil)
	p.journal = journal.NewLog(p.clock, p.ids)
	database.Log = p.journal
	db, err := sqlstore.Open(ctx, database)
	if err != nil {
		return nil, err
	}
	p.db = db
	if err := p.load(ctx); err != nil {
		_ = db.Close()
		return nil, err
	}
	p.rules()
	p.sending.prepare(p, database.URL == "")
	p.run()
	return p, nil
}

func (p *platform) load(ctx context.Context) error {
	p.simulator = simulator.New(sqlstore.View[setting.Tx](p.db), p.clock, p.events, p.journal)
	err := p.db.Read(ctx, func(tx *sqlstore.Tx) error {
		offset, err := simulator.ClockOffset(ctx, tx.Settings())
		if err == nil && offset > 0 {
			err = p.clock.Advance(offset)
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := p.simulator.Load(ctx); err != nil {
		return err
	}
	entries, err := p.db.LoadJournal(ctx, shownAtStart)
	if n := len(entries); n > 0 {
		p.ids.After(entries[n-1].ID) // what is decided from now on is newer than what was, whatever the clock says
	}
	p.journal.Publish(entries...)
	return err
}

func (p *platform) rules() {
	launches := &launch.Service{
		DB: sqlstore.View[launch.Tx](p.db), Clock: p.clock, IDs: p.ids, Devices: p.simulator, Responder: p.simulator,
		Events: p.events,
	}
	p.credentials = &credential.Service{DB: sqlstore.View[credential.Tx](p.db), Key: p.key, Clock: p.clock}
	p.engine = &jsapi.Engine{
		DB: sqlstore.View[jsapi.Tx](p.db), Clock: p.clock, IDs: p.ids, Devices: p.simulator, Responder: p.simulator,
		Launches: launches, Hosts: launch.NewHosts(p.clock),
		Login:    &login.Service{DB: sqlstore.View[login.Tx](p.db), Clock: p.clock, Key: p.key, Life: p.limits.CodeLife},
		Bank:     &bank.Service{DB: sqlstore.View[bank.Tx](p.db), Clock: p.clock, Key: p.key},
		Payments: &payment.Service{DB: sqlstore.View[payment.Tx](p.db), Clock: p.clock, IDs: p.ids, MerchantID: p.credentials.MerchantID},
		Events:   p.events, Journal: p.journal,
		Dialects: []*jsapi.Dialect{webview.Dialect},
	}
	p.messages = &message.Service{DB: sqlstore.View[message.Tx](p.db), Clock: p.clock, IDs: p.ids}
	p.rewards = &reward.Service{DB: sqlstore.View[reward.Tx](p.db), Clock: p.clock, IDs: p.ids}
	p.people = &simulator.People{
		DB: sqlstore.View[simulator.PeopleTx](p.db), IDs: p.ids, Now: p.clock.Now, Events: p.events, Simulator: p.simulator,
	}
}

// doors returns the doors of every platform. Fill may be nil; see hostapi.Config.
func (p *platform) doors(apps edge.Apps, fill fillFunc, done <-chan struct{}) (doors []httpapi.Door, err error) {
	shared := edge.Platform{Clock: p.clock, Journal: p.journal, Faults: p.simulator, Done: done}
	db := sqlstore.View[jsapi.Tx](p.db)
	add := func(door httpapi.Door, failed error) {
		doors, err = append(doors, door), errors.Join(err, failed)
	}
	add(hostapi.New(hostapi.Config{
		Engine: p.engine, Launches: p.engine.Launches, DB: db, Key: p.key, Events: p.events, Journal: p.journal,
		Apps: apps, LocalOnly: fill != nil, Fill: fill, Done: done,
	}))
	add(bisnap.New(bisnap.Config{
		Platform: shared, DB: db, Engine: p.engine, Payments: p.engine.Payments, Credentials: p.credentials, Clock: p.clock, IDs: p.ids,
		Window: p.limits.window(), PagePath: paypage.Path,
	}))
	add(miniapi.New(miniapi.Config{
		Platform: shared, DB: db, Credentials: p.credentials, Login: p.engine.Login, Bank: p.engine.Bank, Messages: p.messages, Rewards: p.rewards,
	}))
	add(checkout.New(checkout.Config{
		Platform: shared, DB: db, Payments: p.engine.Payments, Credentials: p.credentials, Clock: p.clock, Key: p.key, RedirectPath: paypage.RedirectPath,
	}))
	return doors, err
}

// fillFunc is the type of hostapi.Config.Fill.
type fillFunc = func(ctx context.Context, miniAppID, userID string) (app, user string, done func(), err error)

const (
	sweepEvery = time.Second
	pruneEvery = time.Minute
	// keptEntries is how much of the journal the database keeps.
	keptEntries = 50_000
)

// run starts what goes on beside the requests.
func (p *platform) run() {
	ctx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	p.background.Go(func() { p.journal.Run(ctx, p.db) })
	p.background.Go(func() { every(ctx, sweepEvery, p.sweep) })
	p.background.Go(func() { every(ctx, pruneEvery, p.prune) })
}

// every runs an errand again and again until ctx ends.
func every(ctx context.Context, pause time.Duration, errand func(context.Context) error) {
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := errand(ctx); err != nil && ctx.Err() == nil {
			slog.Error("housekeeping", "error", err)
		}
	}
}

// prune forgets what need not be kept any longer.
func (p *platform) prune(ctx context.Context) error {
	now := p.clock.Now()
	ago := func(kept time.Duration) int64 { return now.Add(-kept).UnixMilli() }
	return p.db.Prune(ctx, store.Kept{
		Entries: keptEntries, Requests: ago(request.Kept), Notifications: ago(notification.Kept), Asks: ago(ask.Kept),
		AuthTokens: ago(p.engine.Login.Kept()), BankTokens: ago(bank.Kept), Messages: ago(message.Kept),
	})
}

// sweep settles everything whose time has passed. What fails of one kind keeps
// none of the others from it.
func (p *platform) sweep(ctx context.Context) (failed error) {
	for _, one := range []func(context.Context) (int, error){p.engine.EndAbandoned, p.engine.Sweep, p.engine.Payments.Sweep, p.engine.Payments.Warn} {
		for {
			n, err := one(ctx)
			failed = errors.Join(failed, err)
			if err != nil || n == 0 {
				break
			}
		}
	}
	return failed
}

// close ends what goes on beside the requests, saves what is left of the
// journal, and closes the database.
func (p *platform) close() error {
	p.sending.stop()
	p.stop()
	p.background.Wait()
	return p.db.Close()
}
