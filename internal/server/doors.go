package server

import (
	"context"
	"errors"

	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/bisnap"
	"github.com/selasar/selasar/internal/httpapi/checkout"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/httpapi/hostapi"
	"github.com/selasar/selasar/internal/httpapi/miniapi"
	"github.com/selasar/selasar/internal/httpapi/paypage"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/sqlstore"
)

// openDoors builds the handler from the doors of every platform and those of the
// configuration.
func (p *Platform) openDoors(c Config, h Host) error {
	doors, err := p.ownDoors(c, h)
	if err != nil {
		return err
	}
	for _, door := range doors {
		p.Operations = append(p.Operations, door.Operations...)
	}
	if c.Doors != nil {
		further, err := c.Doors(p)
		if err != nil {
			return err
		}
		doors = append(doors, further...)
	}
	p.API = httpapi.New(c.Document, doors...)
	p.strangers = &edge.Strangers{Journal: p.Journal, Clock: p.Clock, Origins: p.origins}
	p.API.Strangers = p.strangers
	p.API.Health = func(ctx context.Context) error { return p.health.check(ctx, p.DB.Probe) }
	return nil
}

// origins returns the origins of the registered mini apps.
func (p *Platform) origins(ctx context.Context) (origins []string, err error) {
	err = p.DB.Read(ctx, func(tx *sqlstore.Tx) error {
		apps, err := tx.MiniApps().List(ctx)
		for _, app := range apps {
			origins = append(origins, app.Origin)
		}
		return err
	})
	return origins, err
}

func (p *Platform) ownDoors(c Config, h Host) (doors []httpapi.Door, err error) {
	shared := edge.Platform{Clock: p.Clock, Journal: p.Journal, Faults: h.Faults, Limits: p.Guard, Done: p.Done()}
	db := sqlstore.View[jsapi.Tx](p.DB)
	add := func(door httpapi.Door, failed error) {
		doors, err = append(doors, door), errors.Join(err, failed)
	}
	add(hostapi.New(hostapi.Config{
		Engine: p.Engine, Launches: p.Launches, DB: db, Key: p.Key, Events: p.Events, Journal: p.Journal, Blobs: p.Blobs,
		Apps: c.Apps, Opens: h.Fill != nil, Origins: c.HostOrigins, LocalOnly: h.Fill != nil, Fill: h.Fill, Network: h.Network, Limits: p.Guard, Done: p.Done(),
	}))
	add(bisnap.New(bisnap.Config{
		Platform: shared, DB: db, Engine: p.Engine, Payments: p.Payments, Credentials: p.Credentials, Clock: p.Clock, IDs: p.IDs,
		Window: c.Limits.window(), PagePath: paypage.Path,
	}))
	add(miniapi.New(miniapi.Config{
		Platform: shared, DB: db, Credentials: p.Credentials, Login: p.Login, Bank: p.Bank, Messages: p.Messages, Rewards: p.Rewards, Directory: p.directory,
	}))
	if c.Checkout {
		add(checkout.New(checkout.Config{
			Platform: shared, DB: db, Engine: p.Engine, Payments: p.Payments, Credentials: p.Credentials, Clock: p.Clock, Key: p.Key, RedirectPath: paypage.RedirectPath,
		}))
	}
	return doors, err
}
