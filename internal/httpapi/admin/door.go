package admin

import (
	"context"
	"errors"
	"net/http"

	"github.com/selasar/selasar/internal/apikey"
	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/limit"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/registry"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
)

// Tx is the part of a transaction that the door uses.
type Tx interface {
	jsapi.Tx
	apikey.Tx
	registry.Tx
	credential.Tx
	audit.Tx
	consent.LedgerTx
	// PutMasterKey changes the master key of the database.
	PutMasterKey(ctx context.Context, next *secret.Key) error
}

// Config configures New.
type Config struct {
	DB          store.Database[Tx]
	Keys        *apikey.Service
	Registry    *registry.Service
	Launches    *launch.Service
	Engine      *jsapi.Engine
	Credentials *credential.Service
	Consents    consent.Keeper
	Audit       audit.Log
	Clock       clock.Clock
	IDs         *id.Source
	Key         *secret.Key // encrypts the answers for retries, and makes launch tokens
	Events      *bus.Bus
	Apps        edge.Apps
	// NextMasterKey returns a new master key. settle runs after the commit.
	NextMasterKey func(ctx context.Context) (next *secret.Key, settle func() error, err error)
	// ForeignUsers says that the operator's provider has the users: a launch for an id
	// makes the user's row, which has no personal data.
	ForeignUsers bool
	Limits       *limit.Guard // nil: no limits
	// NotificationURL returns the URL that receives a mini app's notifications.
	NotificationURL func(miniapp.App) string
}

type door struct {
	Config
	flight request.Flight
}

// New returns the door.
func New(c Config) (httpapi.Door, error) {
	if c.DB == nil || c.Keys == nil || c.Registry == nil || c.Launches == nil || c.Engine == nil || c.Credentials == nil ||
		c.Clock == nil || c.IDs == nil || c.Key == nil || c.Events == nil || c.NotificationURL == nil || c.NextMasterKey == nil {
		return httpapi.Door{}, errors.New("admin: the database, rules, clock, ids, key, events, NotificationURL and NextMasterKey must be set")
	}
	d := &door{Config: c}
	door := httpapi.Door{Prefixes: []httpapi.Prefix{{Path: "/admin/"}}}
	for _, one := range d.table() {
		door.Routes = append(door.Routes, httpapi.Route{Pattern: one.pattern, Demand: httpapi.APIKey, Handler: d.serve(one)})
	}
	return door, nil
}

// call is one request with its authenticated key.
type call struct {
	*http.Request
	key  apikey.Key
	body []byte
}

// serve authenticates the caller, checks its rights, and runs a route.
func (d *door) serve(one route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := d.identify(r, one)
		var a answer
		if err == nil && one.read != nil {
			a.Body, err = one.read(r.Context(), c)
		} else if err == nil {
			a, err = d.act(r.Context(), c, one)
		}
		if err != nil {
			if problem.Is(err, problem.Unauthorized) {
				w.Header().Set("WWW-Authenticate", `Bearer realm="selasar admin"`)
			}
			edge.WriteProblem(w, r, err)
			return
		}
		a.write(w)
	})
}

func (d *door) identify(r *http.Request, one route) (*call, error) {
	if err := edge.Admit(d.Limits, r); err != nil {
		return nil, err
	}
	text, err := edge.Credentials(r.Header.Get("Authorization"), "Bearer")
	if err != nil {
		return nil, problem.New(problem.Unauthorized, "%s", problem.Of(err).Message)
	}
	key, err := d.Keys.Authenticate(r.Context(), text)
	if err != nil {
		return nil, err
	}
	if err := d.Limits.Key(key.ID); err != nil {
		return nil, err
	}
	if err := key.May(one.role, one.scope); err != nil {
		return nil, err
	}
	body, err := edge.ReadBody(r)
	return &call{r, key, body}, err
}

// tellConsents tells open launches of withdrawn consents, after the commit.
func (d *door) tellConsents(decided []consent.Entry) func(context.Context) error {
	return func(context.Context) error {
		consent.Tell(d.Events, decided...)
		return nil
	}
}
