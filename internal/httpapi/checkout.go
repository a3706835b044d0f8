package httpapi

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
)

// Snap Checkout is the other way to make a payment
// (miniapp-x-snap-checkout-payment): the backend gets a token for an order,
// and the page hands it to snap.js, or sends the user to redirect_url.

// orderTaken: the order_id stands for a transaction already.
const orderTaken problem.Code = "order_taken"

// checkoutCall is one request for a token.
type checkoutCall struct {
	HTTP *http.Request
	Body []byte
	App  miniapp.App
	Ref  string // of the payment that was made
}

// transactions is POST /snap/v1/transactions.
func (a *API) transactions(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	c := &checkoutCall{HTTP: r}
	answer, err := a.transact(r.Context(), c)
	status, body := http.StatusCreated, any(answer)
	if err != nil {
		logCause(r, problem.Of(err))
		status, body = checkoutFailure(err)
	}
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Basic realm="snap"`)
	}
	a.traceCheckout(c, status, body, err, began) // first: who has the answer finds it in the journal
	writeJSON(w, status, body)
}

// checkoutToken is the answer to a request for a token.
type checkoutToken struct {
	Token       string `json:"token"`
	RedirectURL string `json:"redirect_url"`
}

func (a *API) transact(ctx context.Context, c *checkoutCall) (t checkoutToken, err error) {
	if c.Body, err = readBody(c.HTTP); err != nil {
		return t, err
	}
	if err := a.checkoutParty(ctx, c); err != nil {
		return t, err
	}
	err = a.faulted(ctx, checkout, func() (err error) { t, err = a.checkoutOrder(ctx, c); return err })
	return t, err
}

// checkoutOrder makes the payment of an order, and a token for it.
func (a *API) checkoutOrder(ctx context.Context, c *checkoutCall) (t checkoutToken, err error) {
	order, err := readCheckout(c.Body, a.Clock.Now(), a.ahead)
	if err != nil {
		return t, err
	}
	if err := a.checkoutPop(ctx, c.App.ID, order.pop); err != nil {
		return t, err
	}
	order.MiniAppID = c.App.ID
	p, err := a.makeCheckout(ctx, order)
	if err != nil {
		return t, err
	}
	c.Ref = p.Ref
	t.Token = a.sealCheckout(p.Ref)
	t.RedirectURL = reachedAt(c.HTTP) + redirectPath + t.Token
	return t, nil
}

// checkoutParty finds out who calls: Basic of the server key, with an empty
// password.
func (a *API) checkoutParty(ctx context.Context, c *checkoutCall) error {
	serverKey, password, err := basicPair(c.HTTP.Header.Get("Authorization"))
	if err != nil {
		return err
	}
	if password != "" {
		return problem.New(problem.Unauthorized, "the server key stands before the colon, and nothing after it")
	}
	miniAppID, err := a.Credentials.VerifyServerKey(ctx, serverKey)
	if err != nil {
		return err
	}
	c.App, err = a.caller(ctx, miniAppID)
	return err
}

// checkoutPop checks gopay.pop_id: without it GoPay would send the user to no
// mini app.
func (a *API) checkoutPop(ctx context.Context, miniAppID, popID string) error {
	owner, err := a.Credentials.ByPop(ctx, popID)
	if problem.Is(err, problem.MiniAppUnknown) || err == nil && owner != miniAppID {
		return problem.New(problem.ParamValue, "gopay.pop_id is not this mini app's; use SELASAR_POP_ID")
	}
	return err
}

// makeCheckout makes the payment of an order, once for each order_id. Of two
// at the same time one keeps the request first, and the other finds it.
func (a *API) makeCheckout(ctx context.Context, o checkoutOrder) (p payment.Payment, err error) {
	r := request.Of(o.MiniAppID, o.PartnerRef, "checkout", nil, a.Clock.Now())
	r.Space = request.OrderID
	err = a.Payments.DB.Write(ctx, func(tx payment.Tx) error {
		switch _, err := tx.Payments().Of(ctx, o.MiniAppID, o.ExternalID, payment.ByCheckout); {
		case err == nil:
			return problem.New(orderTaken, "transaction_details.order_id has already been taken")
		case !problem.Is(err, problem.PaymentUnknown):
			return err
		}
		if p, err = a.Payments.Make(ctx, tx, o.Order); err != nil {
			return err
		}
		return request.Keep(ctx, tx.Requests(), r, p.Ref)
	})
	return p, err
}

// checkoutStatuses are the HTTP statuses of problems here; what is not here is
// 400.
var checkoutStatuses = map[problem.Code]int{
	authMissing: 401, authMalformed: 401, problem.Unauthorized: 401, problem.MiniAppUnknown: 401, problem.MiniAppSuspended: 403,
	problem.TooLarge: 413, problem.Internal: 500,
}

// checkoutErrors is the answer to what is refused.
type checkoutErrors struct {
	Messages []string `json:"error_messages"`
}

func checkoutFailure(err error) (int, checkoutErrors) {
	p := problem.Of(err)
	status, ok := checkoutStatuses[p.Code]
	if !ok {
		status = http.StatusBadRequest
	}
	if code, ok := injected(p); ok {
		status = checkoutCodes[code]
	}
	if wrong, ok := err.(checkoutProblems); ok {
		return status, checkoutErrors{wrong}
	}
	if status == http.StatusUnauthorized {
		return status, checkoutErrors{[]string{"Access denied due to unauthorized transaction, please check client or server key", p.Message}}
	}
	return status, checkoutErrors{[]string{p.Message}}
}

// traceCheckout tells the journal of a request, with nothing secret.
func (a *API) traceCheckout(c *checkoutCall, status int, body any, failed error, began time.Time) {
	e := journal.Entry{
		Kind: journal.Request, MiniAppID: c.App.ID, Payment: c.Ref, Title: c.HTTP.Method + " " + c.HTTP.URL.Path,
		Outcome: journal.OK, Code: status, At: a.Clock.Now().UnixMilli(), Duration: time.Since(began).Microseconds(),
	}
	answer, _ := json.Marshal(body)
	if failed != nil {
		e.Outcome, e.Message = journal.Failed, problem.Of(failed).Message
	}
	e.Detail = journal.Detail(requestDetail{
		Method: c.HTTP.Method, Path: c.HTTP.URL.Path, Status: status,
		Headers: shownHeaders(c.HTTP.Header), Body: maskedJSON(c.Body), Response: maskedJSON(answer),
	})
	a.Journal.Trace(e)
}
