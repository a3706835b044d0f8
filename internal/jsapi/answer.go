package jsapi

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

// Answer accepts the host's answer to an ask and continues its call. A refused
// answer is an error and changes nothing. AskUnknown, AskForeign, AskAnswered,
// AskExpired and Offline are recorded in the journal. After AnswerInvalid and Offline,
// and for a payment InsufficientFunds, ChargeDeclined and PaymentCharging, the ask is still
// open.
//
// An answer counts only while its question is open. If the question was settled in
// another way, the call settles accordingly and the answer is dropped; see Review.
func (e *Engine) Answer(ctx context.Context, launchID, askID string, raw json.RawMessage) (Reply, error) {
	answer, err := readAnswer(raw)
	if err != nil {
		return Reply{}, err
	}
	t := &taking{engine: e, launchID: launchID, askID: askID, raw: raw, answer: answer, began: time.Now()}
	if err = t.charge(ctx); err == nil {
		err = e.DB.Write(ctx, func(tx Tx) error { return t.take(ctx, tx) })
	}
	if err == nil {
		t.begin()
		e.tell(t.shared, event.SameSheet)
		consent.Tell(e.Events, t.decided...)
		if t.call != nil {
			e.ended(t.call.ending, &t.reply)
		}
	}
	if problem.Is(err, problem.AskUnknown, problem.AskForeign, problem.AskAnswered, problem.AskExpired, problem.Offline) {
		e.Journal.Trace(t.refused(problem.Of(err)))
	}
	if problem.Is(err, problem.InsufficientFunds) && e.Payments.Transfers == nil { // with a provider, the outcome has an entry
		e.Journal.Trace(payment.ShortWalletEntry(t.ask.Subject, t.launchID, err))
	}
	return t.reply, err
}

// taking processes one answer of a host.
type taking struct {
	engine          *Engine
	launchID, askID string // that the answer names
	raw             json.RawMessage
	answer          Answer
	began           time.Time

	launch  launch.Launch // the launch, and the result
	ask     ask.Ask
	reply   Reply
	decided []consent.Entry
	call    *Call // the settled call, with the operation's result
	step    Step
	shared  []lapsed // the calls that shared the sheet
}

func (t *taking) take(ctx context.Context, tx Tx) (err error) {
	t.reply, t.decided, t.call, t.shared = Reply{}, nil, nil, nil // clears the results of an earlier run
	t.launch, err = tx.Launches().Get(ctx, t.launchID)            // lock order: launch, then asks; lapse does the same
	if err != nil && !problem.Is(err, problem.LaunchUnknown) {    // an unknown launch has no asks
		return err
	}
	if t.ask, err = ask.Answer(ctx, tx.Asks(), t.launchID, t.askID, t.engine.Clock.Now()); err != nil {
		return err
	}
	if err := t.engine.connected(ctx, t.launch, t.ask, t.answer); err != nil {
		return err
	}
	if t.ask.CallID != "" {
		return t.resume(ctx, tx)
	}
	l, decided, err := t.engine.Launches.Answer(ctx, tx, t.ask, t.raw)
	t.reply, t.decided = Reply{Launch: &l}, decided
	return err
}

// resume continues the call that waited for the answer.
func (t *taking) resume(ctx context.Context, tx Tx) error {
	c, err := t.engine.revive(ctx, tx, t.launch, t.ask)
	if err != nil {
		return err
	}
	c.began = t.began
	step, err := c.resume(ctx, t.ask, t.answer)
	if refuses(err) {
		return err
	}
	t.decided = c.Decided
	t.call, t.step = c, step
	t.reply, t.shared, err = t.engine.conclude(ctx, c, step, err, asked{Ask: t.ask, Answer: t.raw, By: event.ByPage})
	return err
}

// connected refuses an answer of a person that needs a connection while the device is
// offline.
func (e *Engine) connected(ctx context.Context, l launch.Launch, a ask.Ask, answer Answer) error {
	if !a.Kind.NeedsConnection(answer.Answer) {
		return nil
	}
	d, err := l.On(ctx, e.Devices)
	if err == nil && !d.Online {
		err = problem.New(problem.Offline, "the device is offline, so answer %q was not taken; answer again when it is back", answer.Answer)
	}
	return err
}

// begin starts the call's subscription or job after the commit of the answer. If that
// fails, the call fails.
func (t *taking) begin() {
	if t.call == nil || t.reply.Result.Error != nil {
		return
	}
	if err := t.engine.begin(t.call, t.step); err != nil {
		result := t.call.settle(Step{}, err)
		t.reply.Result = &result
	}
}

// resume continues with an answer. If the call, made now, would not ask, the answer is
// dropped, and the call settles as a new call would.
func (c *Call) resume(ctx context.Context, a ask.Ask, answer Answer) (Step, error) {
	step, over, err := c.overtaken(ctx)
	if err == nil && !over {
		err = c.checkSuperApp(ctx)
		if err == nil && !a.Kind.Personal() {
			err = c.checkNetwork(ctx)
		}
		over = err != nil
	}
	switch {
	case over:
		return c.drop(ctx, a, step, err)
	case err != nil:
		return Step{}, err
	}
	return c.Binding.Operation.Resume(ctx, c, a, answer)
}

// refuses reports whether an error refuses the answer without settling the call, so
// that the ask stays open.
func refuses(err error) bool {
	if err == nil {
		return false
	}
	if _, ok := errors.AsType[*problem.Problem](err); !ok {
		return true // the store failed: roll back
	}
	return problem.Is(err, problem.AnswerInvalid, problem.InsufficientFunds, problem.ChargeDeclined, problem.PaymentCharging)
}

// revive rebuilds the call of an ask as far as its method needs it. Together with an
// error, it returns a call with the known members.
func (e *Engine) revive(ctx context.Context, tx Tx, l launch.Launch, a ask.Ask) (*Call, error) {
	c := &Call{
		ID: a.CallID, Launch: l, Dialect: e.dialect(a.Dialect), Engine: e, Now: e.Clock.Now(), Tx: tx,
		name: a.Method, raw: a.Params, began: time.Now(),
	}
	var err error
	if c.Dialect == nil { // of a version that had the dialect
		c.Dialect = e.Dialects[0]
		return c, problem.New(problem.MethodUnknown, "there is no dialect %q any more", a.Dialect)
	}
	if c.App, err = tx.MiniApps().Get(ctx, c.Launch.MiniAppID); err != nil {
		return c, err
	}
	if c.Device, err = l.On(ctx, e.Devices); err != nil {
		return c, err
	}
	if c.Binding = c.Dialect.Binding(a.Method); c.Binding == nil {
		return c, problem.New(problem.MethodUnknown, "there is no method %q any more", a.Method)
	}
	_, err = c.readParams()
	return c, err
}

// conclude settles a call in the transaction that took its ask, and with it the calls
// that share its sheet.
func (e *Engine) conclude(ctx context.Context, c *Call, step Step, err error, how asked) (Reply, []lapsed, error) {
	result := c.settle(step, err)
	how.Ask.AnsweredAt = c.Now.UnixMilli()
	reply := Reply{CallID: c.ID, Result: &result}
	if err := c.Tx.Journal().Append(ctx, c.entry(&result, how)); err != nil {
		return reply, nil, err
	}
	shared, failed := e.concludeShared(ctx, c, how.Ask, step, err)
	if failed == nil && err == nil {
		c.ending, failed = e.endAfter(ctx, c.Tx, c, step)
	}
	return reply, shared, failed
}
