package dev

import (
	"errors"
	"net/http"

	"github.com/selasar/selasar/internal/dev/control"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/httpapi/paypage"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/webui"
)

// API returns the handler of the platform's APIs.
func (d *Platform) API() *httpapi.Handler { return d.platform.API }

// handler serves the APIs, the SDK files and the simulator's page.
func (d *Platform) handler() http.Handler {
	mux := http.NewServeMux()
	for _, prefix := range d.platform.API.Prefixes() {
		mux.Handle(prefix, d.platform.API)
	}
	mux.Handle("/sdk/", webui.SDK())
	mux.Handle("/npm/", webui.Registry())
	mux.Handle("/", edge.LocalHost(edge.UnderOwnHost(webui.Simulator(d.framed))))
	return apart(mux)
}

// apart asks the browser to run an origin in its own process or thread, so that an
// endless loop in the mini app does not freeze the simulator. Without it, browsers run
// both origins together, because they are one site.
func apart(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Origin-Agent-Cluster", "?1")
		h.ServeHTTP(w, r)
	})
}

// doors returns the doors that only development platforms have.
func (d *Platform) doors(p *server.Platform) ([]httpapi.Door, error) {
	db, apps := sqlstore.View[jsapi.Tx](p.DB), edge.Apps{Under: appAt, IconURL: d.iconURL}
	page, failed := paypage.New(paypage.Config{
		DB: db, Payments: p.Payments, Credentials: p.Credentials, Key: p.Key, Clock: p.Clock, Journal: p.Journal,
		Apps: apps, Payer: d.Simulator.User,
	})
	controls, err := control.New(control.Config{
		Current: &d.Current, DB: db, Payments: p.Payments, Messages: p.Messages, Credentials: p.Credentials,
		Clock: p.Clock, IDs: p.IDs, Journal: p.Journal, Apps: apps, Operations: p.Operations,
		URLs: d.URLs, Version: d.config.Version, Target: d.targetNow, Earlier: p.DB.LoadJournal, NotificationURL: p.NotificationURL,
		Reset: d.reset, Sweep: p.Settle, Review: p.Engine.Review, Done: p.Done(),
	})
	return []httpapi.Door{page, controls}, errors.Join(failed, err)
}
