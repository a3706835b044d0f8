package operation

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

// Paid is the result of [Pay].
type Paid struct {
	Status payment.Status `json:"status"`
}

// Pay opens the payment sheet.
var Pay = &jsapi.Operation{
	Name:    "payment.pay",
	Summary: "Opens the sheet of a payment that the mini app's backend has created, and returns the status of the payment.",
	Params: schema.Object(
		schema.Required("deeplink", text("The payment's deeplink, `gopay://merchanttransfer?...`, from the answer to the mini app's backend.")),
	),
	Result: schema.Object(
		schema.Required("status", schema.Enum("success", "cancelled", "failed", "pending").
			Doc("`success` paid, `cancelled` by the user, `failed` while processing, `pending` left unfinished.")),
	),
	Permit: func(ctx context.Context, c *jsapi.Call) error {
		p, err := payment.Find(ctx, c.Tx, c.App.ID, c.Params.Text("deeplink"))
		c.Found = p
		return err
	},
	Run:    askPayment,
	Hold:   holdPayment,
	Resume: settlePayment,
	Share:  func(_ *jsapi.Call, data any) any { return data },
	Lapse: func(ctx context.Context, c *jsapi.Call, a ask.Ask) (jsapi.Step, error) {
		return settle(ctx, c, a.Subject, payment.StatusPending)
	},
}

func askPayment(ctx context.Context, c *jsapi.Call) (jsapi.Step, error) {
	p := c.Found.(payment.Payment) // set by Permit
	u, err := c.Tx.Users().Get(ctx, c.Launch.UserID)
	if err != nil {
		return jsapi.Step{}, err
	}
	show := map[string]any{
		"payment": map[string]any{"reference_no": p.Ref, "amount": p.Amount, "title": p.Title, "expires_at": p.ExpiresAt},
	}
	if c.Engine.Payments.Transfers == nil { // only the provider knows another wallet's balance
		show["wallet"] = map[string]any{"balance": u.Balance, "sufficient": u.Balance >= p.Amount}
	}
	return jsapi.Step{Ask: &jsapi.Want{Kind: ask.Payment, Subject: p.Ref, Until: p.ExpiresAt, Show: show}}, nil
}

// holdPayment ties a payment to one sheet. A final payment opens no sheet: a paid one
// returns success, and is not paid again. One that is being charged is pending.
func holdPayment(ctx context.Context, c *jsapi.Call, a ask.Ask) (*jsapi.Step, error) {
	p, err := c.Engine.Payments.Hold(ctx, c.Tx, a.Subject, a.ID)
	if err != nil || !p.State.Final() && !p.Held() {
		return nil, err
	}
	return &jsapi.Step{Data: Paid{p.State.Status()}}, tellPage(ctx, c, p)
}

// tellPage records that the page gets the result of a paid payment.
func tellPage(ctx context.Context, c *jsapi.Call, p payment.Payment) error {
	if p.State != payment.Paid || p.ShownAt != 0 {
		return nil
	}
	return c.Engine.Payments.Shown(ctx, c.Tx, p.Ref)
}

func settlePayment(ctx context.Context, c *jsapi.Call, a ask.Ask, answer jsapi.Answer) (jsapi.Step, error) {
	switch status := payment.Status(answer.Answer); status {
	case payment.StatusSuccess, payment.StatusCancelled, payment.StatusFailed, payment.StatusPending:
		return settle(ctx, c, a.Subject, status)
	default:
		return jsapi.Step{}, problem.New(problem.AnswerInvalid, `answer %q: a payment is answered success, cancelled, failed or pending`, answer.Answer)
	}
}

func settle(ctx context.Context, c *jsapi.Call, ref string, status payment.Status) (jsapi.Step, error) {
	p, err := c.Engine.Payments.Settle(ctx, c.Tx, ref, c.Launch.UserID, status)
	if err == nil {
		err = tellPage(ctx, c, p)
	}
	return jsapi.Step{Data: Paid{p.State.Status()}}, err
}
