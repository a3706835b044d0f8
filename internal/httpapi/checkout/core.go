package checkout

import (
	"bytes"
	"context"
	"crypto/sha512"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/fault"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

// transaction is the answer of Midtrans' Core API about an order of Snap Checkout.
type transaction struct {
	Code         string       `json:"status_code"`
	Message      string       `json:"status_message"`
	ID           string       `json:"transaction_id"`
	OrderID      string       `json:"order_id"`
	MerchantID   string       `json:"merchant_id"`
	Gross        string       `json:"gross_amount"`
	Currency     string       `json:"currency"`
	PaymentType  string       `json:"payment_type"`
	Time         string       `json:"transaction_time"`
	Status       string       `json:"transaction_status"`
	Fraud        string       `json:"fraud_status,omitempty"`
	SettledAt    string       `json:"settlement_time,omitempty"`
	ExpiresAt    string       `json:"expiry_time"`
	Signature    string       `json:"signature_key"`
	RefundAmount string       `json:"refund_amount,omitempty"`
	RefundKey    string       `json:"refund_key,omitempty"`
	Refunds      []coreRefund `json:"refunds,omitempty"`
}

type coreRefund struct {
	ID     string `json:"refund_chargeback_uuid"`
	Amount string `json:"refund_amount"`
	Key    string `json:"refund_key"`
	Reason string `json:"reason,omitempty"`
	At     string `json:"created_at"`
}

// coreFailure is the body of a failure of the Core API.
type coreFailure struct {
	Code     string   `json:"status_code"`
	Message  string   `json:"status_message"`
	Messages []string `json:"error_messages,omitempty"` // as Snap's API has them
}

// coreState is the status code and the words of a state in the Core API.
type coreState struct{ code, status, message string }

var coreStates = map[payment.Latest]coreState{
	payment.LatestPending:   {"201", "pending", "Success, transaction is found"},
	payment.LatestSuccess:   {"200", "settlement", "Success, transaction is found"},
	payment.LatestRefunded:  {"200", "partial_refund", "Success, transaction is found"},
	payment.LatestCancelled: {"200", "cancel", "Success, transaction is found"},
	payment.LatestFailed:    {"202", "deny", "Success, transaction is found"},
	payment.LatestExpired:   {"407", "expire", "Success, transaction is found"},
}

// coreCall is one request of the Core API.
type coreCall struct {
	call
	serverKey string
}

func (d *door) coreDialect() edge.Dialect[*coreCall, transaction] {
	return edge.Dialect[*coreCall, transaction]{
		Open:    func(c edge.Call) *coreCall { return &coreCall{call: call{c}} },
		Success: func(_ *coreCall, t transaction) edge.Answer { return edge.JSON(http.StatusOK, t) },
		Failure: coreProblem,
		Head:    func(c *coreCall, status int, h http.Header) { dialect.Head(&c.call, status, h) },
		Shown:   dialect.Shown,
	}
}

// coreStatuses maps problems to the statuses of the Core API. Other problems have status
// 400.
var coreStatuses = map[problem.Code]int{
	edge.AuthMissing: 401, edge.AuthMalformed: 401, problem.Unauthorized: 401, problem.MiniAppUnknown: 401, problem.MiniAppSuspended: 403,
	problem.PaymentUnknown: 404, problem.PaymentFinal: 412, problem.PaymentCharging: 412, problem.InsufficientFunds: 412, problem.RefundPending: 504, problem.NotRefundable: 412, problem.RefundExceeds: 412, problem.TooLarge: 413, problem.Internal: 500,
	problem.BodySlow: 408, problem.Unavailable: 503, problem.TooManyRequests: 429,
}

// coreMessages are the words of Midtrans for the statuses of failures.
var coreMessages = map[int]string{
	401: "Unknown Merchant server_key/id", 404: "Transaction doesn't exist.", 412: "Merchant cannot modify the status of the transaction",
	400: "One or more parameters in the payload is invalid.", 500: "Sorry. Our system is recovering from unexpected issues. Please retry.",
}

func coreProblem(_ *coreCall, err error) edge.Answer {
	p := problem.Of(err)
	status, ok := coreStatuses[p.Code]
	if !ok {
		status = http.StatusBadRequest
	}
	if code, ok := fault.Code(p); ok {
		status = faultCodes[code]
	}
	message := coreMessages[status]
	if message == "" {
		message = http.StatusText(status)
	}
	a := edge.JSON(status, coreFailure{strconv.Itoa(status), message, []string{p.Message}})
	a.Message, a.Next = message, p.Message
	return a
}

func (d *door) coreRoutes() (routes []httpapi.Route) {
	x := edge.Exchange[*coreCall, transaction]{Platform: d.Platform, Dialect: d.coreDialect()}
	add := func(method, path, name string, serve func(context.Context, *coreCall) (transaction, error)) {
		routes = append(routes, httpapi.Route{Pattern: method + " /v2/{order_id}/" + path, Demand: httpapi.ServerKey, Handler: x.Handler(edge.Operation[*coreCall, transaction]{
			Name: name, Serve: serve,
			Identify: func(ctx context.Context, c *coreCall) error {
				c.serverKey, _, _ = c.HTTP.BasicAuth()
				return d.identify(ctx, &c.call)
			},
		})})
	}
	add("GET", "status", statusOperation, d.coreStatus)
	add("POST", "cancel", cancelOperation, d.coreEnd((*jsapi.Cancelling).Cancel, "Success, transaction is canceled"))
	add("POST", "expire", expireOperation, d.coreEnd((*jsapi.Cancelling).Expire, "Success, transaction is expired"))
	add("POST", "refund", refundOperation, d.coreRefund)
	add("POST", "refund/online/direct", refundOperation, d.coreRefund)
	return routes
}

// original names the payment of a request: by order_id, or by transaction_id, which is
// the reference number. An order_id names its newest payment.
func (d *door) original(ctx context.Context, c *coreCall) (of payment.Original, err error) {
	id := c.HTTP.PathValue("order_id")
	of = payment.Original{MiniAppID: c.App.ID, ExternalID: id, Via: payment.ByCheckout}
	if !edge.Storable(id) || len(id) > payment.MaxRef {
		return of, problem.New(problem.PaymentUnknown, "there is no order %q", edge.Excerpt(id))
	}
	err = d.DB.Read(ctx, func(tx jsapi.Tx) error {
		_, err := tx.Payments().Of(ctx, c.App.ID, id, payment.ByCheckout)
		return err
	})
	if problem.Is(err, problem.PaymentUnknown) {
		of.Ref, of.ExternalID, err = id, "", nil
	}
	return of, err
}

// coreStatus is GET /v2/{order_id}/status.
func (d *door) coreStatus(ctx context.Context, c *coreCall) (t transaction, err error) {
	of, err := d.original(ctx, c)
	if err != nil {
		return t, err
	}
	p, refunds, err := d.Payments.Status(ctx, of)
	if err != nil {
		return t, coreUnknown(c, err)
	}
	return d.transaction(c, p, refunds), nil
}

// coreEnd is POST /v2/{order_id}/cancel and /expire.
func (d *door) coreEnd(end func(*jsapi.Cancelling, context.Context, jsapi.Tx) (payment.Payment, error), message string) func(context.Context, *coreCall) (transaction, error) {
	return func(ctx context.Context, c *coreCall) (t transaction, err error) {
		of, err := d.original(ctx, c)
		if err != nil {
			return t, err
		}
		var p payment.Payment
		err = d.Engine.CancelPayment(ctx, of, func(cancelling *jsapi.Cancelling) error {
			return d.DB.Write(ctx, func(tx jsapi.Tx) (err error) {
				p, err = end(cancelling, ctx, tx)
				return err
			})
		})
		c.PaymentRef = p.Ref
		if err != nil {
			return t, coreUnknown(c, err)
		}
		t = d.transaction(c, p, nil)
		t.Message = message
		return t, nil
	}
}

const (
	maxRefundKey = 64
	maxReason    = 256
)

// coreRefund is POST /v2/{order_id}/refund, and the direct refund of the official clients.
func (d *door) coreRefund(ctx context.Context, c *coreCall) (t transaction, err error) {
	var in struct {
		Key    edge.Spelt `json:"refund_key"`
		Amount edge.Spelt `json:"amount"`
		Reason string     `json:"reason"`
	}
	if len(bytes.TrimSpace(c.Body)) > 0 {
		if err := edge.Loosely("the body", c.Body, &in); err != nil {
			return t, err
		}
	}
	want := payment.Return{PartnerNo: string(in.Key), Reason: in.Reason}
	if in.Amount != "" {
		if want.Amount, err = money.Parse(string(in.Amount)); err != nil || want.Amount < 1 {
			return t, problem.New(problem.ParamValue, "amount must be whole rupiah, 1 or more")
		}
	}
	if !edge.Storable(want.PartnerNo+want.Reason) || len(want.PartnerNo) > maxRefundKey || utf8.RuneCountInString(want.Reason) > maxReason {
		return t, problem.New(problem.ParamValue, "refund_key has at most %d characters, reason at most %d; both are one line of text", maxRefundKey, maxReason)
	}
	of, err := d.original(ctx, c)
	if err != nil {
		return t, err
	}
	var p payment.Payment
	var r payment.Refund
	err = d.Payments.DB.Write(ctx, func(tx payment.Tx) (err error) {
		p, r, err = d.Payments.Refund(ctx, tx, of, want)
		return err
	})
	c.PaymentRef = p.Ref
	if err == nil && d.Payments.Transfers != nil {
		if err = d.Payments.Refunding(ctx, r.No); err == nil {
			p, _, err = d.Payments.Status(ctx, payment.Original{MiniAppID: p.MiniAppID, Ref: p.Ref})
		}
	}
	if err != nil {
		return t, coreUnknown(c, err)
	}
	t = d.transaction(c, p, []payment.Refund{r})
	t.Message, t.RefundAmount, t.RefundKey = "Success, refund request is approved", r.Amount.Decimal(), r.PartnerNo
	return t, nil
}

// coreUnknown words the problem of a payment that does not exist for this API.
func coreUnknown(c *coreCall, err error) error {
	if problem.Is(err, problem.PaymentUnknown) {
		return problem.New(problem.PaymentUnknown, "this mini app has no order %q of Snap Checkout; payments by BI-SNAP answer /v1.0/debit/status", edge.Excerpt(c.HTTP.PathValue("order_id")))
	}
	return err
}

func (d *door) transaction(c *coreCall, p payment.Payment, refunds []payment.Refund) transaction {
	c.PaymentRef = p.Ref
	state := coreStates[p.Latest()]
	t := transaction{
		Code: state.code, Message: state.message, Status: state.status, ID: p.Ref, OrderID: p.PartnerRef, MerchantID: d.Credentials.MerchantID(p.MiniAppID),
		Gross: p.Amount.Decimal(), Currency: "IDR", PaymentType: "gopay", Time: coreTime(p.CreatedAt), ExpiresAt: coreTime(p.ExpiresAt),
		Fraud: p.Fraud(),
	}
	if p.State == payment.Paid {
		t.SettledAt = coreTime(p.SettledAt)
	}
	if p.Refunded == p.Amount {
		t.Status = "refund"
	}
	if p.Refunded > 0 {
		t.RefundAmount = p.Refunded.Decimal()
	}
	for _, r := range refunds {
		t.Refunds = append(t.Refunds, coreRefund{r.No, r.Amount.Decimal(), r.PartnerNo, r.Reason, coreTime(r.At)})
	}
	sum := sha512.Sum512([]byte(t.OrderID + t.Code + t.Gross + c.serverKey))
	t.Signature = hex.EncodeToString(sum[:])
	return t
}

// coreTime writes a time as the Core API does: 2026-11-23 10:00:00, in Jakarta.
func coreTime(at int64) string { return time.UnixMilli(at).In(clock.Jakarta).Format(time.DateTime) }

const coreScope = "Of Midtrans' Core API there are /v2/{order_id}/status, cancel, expire and refund, for orders of Snap Checkout; " +
	"charge, capture, approve, deny, cards and subscriptions are out of scope: a mini app pays by POST /v1.0/debit/payment-host-to-host or POST /snap/v1/transactions"

// unknownPath returns the answer to a request without a route, with the members of both
// Snap's API and the Core API.
func unknownPath(unknown *problem.Problem) edge.Answer {
	return edge.JSON(http.StatusNotFound, coreFailure{"404", strings.TrimSpace(unknown.Message), []string{unknown.Message}})
}
