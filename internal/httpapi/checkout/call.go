package checkout

import (
	"context"
	"net/http"

	"github.com/selasar/selasar/internal/fault"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

// call is one request for a token.
type call struct{ edge.Call }

// token is the answer to a request for a token.
type token struct {
	Token       string `json:"token"`
	RedirectURL string `json:"redirect_url"`
}

// errorMessages is the body of a failure.
type errorMessages struct {
	Messages []string `json:"error_messages"`
}

var dialect = edge.Dialect[*call, token]{
	Open:    func(c edge.Call) *call { return &call{c} },
	Success: func(_ *call, t token) edge.Answer { return edge.JSON(http.StatusCreated, t) },
	Failure: failure,
	Head: func(_ *call, status int, h http.Header) {
		if status == http.StatusUnauthorized {
			h.Set("WWW-Authenticate", `Basic realm="snap"`)
		}
	},
	Shown: edge.HeadersNamed("Content-Type", "Debug-Id", "Request-Id", "User-Agent"),
}

// identify authenticates a backend by its server key, with an empty password.
func (d *door) identify(ctx context.Context, c *call) error {
	serverKey, password, err := edge.BasicPair(c.HTTP.Header.Get("Authorization"))
	if err != nil {
		return err
	}
	if password != "" {
		return problem.New(problem.Unauthorized, "the server key stands before the colon, and nothing after it")
	}
	miniAppID, err := d.Credentials.VerifyServerKey(ctx, serverKey)
	if err != nil {
		return err
	}
	c.App, err = miniapp.Running(ctx, d.DB, miniAppID)
	return err
}

// transact is POST /snap/v1/transactions. It creates the payment of an order, and a
// token for the payment.
func (d *door) transact(ctx context.Context, c *call) (t token, err error) {
	order, err := readOrder(c.Body, d.Clock.Now(), d.Clock.Skew)
	if err != nil {
		return t, err
	}
	if err := d.checkPop(c.App.ID, order.pop); err != nil {
		return t, err
	}
	order.MiniAppID = c.App.ID
	p, err := d.Payments.MakeCheckout(ctx, order.Order)
	if err != nil {
		return t, err
	}
	c.PaymentRef = p.Ref
	t.Token = payment.SealCheckout(d.Key, p.Ref)
	t.RedirectURL = edge.ReachedAt(c.HTTP) + d.RedirectPath + t.Token
	return t, nil
}

// checkPop checks that gopay.pop_id belongs to the mini app. Without it, GoPay would
// not return the user to the mini app.
func (d *door) checkPop(miniAppID, popID string) error {
	if !d.Credentials.IsPop(miniAppID, popID) {
		return problem.New(problem.ParamValue, "gopay.pop_id is not this mini app's; use SELASAR_POP_ID")
	}
	return nil
}

// statuses maps problems to HTTP statuses. Other problems have status 400.
var statuses = map[problem.Code]int{
	edge.AuthMissing: 401, edge.AuthMalformed: 401, problem.Unauthorized: 401, problem.MiniAppUnknown: 401, problem.MiniAppSuspended: 403,
	problem.TooLarge: 413, problem.BodySlow: 408, problem.Internal: 500, problem.Unavailable: 503, problem.TooManyRequests: 429,
}

func failure(_ *call, err error) edge.Answer {
	p := problem.Of(err)
	status, ok := statuses[p.Code]
	if !ok {
		status = http.StatusBadRequest
	}
	if code, ok := fault.Code(p); ok {
		status = faultCodes[code]
	}
	messages := []string{p.Message}
	if several, ok := err.(orderProblems); ok {
		messages = several
	} else if status == http.StatusUnauthorized {
		messages = []string{"Access denied due to unauthorized transaction, please check client or server key", p.Message}
	}
	a := edge.JSON(status, errorMessages{messages})
	a.Message = p.Message
	return a
}
