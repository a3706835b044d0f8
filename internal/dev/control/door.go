package control

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/store"
)

// Config configures New.
type Config struct {
	*Current
	DB          store.Database[jsapi.Tx]
	Payments    *payment.Service
	Messages    *message.Service
	Credentials *credential.Service
	Clock       *clock.Movable
	IDs         *id.Source
	Journal     *journal.Log
	Apps        edge.Apps
	Operations  []httpapi.Operation // the operations that accept faults
	URLs        URLs
	Version     string
	// Target returns the source of the mini app's pages and its state.
	Target func() Target
	// Earlier returns a page of the stored journal, oldest entry first.
	Earlier func(ctx context.Context, p store.Page) ([]journal.Entry, error)
	// NotificationURL returns the URL that receives a mini app's notifications.
	NotificationURL func(miniapp.App) string
	// Reset empties the platform and fills it again.
	Reset func(ctx context.Context) error
	// Sweep settles everything that is due after the clock moved.
	Sweep func(ctx context.Context) error
	// Review settles open asks whose question was settled in another way.
	Review func(ctx context.Context, userID, miniAppID string) error
	Done   <-chan struct{} // closed when the platform stops
}

// URLs are the addresses of a development platform.
type URLs struct {
	Simulator string `json:"simulator"`
	App       string `json:"app"`
	API       string `json:"api"`
	Control   string `json:"control"`
}

// Target is the source of the mini app's pages, and its state.
type Target struct {
	Kind    string `json:"kind"` // command, url, folder or none
	Command string `json:"command,omitempty"`
	URL     string `json:"url,omitempty"`
	State   string `json:"state"` // none, starting, running or exited
	Message string `json:"message,omitempty"`
}

type door struct {
	Config
	changes changes
}

// New returns the door.
func New(c Config) (httpapi.Door, error) {
	if c.Current == nil || c.Current.Simulator == nil || c.Current.People == nil || c.DB == nil || c.Payments == nil || c.Messages == nil ||
		c.Credentials == nil || c.Clock == nil || c.IDs == nil || c.Journal == nil {
		return httpapi.Door{}, errors.New("control: the simulator, database, rules, clock, ids and journal must be set")
	}
	if c.Target == nil || c.Earlier == nil || c.NotificationURL == nil || c.Reset == nil || c.Sweep == nil || c.Review == nil {
		return httpapi.Door{}, errors.New("control: Target, Earlier, NotificationURL, Reset, Sweep and Review must be set")
	}
	d := &door{Config: c}
	return httpapi.Door{Routes: d.routes(), Prefixes: []httpapi.Prefix{{Path: "/control/"}}}, nil
}

func (d *door) routes() (routes []httpapi.Route) {
	add := func(pattern string, h http.Handler) {
		routes = append(routes, httpapi.Route{Pattern: pattern, Demand: httpapi.OwnOrigin, Handler: h})
	}
	add("GET /control/v1/journal", http.HandlerFunc(d.journal))
	add("POST /control/v1/reset", edge.Endpoint(d.reset))
	add("POST /control/v1/files", http.HandlerFunc(d.addFile))
	add("GET /control/v1/files/{id}", http.HandlerFunc(d.file))
	for pattern, serve := range map[string]edge.Endpoint{
		"GET /control/v1/state":                      d.state,
		"GET /control/v1/device":                     d.device,
		"PATCH /control/v1/device":                   d.changeDevice,
		"POST /control/v1/device/shake":              d.shake,
		"POST /control/v1/device/blow":               d.blow,
		"GET /control/v1/files":                      d.files,
		"GET /control/v1/answers":                    d.answers,
		"PATCH /control/v1/answers":                  d.choose,
		"GET /control/v1/clock":                      d.clock,
		"POST /control/v1/clock":                     d.advance,
		"GET /control/v1/payments":                   d.payments,
		"POST /control/v1/payments":                  d.pay,
		"GET /control/v1/notifications":              d.notifications,
		"POST /control/v1/notifications/{id}/replay": d.replay,
		"GET /control/v1/messages":                   d.messages,
		"DELETE /control/v1/messages/{id}":           d.dismiss,
		"GET /control/v1/wallet":                     d.wallet,
		"GET /control/v1/users":                      d.users,
		"POST /control/v1/users":                     d.addUser,
		"PATCH /control/v1/users":                    d.changeUser,
		"GET /control/v1/consents":                   d.consents,
		"PATCH /control/v1/consents":                 d.decide,
		"PATCH /control/v1/mini-app":                 d.changeApp,
		"POST /control/v1/page-troubles":             d.reportPage,
		"POST /control/v1/page/kill":                 d.killPage,
		"GET /control/v1/credentials":                d.credentials,
		"POST /control/v1/credentials/rotate":        d.rotate,
		"GET /control/v1/faults":                     d.faults,
		"POST /control/v1/faults":                    d.addFault,
		"DELETE /control/v1/faults":                  d.removeFaults,
		"DELETE /control/v1/faults/{id}":             d.removeFault,
	} {
		add(pattern, d.whole(serve))
	}
	return routes
}

// whole serves an endpoint separately from resets. It reads the body first, so that a
// slow caller does not delay a reset.
func (d *door) whole(serve edge.Endpoint) edge.Endpoint {
	return func(r *http.Request) (any, error) {
		body, err := edge.ReadBody(r)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		d.resetting.RLock()
		defer d.resetting.RUnlock()
		return serve(r)
	}
}

func (d *door) reset(r *http.Request) (any, error) {
	if _, err := edge.ReadBody(r); err != nil {
		return nil, err
	}
	d.resetting.Lock()
	defer d.resetting.Unlock()
	return nil, d.Reset(r.Context())
}
