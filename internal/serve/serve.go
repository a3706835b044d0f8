// Package serve is `selasar serve`: a platform for the operator of a super app. It has a
// public address for hosts and mini apps' backends, and an address for the operator API.
// It uses package server, and nothing of `selasar dev`.
//
// In it: the configuration, the two listeners with their guards, and start and stop.
package serve

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/selasar/selasar/internal/apikey"
	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/admin"
	"github.com/selasar/selasar/internal/httpapi/paypage"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/registry"
	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/webui"
	"github.com/selasar/selasar/spec"
)

// Platform is a running platform of an operator.
type Platform struct {
	// Public and Admin are the base URLs of the two listeners.
	Public, Admin string
	// FirstKey is the text of the first owner's key, in the start that made it; otherwise
	// empty. It is stored nowhere.
	FirstKey string

	config   Config
	platform *server.Platform
	keys     *apikey.Service
	registry *registry.Service
	admin    *httpapi.Handler
	measures *measures
	stopping atomic.Bool
	tls      *certificate // nil without TLS
	serving  server.Serving
	failed   chan error
	release  func() error // frees the data folder
}

// Start starts a platform. Its error is one line with the remedy.
func Start(ctx context.Context, c Config) (*Platform, error) {
	p := &Platform{config: c, failed: make(chan error, 4)}
	if err := p.start(ctx); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

func (p *Platform) start(ctx context.Context) error {
	checked, err := p.config.check()
	if err != nil {
		return err
	}
	if p.tls, err = p.config.certificate(); err != nil {
		return err
	}
	public, err := server.Listen(p.config.Listen, "--listen")
	if err != nil {
		return err
	}
	operator, err := server.Listen(p.config.AdminListen, "--admin-listen")
	if err == nil {
		err = p.open(ctx, checked)
	}
	if err != nil {
		return errors.Join(err, closed(public), closed(operator))
	}
	p.Public, p.Admin = p.scheme()+server.Reachable(public), p.scheme()+server.Reachable(operator)
	p.serving.Adjust = p.adjust
	p.serving.Serve(public, p.guarded(checked, p.publicHandler()), p.failed)
	p.serving.Serve(operator, p.guarded(checked, p.adminHandler()), p.failed)
	p.platform.StartSending("")
	return nil
}

// open opens the database, the rules and the doors.
func (p *Platform) open(ctx context.Context, c checked) error {
	database, release, err := p.config.database(ctx)
	if err != nil {
		return err
	}
	p.release = release
	if p.platform, err = p.openServer(ctx, c, database); errors.Is(err, sqlstore.ErrForeign) {
		err = p.reopen(ctx, c, database, err)
	}
	if err != nil {
		return err
	}
	door, err := p.adminDoor()
	if err != nil {
		return err
	}
	p.admin = httpapi.New(spec.Admin, door)
	p.admin.Health = p.platform.API.Health
	p.measures = newMeasures(p.platform, p.tls, p.config.Version)
	p.platform.API.Observe, p.admin.Observe = p.observe(publicListener), p.observe(operatorListener)
	_, p.FirstKey, err = p.keys.First(ctx)
	return err
}

// reopen opens a database whose master key has changed, when a crash came before the key's
// file was renamed.
func (p *Platform) reopen(ctx context.Context, c checked, database sqlstore.Options, foreign error) (err error) {
	next, err := p.config.interrupted()
	if err != nil || next == nil {
		return errors.Join(foreign, err)
	}
	database.Key = next
	if p.platform, err = p.openServer(ctx, c, database); err != nil {
		return err
	}
	return p.config.settleFiles()
}

func (p *Platform) openServer(ctx context.Context, c checked, database sqlstore.Options) (*server.Platform, error) {
	return server.Open(ctx, server.Config{
		Database: database, Limits: p.config.Limits, Loopback: p.config.AllowLoopback, HostOrigins: p.config.HostOrigins,
		Provider: c.provider,
		Host: func(context.Context, *server.Platform) (server.Host, error) {
			return server.Host{Devices: noDevices{}, Responder: ask.Nobody{}}, nil
		},
		Errands: p.errands, Doors: links,
	})
}

// links returns the door of the payments' addresses.
func links(s *server.Platform) ([]httpapi.Door, error) {
	door, err := paypage.NewLink(paypage.LinkConfig{DB: sqlstore.View[jsapi.Tx](s.DB), Clock: s.Clock})
	return []httpapi.Door{door}, err
}

// errands makes the operator's rules, and returns their housekeeping.
func (p *Platform) errands(s *server.Platform) []func(context.Context) (int, error) {
	p.keys = &apikey.Service{DB: sqlstore.View[apikey.Tx](s.DB), Clock: s.Clock, IDs: s.IDs}
	p.registry = &registry.Service{DB: sqlstore.View[registry.Tx](s.DB), Clock: s.Clock, Consents: p.keeper(s), Events: s.Events}
	return []func(context.Context) (int, error){p.registry.Expire, p.registry.Withdraw}
}

func (p *Platform) keeper(s *server.Platform) consent.Keeper {
	return consent.Keeper{Clock: s.Clock, IDs: s.IDs, Chains: consent.Chains(s.Key), Operator: p.config.Operator}
}

func (p *Platform) adminDoor() (httpapi.Door, error) {
	s := p.platform
	return admin.New(admin.Config{
		DB: sqlstore.View[admin.Tx](s.DB), Keys: p.keys, Registry: p.registry, Launches: s.Launches, Engine: s.Engine,
		Credentials: s.Credentials, Consents: p.keeper(s), Audit: audit.Log{Clock: s.Clock, IDs: s.IDs}, Clock: s.Clock, IDs: s.IDs, Key: s.Key, Events: s.Events,
		NotificationURL: s.NotificationURL, ForeignUsers: p.config.Provider != "", Limits: s.Guard, NextMasterKey: p.config.nextKey,
	})
}

// publicHandler serves the doors of hosts and backends, and the SDK files.
func (p *Platform) publicHandler() http.Handler {
	mux := p.mux(p.platform.API)
	mux.Handle("/sdk/", webui.SDK())
	return mux
}

func (p *Platform) adminHandler() http.Handler {
	mux := p.mux(p.admin)
	mux.Handle("GET /metrics", p.measures)
	return mux
}

// mux returns what both listeners serve: their doors, the readiness, and an answer to every
// other path.
func (p *Platform) mux(api *httpapi.Handler) *http.ServeMux {
	mux := http.NewServeMux()
	for _, prefix := range api.Prefixes() {
		mux.Handle(prefix, api)
	}
	mux.HandleFunc("GET /readyz", p.ready)
	mux.HandleFunc("/", unknown)
	return mux
}

// noDevices is for launches, which all have a device of their own.
type noDevices struct{}

func (noDevices) Device(_ context.Context, launchID string) (device.Device, error) {
	return device.Device{}, problem.New(problem.LaunchUnknown, "launch %s has no device; open the mini app again", launchID)
}

// Failed receives an error when the platform cannot continue.
func (p *Platform) Failed() <-chan error { return p.failed }

// Patience is the longest time of a stop, in which running requests end.
const Patience = 8 * time.Second

// Close stops the platform: it refuses new requests, waits for the running ones, and
// writes all data to disk. It ends within 10 seconds.
func (p *Platform) Close() error {
	p.stopping.Store(true)
	if p.platform != nil {
		p.platform.EndStreams()
		p.platform.StopSending() // an interrupted notification stays due
	}
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	began := time.Now()
	p.serving.Stop(ctx)
	if ctx.Err() != nil {
		slog.Warn("some requests did not end in time, and were cut off", "after", time.Since(began).Round(time.Millisecond))
	}
	var err error
	if p.platform != nil {
		err = p.platform.Close()
	}
	if p.release != nil {
		err = errors.Join(err, p.release())
	}
	return err
}

func closed(l net.Listener) error {
	if l == nil {
		return nil
	}
	return l.Close()
}
