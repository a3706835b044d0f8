// Package dev is `selasar dev`: a platform on the developer's machine, with a
// simulated device and its user, the control API, the payment page, and the mini
// app's pages on an origin of their own. It stands on package server, which never
// imports it.
package dev

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/selasar/selasar/internal/dev/command"
	"github.com/selasar/selasar/internal/dev/control"
	"github.com/selasar/selasar/internal/dev/manifest"
	"github.com/selasar/selasar/internal/dev/proxy"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/server"
)

// Config says what a development platform serves, and where.
type Config struct {
	Target    string // a folder with a miniapp.json, or a URL
	Listen    string // of the simulator, the APIs and the SDK files
	AppListen string // of the mini app's origin
	Data      string // where everything is kept; empty: .selasar in the folder
	Database  string // sqlite:PATH or postgres://...; empty: selasar.db in Data
	Ephemeral bool   // nothing is kept
	Limits    server.Limits
	Version   string
	Output    io.Writer // takes the output of the mini app's command
}

// Addresses are where a development platform is found.
type Addresses = control.URLs

// Platform is a running development platform.
type Platform struct {
	URLs Addresses

	config   Config
	manifest manifest.Manifest
	app      miniapp.App
	platform *server.Platform
	*simulated
	proxy   *proxy.Proxy
	server  string // origin of the mini app's own server; empty when it has none
	serving server.Serving
	done    chan struct{} // closes when Close begins
	failed  chan error
	lock    *flock.Flock
	scratch string // the folder of an ephemeral platform

	equipping sync.WaitGroup // see equip
	stopEquip context.CancelFunc

	mu      sync.Mutex
	target  control.Target
	command *command.Command // nil until it has started
	ranOnce bool             // the command has listened; told by its reports only
}

// Start starts a development platform. The error of a bad start is one line
// that says what to do.
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
	d.serving.Serve(listener, d.handler(), d.failed)
	d.serving.Serve(appListener, d.proxy, d.failed)
	return nil
}

// Failed receives an error when the platform cannot go on.
func (d *Platform) Failed() <-chan error { return d.failed }

// patience is how long requests may take to end when the platform closes.
const patience = 2 * time.Second

// Close stops the platform. Requests under way end, the mini app's command ends with
// every process that it started, and everything is on disk.
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
		d.platform.StopSending() // before the mini app's server ends, so that no delivery counts as failed
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
	if d.platform != nil {
		err = d.platform.Close()
	}
	if d.lock != nil {
		err = errors.Join(err, d.lock.Unlock())
	}
	if d.scratch != "" {
		err = errors.Join(err, os.RemoveAll(d.scratch))
	}
	return err
}
