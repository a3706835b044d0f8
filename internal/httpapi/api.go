package httpapi

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/event"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/reward"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/spec"
)

// API is the rules that the endpoints call.
type API struct {
	Engine      *jsapi.Engine
	Launches    *launch.Service
	Login       *login.Service
	Bank        *bank.Service
	Payments    *payment.Service
	Messages    *message.Service
	Rewards     *reward.Service
	Credentials *credential.Service
	DB          store.Database[jsapi.Tx]
	Key         *secret.Key
	Clock       clock.Clock
	Window      time.Duration // around X-TIMESTAMP, both ways
	Events      *event.Hub
	Journal     *journal.Log
	IconURL     func(miniapp.App) string
	// At, when set, gives a mini app as it is reached under a Host.
	At func(host string, app miniapp.App) miniapp.App
	// Dev is the control API of a development platform; nil in production.
	Dev *Control
	// Done closes when the server stops, to end the streams.
	Done <-chan struct{}

	running sync.Map // requests of BI-SNAP, by mini app and X-EXTERNAL-ID
}

// Handler serves every API. Who may call what is in the table of routes.
func (a *API) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, route := range a.Routes() {
		mux.Handle(route.Pattern, route.guarded())
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]string{"status": "ok"})
	})
	mux.HandleFunc("GET /openapi.yaml", serveOpenAPI)
	others := methodsOf(mux)
	for _, prefix := range []string{"/host/", "/control/", "/v1/", "/v1.0/", "/app/", "/snap/"} {
		mux.Handle(prefix, endpoint(func(r *http.Request) (any, error) { return nil, a.noSuchPath(r, others(r)) }))
	}
	mux.HandleFunc("/v1/mini-apps/", func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, http.StatusNotFound, envelope{Error: &backendError{Description: "Not Found", Hint: a.noSuchPath(r, others(r)).Message}})
	})
	return mux
}

// serveOpenAPI gives the description of all this, to pages of every origin.
func serveOpenAPI(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "application/yaml")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-cache")
	_, _ = w.Write(spec.OpenAPI) // the caller went away
}

// Demand is what a route asks of its caller.
type Demand string

// The demands.
const (
	OwnOrigin Demand = "own origin"   // see ownOrigin
	LocalHost Demand = "local host"   // anybody, under a name of this machine
	Launch    Demand = "launch token" // Authorization: Bearer of the launch
	Socket    Demand = "socket"       // the launch token comes in the first message
	Basic     Demand = "basic"        // Authorization: Basic of the mini app
	Bearer    Demand = "auth token"   // Authorization: Bearer of a user
	ClientKey Demand = "client key"   // signed with the private key of X-CLIENT-KEY
	Signed    Demand = "signature"    // signed with a B2B access token and the client secret
	ServerKey Demand = "server key"   // Authorization: Basic of the server key and an empty password
)

// Route is one path with what it demands.
type Route struct {
	Pattern string
	Demand  Demand
	Handler http.Handler
}

func (r Route) guarded() http.Handler {
	switch r.Demand {
	case OwnOrigin:
		return inOneLine(ownOrigin(r.Handler))
	case LocalHost:
		return inOneLine(localHost(r.Handler))
	default:
		return inOneLine(r.Handler)
	}
}

// Routes lists every route once.
func (a *API) Routes() []Route {
	routes := []Route{
		{"POST /host/v1/launches", OwnOrigin, endpoint(a.openLaunch)},
		{"GET /host/v1/launches/{id}", Launch, a.ofLaunch(a.showLaunch)},
		{"DELETE /host/v1/launches/{id}", Launch, a.ofLaunch(a.endLaunch)},
		{"POST /host/v1/launches/{id}/calls", Launch, a.ofLaunch(a.call)},
		{"GET /host/v1/launches/{id}/capabilities", Launch, a.ofLaunch(a.capabilities)},
		{"GET /host/v1/launches/{id}/events", Launch, http.HandlerFunc(a.launchEvents)},
		{"GET /host/v1/launches/{id}/socket", Socket, http.HandlerFunc(a.socket)},
		{"POST /host/v1/asks/{id}/answer", Launch, a.ofLaunch(a.answer)},

		{"POST /v1/mini-apps/authorizations/token", Basic, a.basic("token", a.exchange)},
		{"GET /v1/mini-apps/users/profile", Bearer, a.bearer("profile", withRequestID(a.profile))},
		{"POST /v1/mini-apps/bank-details", Basic, a.basic("bank-details", a.bankDetails)},
		{"PUT /v1/mini-apps/reminder", Bearer, a.bearer("reminder", a.remind)},
		{"DELETE /v1/mini-apps/reminder/{id}", Bearer, a.bearer("reminder", a.deleteReminder)},
		{"POST /v1/mini-apps/notifications/push", Bearer, a.bearer("push", withRequestID(a.push))},
		{"POST /v1/mini-apps/rewards", Bearer, a.bearer("rewards", withRequestID(a.reward))},
		{"GET /v1/mini-apps/gems/balance", Bearer, a.bearer("gems-balance", withRequestID(a.gemsBalance))},
		{"POST /v1/mini-apps/gems/collect", Bearer, a.bearer("gems-collect", withRequestID(a.collectGems))},

		{"POST /v1.0/access-token/b2b", ClientKey, a.snap(snapToken, a.keyed, a.accessToken)},
		{"POST /v1.0/debit/payment-host-to-host", Signed, a.snap(snapPayment, a.signed, a.hostToHost)},
		{"POST /v1.0/debit/status", Signed, a.snap(snapStatus, a.signed, a.paymentStatus)},
		{"GET /v1.0/debit/status", Signed, a.snap(snapStatus, a.signed, a.paymentStatus)},
		{"POST /v1.0/debit/cancel", Signed, a.snap(snapCancel, a.signed, a.cancelPayment)},
		{"POST /v1.0/debit/refund", Signed, a.snap(snapRefund, a.signed, a.refundPayment)},

		{"POST /snap/v1/transactions", ServerKey, http.HandlerFunc(a.transactions)},
	}
	if a.Dev != nil {
		routes = append(routes, a.Dev.routes(a)...)
	}
	return routes
}

// ofLaunch serves an endpoint to the holder of a launch token. The token names
// the launch; where the path has one too, it must be the same.
func (a *API) ofLaunch(serve func(ctx context.Context, launchID string, r *http.Request) (any, error)) endpoint {
	return func(r *http.Request) (any, error) {
		launchID, err := a.launchOf(r)
		if err != nil {
			return nil, err
		}
		return serve(r.Context(), launchID, r)
	}
}

func (a *API) launchOf(r *http.Request) (string, error) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return "", problem.New(problem.Unauthorized, "send Authorization: Bearer with the token that opening the launch gave")
	}
	launchID, err := a.parseLaunch(token)
	if err == nil && strings.HasPrefix(r.URL.Path, "/host/v1/launches/") && r.PathValue("id") != launchID {
		err = problem.New(problem.Unauthorized, "the launch token belongs to another launch")
	}
	if err == nil {
		a.Engine.Hosts.Heard(launchID)
	}
	return launchID, err
}

func (a *API) parseLaunch(token string) (string, error) {
	id, ok := a.Key.ParseLaunchToken(token)
	if !ok || id == uuid.Nil {
		return "", problem.New(problem.Unauthorized, "the launch token is not one of this platform; open the mini app again")
	}
	return id.String(), nil
}
