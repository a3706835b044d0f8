package checkout

import (
	"errors"
	"net/http"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
)

// Config configures New.
type Config struct {
	Platform     edge.Platform
	DB           store.Database[jsapi.Tx]
	Engine       *jsapi.Engine // closes the sheet of a cancelled payment
	Payments     *payment.Service
	Credentials  *credential.Service
	Clock        *clock.Movable
	Key          *secret.Key // of tokens
	RedirectPath string      // path of the page that a token opens, with a slash at its end
}

type door struct{ Config }

// New returns the door.
func New(c Config) (httpapi.Door, error) {
	if c.DB == nil || c.Engine == nil || c.Payments == nil || c.Credentials == nil || c.Clock == nil || c.Key == nil || c.Platform.Journal == nil || c.Platform.Clock == nil {
		return httpapi.Door{}, errors.New("checkout: the platform, its database, rules, clock and key must be set")
	}
	if c.RedirectPath == "" {
		return httpapi.Door{}, errors.New("checkout: RedirectPath must be set")
	}
	d := &door{c}
	x := edge.Exchange[*call, token]{Platform: c.Platform, Dialect: dialect}
	return httpapi.Door{
		Routes: append(d.coreRoutes(), httpapi.Route{
			Pattern: "POST /snap/v1/transactions", Demand: httpapi.ServerKey,
			Handler: x.Handler(edge.Operation[*call, token]{Name: operation, Identify: d.identify, Serve: d.transact}),
		}),
		Prefixes: []httpapi.Prefix{
			{Path: "/snap/", Unknown: unknownPath, Scope: coreScope, Trace: c.Platform.TraceUnrouted},
			{Path: "/v2/", Unknown: unknownPath, Scope: coreScope, Trace: c.Platform.TraceUnrouted},
		},
		Operations: documentedOperations(),
	}, nil
}

// The names of the door's operations.
const (
	operation       = "checkout"
	statusOperation = "checkout-status"
	cancelOperation = "checkout-cancel"
	expireOperation = "checkout-expire"
	refundOperation = "checkout-refund"
)

// faultCodes are the statuses that a fault can return.
var faultCodes = map[string]int{"400": 400, "401": 401, "402": 402, "403": 403, "404": 404, "406": 406, "409": 409, "412": 412, "429": 429, "500": 500, "503": 503}

func documentedOperations() (list []httpapi.Operation) {
	for _, name := range []string{operation, statusOperation, cancelOperation, expireOperation, refundOperation} {
		op := httpapi.Operation{Name: name, API: "Snap Checkout"}
		for code, status := range faultCodes {
			op.Codes = append(op.Codes, httpapi.Code{Code: code, Message: http.StatusText(status)})
		}
		op.Codes = httpapi.SortCodes(op.Codes)
		list = append(list, op)
	}
	return list
}
