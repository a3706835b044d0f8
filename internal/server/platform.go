// Package server puts a platform together, in one place for programs and tests:
// configuration, stores, rules, doors. It starts a platform, and stops it without
// losing data.
//
// Packages that only `selasar dev` needs are in internal/dev. This package never
// imports them.
package server

import (
	"context"
	"errors"
	"sync"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/limit"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
)

// Platform is a running platform.
type Platform struct {
	Parts
	*Rules
	DB         *sqlstore.DB
	API        *httpapi.Handler    // every door
	Guard      *limit.Guard        // refuses requests above the rates
	Operations []httpapi.Operation // operations of the platform's own doors that accept faults

	errands    []func(context.Context) (int, error) // see Sweep
	sending    sending
	providing  providing
	directory  user.Directory // nil: the users of the database
	health     health
	strangers  *edge.Strangers
	background sync.WaitGroup
	stop       context.CancelFunc
	done       chan struct{}
	endOnce    sync.Once
}

// Open opens a platform's database, builds the rules and the doors, and starts the
// background work. Notifications wait for StartSending.
func Open(ctx context.Context, c Config) (*Platform, error) {
	if c.Host == nil {
		return nil, errors.New("server: Host must be set")
	}
	if c.Clock == nil {
		c.Clock = clock.NewSystem()
	}
	p := &Platform{done: make(chan struct{})}
	p.Clock = clock.NewMovable(c.Clock, 0)
	p.Guard = limit.NewGuard(c.Clock, c.Limits.Rates)
	p.IDs = id.NewSource(p.Clock, nil)
	p.Journal = journal.NewLog(p.Clock, p.IDs)
	p.Events = bus.NewBus()
	c.Database.Log = p.Journal
	var err error
	if p.DB, err = sqlstore.Open(ctx, c.Database); err != nil {
		return nil, err
	}
	p.Key = p.DB.Key()
	if err := p.equip(ctx, c); err != nil {
		return nil, errors.Join(err, p.DB.Close())
	}
	p.sending.prepare(p, c.Loopback, c.Database.URL == "", c.Own)
	p.run()
	p.sendTransfers()
	return p, nil
}

// equip loads the state from the database, and builds rules and doors.
func (p *Platform) equip(ctx context.Context, c Config) error {
	host, err := c.Host(ctx, p)
	if err != nil {
		return err
	}
	if err := p.loadJournal(ctx); err != nil {
		return err
	}
	p.Rules = NewRules(p.DB, p.Parts, host.Devices, host.Responder, c.Limits.CodeLife)
	p.Engine.Sensors, p.Engine.Files, p.Engine.PhotoURL = host.Sensors, host.Files, host.PhotoURL
	p.Payments.Addressed = func(app miniapp.App) bool { return c.Served || p.NotificationURL(app) != "" }
	if err := p.prepareProvider(c); err != nil {
		return err
	}
	p.Engine.Dialects = append(p.Engine.Dialects, c.Dialects...)
	p.errands = []func(context.Context) (int, error){p.Engine.EndAbandoned, p.Engine.Sweep, p.Payments.Sweep, p.Payments.Warn}
	if c.Errands != nil {
		p.errands = append(p.errands, c.Errands(p)...)
	}
	return p.openDoors(c, host)
}

// shownAtStart is the number of earlier journal entries that are shown after a
// restart.
const shownAtStart = 1000

func (p *Platform) loadJournal(ctx context.Context) error {
	entries, err := p.DB.LoadJournal(ctx, store.First(shownAtStart))
	if n := len(entries); n > 0 {
		p.IDs.After(entries[n-1].ID) // new ids sort after all earlier ones, even if the clock was set back
	}
	p.Journal.Publish(entries...)
	return err
}

// Clear empties the database and the journal. Credentials stay: they are derived from
// the key.
func (p *Platform) Clear(ctx context.Context) error {
	return p.Journal.Clear(func() error { return p.DB.Clear(ctx) })
}

// Done is closed when the platform's streams must end.
func (p *Platform) Done() <-chan struct{} { return p.done }

// EndStreams ends the event streams and sockets of every door.
func (p *Platform) EndStreams() { p.endOnce.Do(func() { close(p.done) }) }

// Close ends the streams, the sending of notifications and the background work. It
// writes the rest of the journal and closes the database. All requests must have
// ended before.
func (p *Platform) Close() error {
	p.EndStreams()
	p.StopSending()
	p.stopTransfers()
	p.strangers.Show()
	p.stop()
	p.background.Wait()
	p.Engine.Background.Close()
	return p.DB.Close()
}
