package miniapi

import (
	"errors"
	"net/http"

	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/reward"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
)

// Config configures New.
type Config struct {
	Platform    edge.Platform
	DB          store.Database[jsapi.Tx]
	Credentials *credential.Service
	Login       *login.Service
	Bank        *bank.Service
	Messages    *message.Service
	Rewards     *reward.Service
	Directory   user.Directory // nil: the users of the database
}

type door struct {
	Config
	exchange edge.Exchange[*call, any]
}

// New returns the door.
func New(c Config) (httpapi.Door, error) {
	if c.DB == nil || c.Credentials == nil || c.Login == nil || c.Bank == nil || c.Messages == nil || c.Rewards == nil ||
		c.Platform.Journal == nil || c.Platform.Clock == nil {
		return httpapi.Door{}, errors.New("miniapi: the platform, its database and its rules must be set")
	}
	d := &door{Config: c}
	d.exchange = edge.Exchange[*call, any]{Platform: c.Platform, Dialect: dialect}
	const below = " /v1/mini-apps/"
	return httpapi.Door{
		Routes: []httpapi.Route{
			{Pattern: "POST" + below + "authorizations/token", Demand: httpapi.Basic, Handler: d.basic("token", d.exchangeCode)},
			{Pattern: "GET" + below + "users/profile", Demand: httpapi.Bearer, Handler: d.bearer("profile", withRequestID(d.profile))},
			{Pattern: "POST" + below + "bank-details", Demand: httpapi.Basic, Handler: d.basic("bank-details", d.bankDetails)},
			{Pattern: "PUT" + below + "reminder", Demand: httpapi.Bearer, Handler: d.bearer("reminder", d.remind)},
			{Pattern: "DELETE" + below + "reminder/{id}", Demand: httpapi.Bearer, Handler: d.bearer("reminder", d.deleteReminder)},
			{Pattern: "POST" + below + "notifications/push", Demand: httpapi.Bearer, Handler: d.bearer("push", withRequestID(d.push))},
			{Pattern: "POST" + below + "rewards", Demand: httpapi.Bearer, Handler: d.bearer("rewards", withRequestID(d.reward))},
			{Pattern: "GET" + below + "gems/balance", Demand: httpapi.Bearer, Handler: d.bearer("gems-balance", withRequestID(d.gemsBalance))},
			{Pattern: "POST" + below + "gems/collect", Demand: httpapi.Bearer, Handler: d.bearer("gems-collect", withRequestID(d.collectGems))},
		},
		Prefixes: []httpapi.Prefix{
			{Path: "/v1/", Unknown: unknownPath, Scope: scope, Trace: c.Platform.TraceUnrouted},
			{Path: "/v1/mini-apps/", Unknown: unknownPath, Scope: scope, Trace: c.Platform.TraceUnrouted},
		},
		Operations: documentedOperations(),
	}, nil
}

const scope = "Below /v1/mini-apps/ there are authorizations/token, users/profile, bank-details, reminder, notifications/push, rewards and gems; " +
	"the other APIs of Midtrans below /v1/ are out of scope"

// unknownPath returns the envelope for a request without a route. It also has the members
// of Midtrans' Core API, a part of which is below /v1/ too.
func unknownPath(unknown *problem.Problem) edge.Answer {
	return edge.JSON(http.StatusNotFound, struct {
		envelope
		Code    string `json:"status_code"`
		Message string `json:"status_message"`
	}{envelope{Error: &envelopeError{Description: "Not Found", Hint: unknown.Message}}, "404", unknown.Message})
}
