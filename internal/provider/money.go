package provider

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"

	"github.com/selasar/selasar/internal/transfer"
)

// chargeBody is the body of POST /charges. Amounts are whole rupiah.
type chargeBody struct {
	ChargeID  string `json:"charge_id"`
	Payment   string `json:"payment_ref"`
	MiniAppID string `json:"mini_app_id"`
	UserID    string `json:"user_id"`
	Amount    int64  `json:"amount"`
	Title     string `json:"title"`
}

// refundBody is the body of POST /refunds.
type refundBody struct {
	RefundID string `json:"refund_id"`
	ChargeID string `json:"charge_id"`
	Amount   int64  `json:"amount"`
}

// outcome is the answer about a charge or a refund.
type outcome struct {
	State  string `json:"state"`
	Reason string `json:"reason,omitempty"`
}

// The states of outcomes on the wire.
const (
	charged   = "charged"
	refunded  = "refunded"
	declined  = "declined"
	cancelled = "cancelled"
)

// known maps the state of an answer to the state of a transfer.
var known = map[transfer.Kind]map[string]transfer.State{
	transfer.Charge: {charged: transfer.Done, declined: transfer.Declined, cancelled: transfer.Cancelled},
	transfer.Refund: {refunded: transfer.Done, declined: transfer.Declined},
}

// collections are the collections of the kinds in paths.
var collections = map[transfer.Kind]string{transfer.Charge: "charges", transfer.Refund: "refunds"}

// Send is POST /charges or POST /refunds.
func (c *Client) Send(ctx context.Context, t transfer.Transfer) (transfer.Outcome, error) {
	m := message{kind: sendCharge, method: http.MethodPost, path: []string{collections[t.Kind]}, key: t.ID, body: chargeBody{
		ChargeID: t.ID, Payment: t.Payment, MiniAppID: t.MiniAppID, UserID: t.UserID, Amount: int64(t.Amount), Title: t.Title,
	}}
	if t.Kind == transfer.Refund {
		m.kind, m.body = sendRefund, refundBody{t.ID, t.ChargeID, int64(t.Amount)}
	}
	return c.outcome(ctx, t, m)
}

// Look is GET /charges/{id} or GET /refunds/{id}.
func (c *Client) Look(ctx context.Context, t transfer.Transfer) (o transfer.Outcome, found bool, err error) {
	o, err = c.outcome(ctx, t, message{kind: lookUp, method: http.MethodGet, path: []string{collections[t.Kind], t.ID}})
	if errors.Is(err, errNotFound) {
		return o, false, nil
	}
	return o, err == nil, err
}

// Cancel is POST /charges/{id}/cancel.
func (c *Client) Cancel(ctx context.Context, t transfer.Transfer) (transfer.Outcome, error) {
	return c.outcome(ctx, t, message{kind: cancel, method: http.MethodPost, path: []string{collections[t.Kind], t.ID, "cancel"}, key: t.ID})
}

func (c *Client) outcome(ctx context.Context, t transfer.Transfer, m message) (transfer.Outcome, error) {
	var answer outcome
	if err := c.exchange(ctx, m, &answer); err != nil {
		return transfer.Outcome{}, err
	}
	state, ok := known[t.Kind][answer.State]
	if !ok {
		return transfer.Outcome{}, fmt.Errorf("%s: the provider answered with the unknown state %.40q", m.kind, answer.State)
	}
	if state != transfer.Done && !reasonForm.MatchString(answer.Reason) {
		answer.Reason = string(state)
	}
	return transfer.Outcome{State: state, Reason: answer.Reason}, nil
}

// reasonForm is the form of a reason: a code, which the journal shows.
var reasonForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// address returns the address of a path.
func (c *Client) address(path []string) string {
	to := c.base.String()
	for _, segment := range path {
		to += "/" + url.PathEscape(segment)
	}
	return to
}
