package server

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/fault"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/sqlstore"
)

// Config says what a platform is made of.
type Config struct {
	Database sqlstore.Options // its journal is the platform's own
	Clock    clock.Clock      // nil: the machine's
	Limits   Limits
	Apps     edge.Apps
	// Loopback lets notifications go to addresses of this machine.
	Loopback bool
	// Host returns what the platform needs of its hosts. The platform has its parts
	// and its database by then, but no rules.
	Host func(ctx context.Context, p *Platform) (Host, error)
	// Doors, when set, returns further doors. The platform has its rules and its own
	// doors' operations by then.
	Doors func(p *Platform) ([]httpapi.Door, error)
}

// Host is what a platform needs of the hosts that it serves.
type Host struct {
	Devices   device.Source
	Responder ask.Responder // answers asks on the server
	Faults    fault.Source  // nil: no faults
	// Fill, when set, chooses a mini app and a user for a host that names none; see
	// hostapi.Config. Such a platform serves hosts on this machine only.
	Fill func(ctx context.Context, miniAppID, userID string) (app, user string, done func(), err error)
}
