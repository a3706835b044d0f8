package hostapi

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/blob"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/limit"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
)

// Config configures New.
type Config struct {
	Engine   *jsapi.Engine
	Launches *launch.Service
	DB       store.Database[jsapi.Tx]
	Key      *secret.Key // of launch tokens
	Events   *bus.Bus
	Blobs    *blob.Service
	Journal  *journal.Log
	Apps     edge.Apps
	// Opens serves POST /host/v1/launches, for hosts on this machine. Otherwise the
	// operator's backend opens launches by the operator API.
	Opens bool
	// Origins are the origins of web hosts, in addition to the door's own, such as
	// https://super.example.
	Origins []string
	// LocalOnly refuses sockets whose Host is not a name of this machine.
	LocalOnly bool
	// Fill, when set, returns the mini app and the user for a request that names none.
	// A reset waits until done is called.
	Fill func(ctx context.Context, miniAppID, userID string) (app, user string, done func(), err error)
	// Network, when set, delays and loses calls.
	Network device.Network
	Limits  *limit.Guard    // nil: no limits
	Done    <-chan struct{} // closed when the platform stops
}

type door struct{ Config }

// New returns the door.
func New(c Config) (httpapi.Door, error) {
	if c.Engine == nil || c.Launches == nil || c.DB == nil || c.Key == nil || c.Events == nil || c.Blobs == nil || c.Journal == nil {
		return httpapi.Door{}, errors.New("hostapi: the engine, launches, database, key, events, blobs and journal must be set")
	}
	d := &door{c}
	door := httpapi.Door{
		Routes: []httpapi.Route{
			{Pattern: "GET /host/v1/launches/{id}", Demand: httpapi.Launch, Handler: d.ofLaunch(d.showLaunch)},
			{Pattern: "DELETE /host/v1/launches/{id}", Demand: httpapi.Launch, Handler: d.ofLaunch(d.endLaunch)},
			{Pattern: "POST /host/v1/launches/{id}/calls", Demand: httpapi.Launch, Handler: d.ofLaunch(d.call)},
			{Pattern: "GET /host/v1/launches/{id}/capabilities", Demand: httpapi.Launch, Handler: d.ofLaunch(d.capabilities)},
			{Pattern: "GET /host/v1/launches/{id}/background", Demand: httpapi.Launch, Handler: d.ofLaunch(d.background)},
			{Pattern: "DELETE /host/v1/launches/{id}/background", Demand: httpapi.Launch, Handler: d.ofLaunch(d.leavePage)},
			{Pattern: "GET /host/v1/launches/{id}/events", Demand: httpapi.Launch, Handler: http.HandlerFunc(d.launchEvents)},
			{Pattern: "GET /host/v1/launches/{id}/socket", Demand: httpapi.Socket, Handler: http.HandlerFunc(d.serveSocket)},
			{Pattern: "POST /host/v1/launches/{id}/blobs", Demand: httpapi.Launch, Handler: d.ofLaunch(d.putBlob)},
			{Pattern: "GET /host/v1/launches/{id}/blobs/{blob}", Demand: httpapi.Launch, Handler: http.HandlerFunc(d.getBlob)},
			{Pattern: "POST /host/v1/asks/{id}/answer", Demand: httpapi.Launch, Handler: d.ofLaunch(d.answer)},
			{Pattern: "DELETE /host/v1/asks/{id}", Demand: httpapi.Launch, Handler: d.ofLaunch(d.withdrawAsk)},
		},
		Prefixes: []httpapi.Prefix{{Path: "/host/"}},
	}
	if c.Opens {
		door.Routes = append(door.Routes, httpapi.Route{Pattern: "POST /host/v1/launches", Demand: httpapi.OwnOrigin, Handler: edge.Endpoint(d.openLaunch)})
	}
	return d.shared(door), nil
}

// ofLaunch serves an endpoint to the holder of a launch token. The token names the
// launch; a launch in the path must be the same one.
func (d *door) ofLaunch(serve func(ctx context.Context, launchID string, r *http.Request) (any, error)) edge.Endpoint {
	return func(r *http.Request) (any, error) {
		launchID, err := d.launchOf(r)
		if err != nil {
			return nil, err
		}
		return serve(r.Context(), launchID, r)
	}
}

func (d *door) launchOf(r *http.Request) (string, error) {
	if err := edge.Admit(d.Limits, r); err != nil {
		return "", err
	}
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return "", problem.New(problem.Unauthorized, "send Authorization: Bearer with the token that opening the launch gave")
	}
	launchID, err := d.parseLaunch(token)
	if err == nil && strings.HasPrefix(r.URL.Path, "/host/v1/launches/") && r.PathValue("id") != launchID {
		err = problem.New(problem.Unauthorized, "the launch token belongs to another launch")
	}
	if err == nil {
		err = d.Limits.User(launchID)
	}
	if err == nil {
		d.Engine.Hosts.Heard(launchID)
	}
	return launchID, err
}

func (d *door) parseLaunch(token string) (string, error) {
	id, ok := d.Key.ParseLaunchToken(token)
	if !ok || id == uuid.Nil {
		return "", problem.New(problem.Unauthorized, "the launch token is not one of this platform; open the mini app again")
	}
	return id.String(), nil
}
