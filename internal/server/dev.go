package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/dev/command"
	"github.com/selasar/selasar/internal/dev/control"
	"github.com/selasar/selasar/internal/dev/manifest"
	"github.com/selasar/selasar/internal/dev/proxy"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/httpapi/paypage"
	happened "github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/webui"
)

// Config says what a development platform serves, and where.
type Config struct {
	Target    string // a folder with a miniapp.json, or a URL
	Listen    string // of the simulator, the APIs and the SDK files
	AppListen string // of the mini app's origin
	Data      string // where everything is kept; empty: .selasar in the folder
	Database  string // sqlite:PATH or postgres://...; empty: selasar.db in Data
	Ephemeral bool   // nothing is kept
	Limits    Limits
	Version   string
	Output    io.Writer // takes the output of the mini app's command
}

// Addresses are where a development platform is found.
type Addresses = control.URLs

// Dev is a running development platform.
type Dev struct {
	URLs Addresses

	config   Config
	manifest manifest.Manifest
	app      miniapp.App
	platform *platform
	proxy    *proxy.Proxy
	server   string // origin of the mini app's own server; empty when it has none
	servers  []*http.Server
	api      *httpapi.Handler
	serving  sync.WaitGroup
	done     chan struct{} // closes when the streams have to end
	failed   chan error
	lock     *flock.Flock
	scratch  string // the folder of an ephemeral platform

	equipping sync.WaitGroup // see equip
	stopEquip context.CancelFunc

	mu      sync.Mutex
	target  control.Target
	command *command.Command // nil until it has started
	ranOnce bool             // the command has listened; told by its reports only
}

// StartDev starts a development platform. The error of a bad start is one line
// that says what to do.
func StartDev(ctx context.Context, c Config) (*Dev, error) {
	d := &Dev{config: c, done: make(chan struct{}), failed: make(chan error, 4)}
	if err := d.start(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *Dev) start(ctx context.Context) (err error) {
	if err := d.config.Limits.check(); err != nil {
		return err
	}
	if d.manifest, err = readTarget(d.config.Target); err != nil {
		return err
	}
	listener, err := listen(d.config.Listen, "--listen")
	if err != nil {
		return err
	}
	appListener, err := listen(d.config.AppListen, "--app-listen")
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	if err := d.open(ctx, listener, appListener); err != nil {
		return errors.Join(err, listener.Close(), appListener.Close())
	}
	handler, err := d.handler()
	if err != nil {
		return errors.Join(err, listener.Close(), appListener.Close())
	}
	d.serve(listener, handler)
	d.serve(appListener, d.proxy)
	return nil
}

// open does everything that has to be there before the first request.
func (d *Dev) open(ctx context.Context, listener, appListener net.Listener) error {
	base, origin := "http://"+reachable(listener), "http://"+reachable(appListener)
	d.URLs = control.URLs{Simulator: base + "/", App: origin + "/", API: base, Control: base + "/control/v1"}
	d.app = d.manifest.App(origin)
	database, err := d.database()
	if err != nil {
		return err
	}
	data, err := d.dataFolder()
	if err != nil {
		return err
	}
	if d.config.Database == "" {
		database.Path = filepath.Join(data, "selasar.db")
	}
	if database.Key, err = masterKey(data); err != nil {
		return err
	}
	if d.platform, err = openPlatform(ctx, database, clock.NewSystem(), d.config.Limits); err != nil {
		return err
	}
	if err := d.seed(ctx); err != nil {
		return err
	}
	run, err := d.startTarget()
	if err == nil {
		d.equip(run)
	}
	return err
}

// seed registers the mini app and makes the first user where there is none.
func (d *Dev) seed(ctx context.Context) error {
	if err := d.register(ctx); err != nil {
		return err
	}
	return seedUsers(ctx, d.platform)
}

// register puts the mini app's manifest into the database, if it is not what
// stands there. A suspended mini app stays so.
func (d *Dev) register(ctx context.Context) error {
	app := d.app
	var kept miniapp.App
	err := d.platform.db.Read(ctx, func(tx *sqlstore.Tx) (err error) {
		kept, err = tx.MiniApps().Get(ctx, app.ID)
		return err
	})
	switch {
	case err == nil:
		app.Status = kept.Status
	case !problem.Is(err, problem.MiniAppUnknown):
		return err
	}
	if reflect.DeepEqual(app, kept) {
		return nil
	}
	return d.platform.db.Write(ctx, func(tx *sqlstore.Tx) error { return tx.MiniApps().Put(ctx, app) })
}

// handler serves the simulator, the SDK files and the APIs.
func (d *Dev) handler() (http.Handler, error) {
	apis, err := d.apis()
	if err != nil {
		return nil, err
	}
	d.api = apis
	mux := http.NewServeMux()
	for _, prefix := range apis.Prefixes() {
		mux.Handle(prefix, apis)
	}
	mux.Handle("/sdk/", webui.SDK())
	mux.Handle("/", webui.Simulator(d.framed))
	return mux, nil
}

// API returns the handler of the platform's APIs.
func (d *Dev) API() *httpapi.Handler { return d.api }

// apis puts the doors of a development platform together.
func (d *Dev) apis() (*httpapi.Handler, error) {
	p := d.platform
	apps := edge.Apps{Under: appAt, IconURL: d.iconURL}
	current := &control.Current{Simulator: p.simulator, People: p.people}
	doors, err := p.doors(apps, current.Fill, d.done)
	if err != nil {
		return nil, err
	}
	var operations []httpapi.Operation
	for _, door := range doors {
		operations = append(operations, door.Operations...)
	}
	db := sqlstore.View[jsapi.Tx](p.db)
	page, err := paypage.New(paypage.Config{
		DB: db, Payments: p.engine.Payments, Credentials: p.credentials, Key: p.key, Clock: p.clock, Journal: p.journal,
		Apps: apps, Payer: p.simulator.User,
	})
	if err != nil {
		return nil, err
	}
	controls, err := control.New(control.Config{
		Current: current, DB: db, Payments: p.engine.Payments, Messages: p.messages, Credentials: p.credentials, Clock: p.clock, IDs: p.ids, Journal: p.journal,
		Apps: apps, Operations: operations, URLs: d.URLs, Version: d.config.Version, Target: d.targetNow, NotificationURL: p.sending.url,
		Reset: d.reset, Sweep: p.settle, Done: d.done,
	})
	return httpapi.New(append(doors, page, controls)...), err
}

// reset empties the platform and begins anew; one at a time.
func (d *Dev) reset(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx) // once emptied, it is filled again
	err := d.platform.journal.Clear(func() error {
		return d.platform.db.Write(ctx, func(tx *sqlstore.Tx) error { return tx.Clear(ctx) })
	})
	if err != nil {
		return err
	}
	d.platform.events.Publish(bus.Of{}, bus.New(bus.LaunchEnded, map[string]string{"reason": string(happened.PlatformReset), "message": happened.PlatformReset.In(language.English)}))
	d.platform.simulator.Reset()
	return d.seed(ctx)
}

// serve serves on a listener until Close.
func (d *Dev) serve(l net.Listener, h http.Handler) {
	s := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10, IdleTimeout: 2 * time.Minute}
	d.servers = append(d.servers, s)
	d.serving.Go(func() {
		if err := s.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
			d.failed <- fmt.Errorf("serving %s: %w", l.Addr(), err)
		}
	})
}

// Failed gives an error when the platform cannot go on.
func (d *Dev) Failed() <-chan error { return d.failed }

// patience is how long requests that are under way may take to end.
const patience = 2 * time.Second

// Close stops the platform: no new request, those under way end, the mini
// app's command and all it has started end, and everything is on disk.
func (d *Dev) Close() error {
	close(d.done)
	if d.stopEquip != nil {
		d.stopEquip()
		d.equipping.Wait()
	}
	if d.platform != nil {
		d.platform.sending.stop() // before its receiver goes: what is under way does not count as failed
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var ending sync.WaitGroup
	for _, s := range d.servers {
		ending.Go(func() {
			if s.Shutdown(ctx) != nil {
				_ = s.Close() // what still runs is cut off
			}
		})
	}
	if d.command != nil {
		ending.Go(d.command.Stop)
	}
	ending.Wait()
	d.serving.Wait()
	var err error
	if d.proxy != nil {
		d.proxy.Close()
	}
	if d.platform != nil {
		err = d.platform.close()
	}
	if d.lock != nil {
		err = errors.Join(err, d.lock.Unlock())
	}
	if d.scratch != "" {
		err = errors.Join(err, os.RemoveAll(d.scratch))
	}
	return err
}
