package paypage

import (
	"errors"
	"net/http"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
)

// Paths of the page.
const (
	// Path opens the page of a payment; its query is the deeplink's.
	Path = "/app/merchanttransfer"
	// RedirectPath opens the page of a token of Snap Checkout, alone or in the frame of
	// snap.js.
	RedirectPath = "/snap/v4/redirection/"
)

// Config configures New.
type Config struct {
	DB          store.Database[jsapi.Tx]
	Payments    *payment.Service
	Credentials *credential.Service
	Key         *secret.Key // of Snap Checkout's tokens
	Clock       clock.Clock
	Journal     *journal.Log
	Apps        edge.Apps
	Payer       func() string // the id of the paying user
}

type door struct{ Config }

// New returns the door.
func New(c Config) (httpapi.Door, error) {
	if c.DB == nil || c.Payments == nil || c.Credentials == nil || c.Key == nil || c.Clock == nil || c.Journal == nil || c.Payer == nil {
		return httpapi.Door{}, errors.New("paypage: the database, rules, key, clock, journal and payer must be set")
	}
	d := &door{c}
	show, act := http.HandlerFunc(d.show), http.HandlerFunc(d.act)
	return httpapi.Door{
		Routes: []httpapi.Route{
			{Pattern: "GET " + Path, Demand: httpapi.LocalHost, Handler: show},
			{Pattern: "POST " + Path, Demand: httpapi.OwnOrigin, Handler: act},
			{Pattern: "GET " + Path + "/{file}", Demand: httpapi.LocalHost, Handler: http.HandlerFunc(servePageFile)},
			{Pattern: "GET " + RedirectPath + "{token}", Demand: httpapi.LocalHost, Handler: show},
			{Pattern: "POST " + RedirectPath + "{token}", Demand: httpapi.OwnOrigin, Handler: act},
			{Pattern: "GET /snap/snap.js", Demand: httpapi.LocalHost, Handler: http.HandlerFunc(serveSnapJS)},
		},
		Prefixes: []httpapi.Prefix{{Path: "/app/"}},
	}, nil
}
