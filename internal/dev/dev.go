// Package dev is `selasar dev`: a platform on the developer's machine. It has a
// simulated device with its user, the control API, the payment page, and the mini
// app's pages on a separate origin. It uses package server, which never imports it.
package dev

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"github.com/selasar/selasar/internal/dev/command"
	"github.com/selasar/selasar/internal/dev/control"
	"github.com/selasar/selasar/internal/dev/proxy"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/manifest"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/outbound"
	"github.com/selasar/selasar/internal/server"
)

// Config configures Start.
type Config struct {
	Target    string                         // a folder with a miniapp.json, or a URL
	Listen    string                         // address of the simulator, the APIs and the SDK files
	AppListen string                         // address of the mini app's origin
	Data      string                         // the data folder; empty: .selasar in the mini app's folder
	Database  string                         // sqlite:PATH or postgres://...; empty: selasar.db in Data
	Ephemeral bool                           // nothing is stored
	Variants  map[miniapp.VariantName]string // replace the variants of the manifest
	WebView   string                         // on or off: whether pages have the limits of a WebView; empty: as the stored device says
	Limits    server.Limits
	Dialects  []*jsapi.Dialect // in addition to the platform's own
	Version   string
	Output    io.Writer     // receives the output of the mini app's command
	Patience  time.Duration // how long the command may take to listen before Selasar says so; default 15 s
}

// Addresses are the addresses of a development platform.
type Addresses = control.URLs

// Platform is a running development platform.
type Platform struct {
	URLs Addresses

	config   Config
	manifest manifest.Manifest
	app      miniapp.App
	platform *server.Platform
	*simulated
	own
	proxy   *proxy.Proxy
	serving server.Serving
	done    chan struct{} // closed when Close begins
	failed  chan error
	files   *outbound.Client // downloads for the simulated device
	lock    *flock.Flock
	scratch string // the folder of an ephemeral platform

	equipping sync.WaitGroup // see equip
	stopEquip context.CancelFunc

	late atomic.Bool // the command had enough time to listen

	mu      sync.Mutex
	server  string // origin of the mini app's server; may be empty
	target  control.Target
	command *command.Command // nil until it has started
	found   proxy.Server     // where the command listens, unless dev.url names it
	ranOnce bool             // the command has listened; only its reports use this
}

// Start starts a development platform. Its error is one line with the remedy.
func Start(ctx context.Context, c Config) (*Platform, error) {
	d := &Platform{config: c, done: make(chan struct{}), failed: make(chan error, 4)}
	if err := d.start(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *Platform) start(ctx context.Context) (err error) {
	if err := d.config.Limits.Check(); err != nil {
		return err
	}
	if d.manifest, err = readTarget(d.config.Target); err != nil {
		return err
	}
	listener, err := server.Listen(d.config.Listen, "--listen")
	if err != nil {
		return err
	}
	appListener, err := server.Listen(d.config.AppListen, "--app-listen")
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	d.own.add(listener)
	d.own.add(appListener)
	if err = d.manifest.CheckServers(d.leadsHere); err == nil {
		err = d.open(ctx, listener, appListener)
	}
	if err != nil {
		return errors.Join(err, listener.Close(), appListener.Close())
	}
	d.serving.Adjust = newHeaders().adjust
	d.serving.Serve(listener, d.handler(), d.failed)
	d.serving.Serve(appListener, apart(edge.LocalHost(d.withPhotos(d.proxy))), d.failed)
	return nil
}

// Scratch returns the folder of an ephemeral platform. Close removes it; after a kill, the
// next start of a platform does.
func (d *Platform) Scratch() string { return d.scratch }

// App returns the mini app as its manifest describes it.
func (d *Platform) App() miniapp.App { return d.app }

// Failed receives an error when the platform cannot continue.
func (d *Platform) Failed() <-chan error { return d.failed }

// patience is the time for requests to end when the platform closes.
const patience = 2 * time.Second

// Close stops the platform. It waits for running requests, ends the mini app's
// command with all its processes, and writes all data to disk.
func (d *Platform) Close() error {
	close(d.done)
	if d.platform != nil {
		d.platform.EndStreams()
	}
	if d.stopEquip != nil {
		d.stopEquip()
		d.equipping.Wait()
	}
	if d.platform != nil {
		d.platform.StopSending() // stops first, so that no delivery fails because the mini app's server has ended
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var ending sync.WaitGroup
	ending.Go(func() { d.serving.Stop(ctx) })
	if d.command != nil {
		ending.Go(d.command.Stop)
	}
	ending.Wait()
	var err error
	if d.proxy != nil {
		d.proxy.Close()
	}
	if d.files != nil {
		d.files.Close()
	}
	if d.platform != nil {
		err = d.platform.Close()
	}
	if d.scratch != "" {
		err = errors.Join(err, os.RemoveAll(d.scratch)) // before the lock is free for another start
	}
	if d.lock != nil {
		err = errors.Join(err, d.lock.Unlock())
	}
	return err
}
