package dev

import (
	"context"

	"github.com/selasar/selasar/internal/dev/control"
	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/sqlstore"
)

// simulated is the simulated device of a platform, with its users.
type simulated struct{ control.Current }

// host adds a simulated device to a platform, in its last stored state. The clock
// continues with its stored offset.
func (d *Platform) host(ctx context.Context, p *server.Platform) (server.Host, error) {
	var err error
	d.simulated, err = simulate(ctx, p)
	if err != nil {
		return server.Host{}, err
	}
	d.MiniApp = d.app.ID
	return server.Host{Devices: d.Simulator, Responder: d.Simulator, Faults: d.Simulator, Fill: d.Fill}, nil
}

func simulate(ctx context.Context, p *server.Platform) (*simulated, error) {
	s := &simulated{}
	s.Simulator, s.People = simulator.On(p.DB, p.Clock, p.IDs, p.Events, p.Journal)
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
