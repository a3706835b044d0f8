package dev

import (
	"context"
	"maps"
	"net"
	"path/filepath"
	"reflect"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/dev/control"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/spec"
)

// open opens the platform and fills it, before the first request.
func (d *Platform) open(ctx context.Context, listener, appListener net.Listener) error {
	base, origin := "http://"+reachable(d.config.Listen, listener), "http://"+reachable(d.config.AppListen, appListener)
	d.URLs = control.URLs{Simulator: base + "/", App: origin + "/", API: base, Control: base + "/control/v1"}
	d.app = d.manifest.App(origin)
	if flags := d.config.Variants; len(flags) > 0 {
		variants := maps.Clone(flags)
		for name, reading := range d.app.Variants {
			if variants[name] == "" {
				variants[name] = reading
			}
		}
		d.app.Variants = variants
	}
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
	if d.platform, err = server.Open(ctx, server.Config{
		Database: database, Limits: d.config.Limits, Apps: edge.Apps{Under: appAt, IconURL: d.iconURL},
		Dialects: d.config.Dialects, Document: spec.OpenAPI, Checkout: true,
		Loopback: true, // the mini app's backend runs on the developer's machine
		Served:   d.manifest.Dev.Command != "" || d.pages() != "",
		Own:      d.isOwn,
		Host:     d.host, Doors: d.doors,
	}); err != nil {
		return err
	}
	d.Simulator.Photos = d.platform.Blobs
	if err := d.seed(ctx); err != nil {
		return err
	}
	run, err := d.startTarget()
	if err == nil {
		d.equip(run)
	}
	return err
}

// seed registers the mini app, and creates the first user if there is none.
func (d *Platform) seed(ctx context.Context) error {
	if err := d.register(ctx); err != nil {
		return err
	}
	return seedUsers(ctx, d.platform, d.simulated)
}

// register stores the mini app's manifest, unless the same one is already stored. A
// suspended mini app stays suspended.
func (d *Platform) register(ctx context.Context) error {
	app := d.app
	var kept miniapp.App
	err := d.platform.DB.Read(ctx, func(tx *sqlstore.Tx) (err error) {
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
	return d.platform.DB.Write(ctx, func(tx *sqlstore.Tx) error { return tx.MiniApps().Put(ctx, app) })
}

// reset empties the platform and fills it again.
func (d *Platform) reset(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx) // an emptied platform must be filled again
	if err := d.platform.Clear(ctx); err != nil {
		return err
	}
	d.platform.Engine.Background.EndAll()
	d.platform.Events.Publish(bus.Of{}, bus.EndOfLaunch(event.LaunchMove{Reason: event.PlatformReset}))
	d.Simulator.Reset()
	return d.seed(ctx)
}
