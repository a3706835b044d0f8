package bisnap

import (
	"errors"
	"net/http"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/store"
)

// Config configures New.
type Config struct {
	Platform    edge.Platform
	DB          store.Database[jsapi.Tx]
	Engine      *jsapi.Engine // closes the sheet of a cancelled payment
	Payments    *payment.Service
	Credentials *credential.Service
	Clock       *clock.Movable
	IDs         *id.Source
	Window      time.Duration // largest difference between X-TIMESTAMP and the clock, in both directions
	PagePath    string        // path of the payment page, for webRedirectUrl
}

type door struct {
	Config
	flight request.Flight
}

// New returns the door.
func New(c Config) (httpapi.Door, error) {
	if c.DB == nil || c.Engine == nil || c.Payments == nil || c.Credentials == nil || c.Clock == nil || c.IDs == nil || c.Platform.Journal == nil || c.Platform.Clock == nil {
		return httpapi.Door{}, errors.New("bisnap: the platform, its database, rules, clock and ids must be set")
	}
	if c.Window <= 0 || c.PagePath == "" {
		return httpapi.Door{}, errors.New("bisnap: Window and PagePath must be set")
	}
	d := &door{Config: c}
	x := edge.Exchange[*call, []byte]{Platform: c.Platform, Dialect: d.dialect()}
	token := func(serve serve) http.Handler {
		return x.Handler(edge.Operation[*call, []byte]{Name: accessToken.name, Identify: d.identifyKey, Serve: serve})
	}
	signed := func(op operation, serve serve) http.Handler {
		return x.Handler(edge.Operation[*call, []byte]{Name: op.name, Identify: d.identifySigner, Serve: serve})
	}
	return httpapi.Door{
		Routes: []httpapi.Route{
			{Pattern: "POST /v1.0/access-token/b2b", Demand: httpapi.ClientKey, Handler: token(d.issueToken)},
			{Pattern: "POST /v1.0/debit/payment-host-to-host", Demand: httpapi.Signed, Handler: signed(paymentHostToHost, d.makePayment)},
			{Pattern: "POST /v1.0/debit/status", Demand: httpapi.Signed, Handler: signed(debitStatus, d.paymentStatus)},
			{Pattern: "GET /v1.0/debit/status", Demand: httpapi.Signed, Handler: signed(debitStatus, d.paymentStatus)},
			{Pattern: "POST /v1.0/debit/cancel", Demand: httpapi.Signed, Handler: signed(debitCancel, d.cancelPayment)},
			{Pattern: "POST /v1.0/debit/refund", Demand: httpapi.Signed, Handler: signed(debitRefund, d.refundPayment)},
		},
		Prefixes:   []httpapi.Prefix{{Path: "/v1.0/", Unknown: unknownPath, Scope: scope, Trace: c.Platform.TraceUnrouted}},
		Operations: documentedOperations(),
	}, nil
}

const scope = "Of BI-SNAP there are access-token/b2b, debit/payment-host-to-host, debit/status, debit/cancel and debit/refund; " +
	"virtual accounts, QRIS and the linking of accounts are out of scope"

// unknownPath returns the answer to a request without a route. It belongs to no service,
// so the two digits of the service are 00.
func unknownPath(unknown *problem.Problem) edge.Answer {
	return edge.JSON(http.StatusNotFound, head{Code: "4040000", Message: "Not Found", Hint: unknown.Message})
}
