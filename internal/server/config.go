package server

import (
	"context"
	"net/netip"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/fault"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/provider"
	"github.com/selasar/selasar/internal/sqlstore"
)

// Config configures Open.
type Config struct {
	Database sqlstore.Options // its journal becomes the platform's journal
	Clock    clock.Clock      // nil: the machine's clock
	Limits   Limits
	Apps     edge.Apps
	// Dialects are the dialects of calls in addition to webview.
	Dialects []*jsapi.Dialect
	// Loopback allows notifications to addresses of this machine.
	Loopback bool
	// Served says that the mini apps have a server of their own, now or once it has started (see StartSending).
	Served bool
	// Provider is the operator's provider of money and users; its Transport and Clock are
	// set by Open. Nil: the built-in wallet and users.
	Provider *provider.Config
	// Own reports whether an address is Selasar's own; no notification is sent there. May be nil.
	Own func(netip.AddrPort) bool
	// Host returns the platform's Host. It is called when the platform has its parts
	// and its database, but no rules yet.
	Host func(ctx context.Context, p *Platform) (Host, error)
	// HostOrigins are the origins of web hosts that call from their own pages.
	HostOrigins []string
	// Document is the OpenAPI document of all doors; nil serves none.
	Document []byte
	// Errands run every second. Each returns how many rows it changed, and runs again
	// until that is 0.
	Errands func(p *Platform) []func(context.Context) (int, error)
	// Checkout serves Snap Checkout. Its answers lead to the payment page, which is one of
	// the further doors and must know the payer.
	Checkout bool
	// Doors, when set, returns further doors. It is called when the platform has its
	// rules and the operations of its own doors.
	Doors func(p *Platform) ([]httpapi.Door, error)
}

// Host is what a platform needs from its hosts.
type Host struct {
	Devices   device.Source
	Responder ask.Responder // answers asks on the server
	Faults    fault.Source  // nil: no faults
	// Sensors and Files are of devices that the platform reads itself; see [jsapi.Engine].
	Sensors device.Sensors
	Files   device.Files
	// PhotoURL returns the address of a blob for a page; see [jsapi.Engine].
	PhotoURL func(blobID string) string
	// Network is what the calls of hosts cross. Nil: calls are neither delayed nor lost.
	Network device.Network
	// Fill, when set, chooses the mini app and the user for a launch request that
	// names none; see hostapi.Config. Such a platform serves only hosts on this
	// machine.
	Fill func(ctx context.Context, miniAppID, userID string) (app, user string, done func(), err error)
}
