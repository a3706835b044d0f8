package jsapi

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

// Answer accepts the host's answer to an ask and continues its call. A refused
// answer is an error and changes nothing. AskUnknown, AskForeign, AskAnswered and
// AskExpired are recorded in the journal. After AnswerInvalid, and for a payment
// InsufficientFunds, the ask is still open.
func (e *Engine) Answer(ctx context.Context, launchID, askID string, raw json.RawMessage) (Reply, error) {
	answer, err := readAnswer(raw)
	if err != nil {
		return Reply{}, err
	}
	t := &taking{engine: e, launchID: launchID, askID: askID, raw: raw, answer: answer, began: time.Now()}
	err = e.DB.Write(ctx, func(tx Tx) error { return t.take(ctx, tx) })
	if err == nil {
		consent.Tell(e.Events, t.decided...)
		t.begin()
	}
	if problem.Is(err, problem.AskUnknown, problem.AskForeign, problem.AskAnswered, problem.AskExpired) {
		e.Journal.Trace(t.refused(problem.Of(err)))
	}
	if problem.Is(err, problem.InsufficientFunds) {
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
}

func (t *taking) take(ctx context.Context, tx Tx) (err error) {
	t.reply, t.decided, t.call = Reply{}, nil, nil             // clears the results of an earlier run
	t.launch, err = tx.Launches().Get(ctx, t.launchID)         // lock order: launch, then asks; lapse does the same
	if err != nil && !problem.Is(err, problem.LaunchUnknown) { // an unknown launch has no asks
		return err
	}
	if t.ask, err = ask.Answer(ctx, tx.Asks(), t.launchID, t.askID, t.engine.Clock.Now()); err != nil {
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
	t.reply, err = t.engine.conclude(ctx, c, step, err, asked{Ask: t.ask, Answer: t.raw, By: "page"})
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

// resume continues with an answer. If the mini app was suspended or the consent
// withdrawn while the ask was open, the answer is dropped: the ask lapses, and the call
// fails as a new call would.
func (c *Call) resume(ctx context.Context, a ask.Ask, answer Answer) (Step, error) {
	err := c.App.Runs()
	if err == nil {
		err = c.May(ctx, c.Binding.Operation.Consent)
	}
	if err == nil {
		return c.Binding.Operation.Resume(ctx, c, a, answer)
	}
	if c.Binding.Operation.Lapse != nil {
		if _, lapsed := c.Binding.Operation.Lapse(ctx, c, a); lapsed != nil {
			return Step{}, lapsed
		}
	}
	return Step{}, err
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
	return problem.Is(err, problem.AnswerInvalid, problem.InsufficientFunds)
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
	if c.Device, err = e.Devices.Device(ctx, a.LaunchID); err != nil {
		return c, err
	}
	if c.Binding = c.Dialect.Binding(a.Method); c.Binding == nil {
		return c, problem.New(problem.MethodUnknown, "there is no method %q any more", a.Method)
	}
	_, err = c.readParams()
	return c, err
}

// conclude settles a call in the transaction that took its ask.
func (e *Engine) conclude(ctx context.Context, c *Call, step Step, err error, how asked) (Reply, error) {
	result := c.settle(step, err)
	how.Ask.AnsweredAt = c.Now.UnixMilli()
	return Reply{CallID: c.ID, Result: &result}, c.Tx.Journal().Append(ctx, c.entry(&result, how))
}
