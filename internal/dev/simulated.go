package dev

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/dev/control"
	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/outbound"
	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/sqlstore"
)

// downloadTime limits one download of the simulated device.
const downloadTime = time.Minute

// simulated is the simulated device of a platform, with its users.
type simulated struct{ control.Current }

// host adds a simulated device to a platform, in its last stored state. The clock
// continues with its stored offset.
func (d *Platform) host(ctx context.Context, p *server.Platform) (server.Host, error) {
	var err error
	d.simulated, err = simulate(ctx, p, d.config.WebView)
	if err != nil {
		return server.Host{}, err
	}
	d.MiniApp = d.app.ID
	d.files = outbound.New(outbound.Config{Loopback: true, Own: d.isOwn, Allow: d.isApp, Timeout: downloadTime})
	d.Simulator.Download = func(ctx context.Context, url string) (string, []byte, error) {
		return d.files.Download(ctx, url, simulator.MaxFile)
	}
	return server.Host{
		Devices: d.Simulator, Responder: d.Simulator, Faults: d.Simulator, Sensors: d.Simulator, Files: d.Simulator,
		PhotoURL: d.photoURL, Network: d.Simulator.Link, Fill: d.Fill,
	}, nil
}

// simulate returns the simulated device. view is the switch of the command line: on,
// off, or empty for the device's own.
func simulate(ctx context.Context, p *server.Platform, view string) (*simulated, error) {
	s := &simulated{}
	s.Simulator, s.People = simulator.On(p.DB, p.Clock, p.IDs, p.Events, p.Journal)
	if view != "" {
		s.Simulator.Preset = func(d *simulator.Device) { d.WebView = view == "on" }
	}
	err := p.DB.Read(ctx, func(tx *sqlstore.Tx) error {
		offset, err := simulator.ClockOffset(ctx, tx.Settings())
		if err == nil && offset > 0 {
			err = p.Clock.Advance(offset)
		}
		return err
	})
	if err == nil {
		err = s.Simulator.Load(ctx)
	}
	return s, err
}
