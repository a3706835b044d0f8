package jsapi

import (
	"context"
	"errors"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

// Cancelling cancels a payment for its mini app's backend, and closes the payment's
// sheet in the same transaction.
type Cancelling struct {
	engine *Engine
	of     payment.Original
	sheet  string // the ask to take; may be empty
	gone   []lapsed
}

// errSheetOpened means that a sheet opened after the payment was read.
var errSheetOpened = errors.New("a sheet was opened for the payment during the cancellation")

// CancelPayment cancels a payment and closes its sheet; the sheet's call settles as
// cancelled. write runs c.Cancel in its own transaction; CancelPayment returns write's
// error. The host gets the event of the sheet after write has returned.
//
// Lock order: launch, asks, payment. The payment names the launch, so it is read first.
// If a sheet opens before the transaction locks the payment, everything is repeated.
func (e *Engine) CancelPayment(ctx context.Context, of payment.Original, write func(c *Cancelling) error) error {
	for {
		c := &Cancelling{engine: e, of: of}
		err := e.DB.Read(ctx, func(tx Tx) (err error) {
			c.sheet, err = payment.SheetOf(ctx, tx, of)
			return err
		})
		if err == nil {
			err = write(c)
		}
		if errors.Is(err, errSheetOpened) {
			continue
		}
		if err == nil {
			e.tell(c.gone, event.PaymentWithdrawn)
		}
		return err
	}
}

// Cancel runs payment.Service.Cancel, and closes the sheet.
func (c *Cancelling) Cancel(ctx context.Context, tx Tx) (payment.Payment, error) {
	return c.end(ctx, tx, c.engine.Payments.Cancel)
}

// Expire runs payment.Service.Expire, and closes the sheet.
func (c *Cancelling) Expire(ctx context.Context, tx Tx) (payment.Payment, error) {
	return c.end(ctx, tx, c.engine.Payments.Expire)
}

// endPayment is payment.Service.Cancel or Expire.
type endPayment func(ctx context.Context, tx payment.Tx, of payment.Original) (payment.Payment, error)

func (c *Cancelling) end(ctx context.Context, tx Tx, do endPayment) (payment.Payment, error) {
	c.gone = nil // clears the result of an earlier run
	l, a, took, err := c.take(ctx, tx)
	if err != nil {
		return payment.Payment{}, err
	}
	p, err := do(ctx, tx, c.of)
	switch {
	case err != nil:
		return p, err
	case p.SheetAsk != "" && p.SheetAsk != c.sheet:
		return p, errSheetOpened
	case !took:
		return p, nil
	}
	one, err := c.engine.lapsed(ctx, tx, l, a, event.PaymentWithdrawn)
	c.gone = []lapsed{one}
	return p, err
}

// take takes the ask of the sheet; took is false if it has already settled.
func (c *Cancelling) take(ctx context.Context, tx Tx) (l launch.Launch, a ask.Ask, took bool, err error) {
	if c.sheet == "" {
		return l, a, false, nil
	}
	a, err = tx.Asks().Get(ctx, c.sheet)
	if problem.Is(err, problem.AskUnknown) {
		return l, a, false, nil
	}
	if err == nil {
		l, err = tx.Launches().Get(ctx, a.LaunchID)
	}
	if err == nil {
		took, err = tx.Asks().Take(ctx, a.ID, ask.Withdrawn, c.engine.Clock.Now().UnixMilli())
	}
	return l, a, took, err
}

// SettlePaid settles the call of a sheet whose payment was paid while no answer to the
// sheet waited for it, for example because the platform was restarted.
func (e *Engine) SettlePaid(ctx context.Context, ref string) error {
	c := &Cancelling{engine: e}
	err := e.DB.Read(ctx, func(tx Tx) error {
		p, err := tx.Payments().Get(ctx, ref)
		if p.State == payment.Paid {
			c.sheet = p.SheetAsk
		}
		return err
	})
	if err != nil || c.sheet == "" {
		return err
	}
	var gone []lapsed
	err = e.DB.Write(ctx, func(tx Tx) error {
		gone = nil
		l, a, took, err := c.take(ctx, tx)
		if err != nil || !took {
			return err
		}
		one, err := e.lapsed(ctx, tx, l, a, event.Elsewhere)
		gone = []lapsed{one}
		return err
	})
	if err == nil {
		e.tell(gone, event.Elsewhere)
	}
	return err
}

// charge charges the user at the operator's provider, before the answer to a payment's
// sheet is taken. The sheet stays open meanwhile: after a refusal, the user can answer it
// again. A charge without an outcome in time makes the payment pending.
func (t *taking) charge(ctx context.Context) error {
	e := t.engine
	if e.Payments.Transfers == nil || payment.Status(t.answer.Answer) != payment.StatusSuccess {
		return nil
	}
	var chargeID string
	err := e.DB.Write(ctx, func(tx Tx) (err error) {
		chargeID, err = t.beginCharge(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	return e.Payments.Charged(ctx, chargeID)
}

// beginCharge stores the charge. It returns no id for an answer that pays nothing: take
// settles its ask.
func (t *taking) beginCharge(ctx context.Context, tx Tx) (chargeID string, err error) {
	e := t.engine
	t.launch, err = tx.Launches().Get(ctx, t.launchID) // lock order: launch, asks, payment
	if err != nil && !problem.Is(err, problem.LaunchUnknown) {
		return "", err
	}
	if t.ask, err = ask.Check(ctx, tx.Asks(), t.launchID, t.askID, e.Clock.Now()); err != nil || t.ask.Kind != ask.Payment {
		return "", err
	}
	if err := e.connected(ctx, t.launch, t.ask, t.answer); err != nil {
		return "", err
	}
	c, err := e.revive(ctx, tx, t.launch, t.ask)
	over := false
	if err == nil {
		_, over, err = c.overtaken(ctx)
	}
	if _, ok := errors.AsType[*problem.Problem](err); ok || over {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return e.Payments.Charge(ctx, tx, t.ask.Subject, t.launch.UserID)
}
