package jsapi

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/version"
)

var triggerPayment = &Method{
	Name:    "triggerPayment",
	Summary: "Opens the payment sheet for a payment that the mini app's backend has made, and says how the user left it.",
	Page:    "trigger-payment",
	Params: []Param{
		{Name: "deeplink", Type: String, Doc: "The payment's deeplink, `gopay://merchanttransfer?...`, as the mini app's backend got it."},
	},
	Result: []Field{
		{Name: "status", Type: String, Values: []string{"success", "cancelled", "failed", "pending"},
			Doc: "`success` paid, `cancelled` by the user, `failed` while processing, `pending` left unfinished."},
	},
	Since: version.Must("1.45.0"),
	Permit: func(ctx context.Context, c *Call) (err error) {
		c.payment, err = payment.Find(ctx, c.tx, c.App.ID, c.values.text("deeplink"))
		return err
	},
	Run:    askPayment,
	Hold:   holdPayment,
	Resume: settlePayment,
	Lapse: func(ctx context.Context, c *Call, a ask.Ask) (Step, error) {
		return settle(ctx, c, a.Subject, payment.StatusPending)
	},
}

func askPayment(ctx context.Context, c *Call) (Step, error) {
	p := c.payment
	u, err := c.tx.Users().Get(ctx, c.Launch.UserID)
	if err != nil {
		return Step{}, err
	}
	return Step{Ask: &Want{
		Kind: ask.Payment, Subject: p.Ref, Until: p.ExpiresAt,
		Show: map[string]any{
			"payment": map[string]any{"reference_no": p.Ref, "amount": p.Amount, "title": p.Title, "expires_at": p.ExpiresAt},
			"wallet":  map[string]any{"balance": u.Balance, "sufficient": u.Balance >= p.Amount},
		},
	}}, nil
}

// holdPayment keeps a payment to one sheet. What is final already opens none:
// a paid payment answers success, and is not paid again.
func holdPayment(ctx context.Context, c *Call, a ask.Ask) (*Step, error) {
	p, err := c.engine.Payments.Hold(ctx, c.tx, a.Subject, a.ID)
	if err != nil || !p.State.Final() {
		return nil, err
	}
	return &Step{Data: map[string]any{"status": p.State.Status()}}, tellPage(ctx, c, p)
}

// tellPage keeps that the page is told of a paid payment.
func tellPage(ctx context.Context, c *Call, p payment.Payment) error {
	if p.State != payment.Paid || p.ShownAt != 0 {
		return nil
	}
	return c.engine.Payments.Shown(ctx, c.tx, p.Ref)
}

func settlePayment(ctx context.Context, c *Call, a ask.Ask, answer Answer) (Step, error) {
	switch status := payment.Status(answer.Answer); status {
	case payment.StatusSuccess, payment.StatusCancelled, payment.StatusFailed, payment.StatusPending:
		return settle(ctx, c, a.Subject, status)
	default:
		return Step{}, problem.New(problem.AnswerInvalid, `answer %q: a payment is answered success, cancelled, failed or pending`, answer.Answer)
	}
}

func settle(ctx context.Context, c *Call, ref string, status payment.Status) (Step, error) {
	p, err := c.engine.Payments.Settle(ctx, c.tx, ref, c.Launch.UserID, status)
	if err == nil {
		err = tellPage(ctx, c, p)
	}
	return Step{Data: map[string]any{"status": p.State.Status()}}, err
}
