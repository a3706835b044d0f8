package jsapi

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/blob"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/spelling"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/wallet"
)

// Tx is the part of a transaction that calls use.
type Tx interface {
	launch.Tx
	payment.Tx
}

// Tracer records journal entries that belong to no transaction.
type Tracer interface{ Trace(journal.Entry) }

// Engine runs calls.
type Engine struct {
	DB        store.Database[Tx]
	Clock     clock.Clock
	IDs       *id.Source
	Devices   device.Source
	Responder ask.Responder
	Launches  *launch.Service
	Hosts     *launch.Hosts
	Login     *login.Service
	Bank      *bank.Service
	Payments  *payment.Service
	Events    *bus.Bus
	Journal   Tracer
	// Background runs subscriptions and jobs. Its creator closes it.
	Background *Background
	// Blobs stores the bytes that results refer to.
	Blobs *blob.Service
	// Dialects are the dialects of calls. A call that names none uses the first.
	Dialects []*Dialect
}

// Reply is the outcome of a call or an answer: a result, an ask, or, for the consent
// sheet before a launch, the launch.
type Reply struct {
	CallID string
	Result *Result
	Ask    *ask.Ask
	Launch *launch.Launch
}

// dialect returns the dialect with a name, or the first one of a family. "" names the
// first of all.
func (e *Engine) dialect(name string) *Dialect {
	for _, d := range e.Dialects {
		if name == "" || d.Name == name || d.Family == name {
			return d
		}
	}
	return nil
}

// member returns the dialect of a family that is for a generation. It is nil when name is
// not a family, or the family has no such dialect.
func (e *Engine) member(name string, of miniapp.Generation) *Dialect {
	for _, d := range e.Dialects {
		if name != "" && d.Family == name && d.Generation == of {
			return d
		}
	}
	return nil
}

// Call runs one method of the first dialect for a launch; see [Engine.CallIn].
func (e *Engine) Call(ctx context.Context, launchID, method string, params json.RawMessage) Reply {
	return e.callIn(ctx, "", launchID, method, params, noTurn)
}

// noTurn is the turn of a call without an order.
func noTurn(context.Context) error { return nil }

// CallIn runs one method of a dialect for a launch. A failure is a result with an error
// code, never a Go error: a call always settles. Only an unknown dialect is an error,
// BadRequest.
//
//	launch 203 · method 100 · device 400 · parameters 200 201 202 ·
//	permission 300 · network 401 · super app 500 · run
func (e *Engine) CallIn(ctx context.Context, dialect, launchID, method string, params json.RawMessage) (Reply, error) {
	return e.CallInTurn(ctx, dialect, launchID, method, params, noTurn)
}

// CallInTurn is CallIn for concurrent calls that have an order: turn waits for the calls
// before this one. Only a call that opens a sheet waits, so sheets come in the order of
// their calls.
func (e *Engine) CallInTurn(ctx context.Context, dialect, launchID, method string, params json.RawMessage, turn func(context.Context) error) (Reply, error) {
	if e.dialect(dialect) == nil {
		return Reply{}, e.noDialect(dialect)
	}
	return e.callIn(ctx, dialect, launchID, method, params, turn), nil
}

func (e *Engine) noDialect(name string) error {
	var names []string
	for _, d := range e.Dialects {
		for _, name := range []string{d.Name, d.Family} {
			if name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return problem.New(problem.BadRequest, "there is no dialect %s%s", quoted([]string{name}), spelling.Hint(name, names))
}

func (e *Engine) callIn(ctx context.Context, dialect, launchID, method string, params json.RawMessage, turn func(context.Context) error) Reply {
	c := &Call{
		ID: e.IDs.New(), Launch: launch.Launch{ID: launchID}, Dialect: e.dialect(dialect), Engine: e, Now: e.Clock.Now(),
		family: dialect, name: method, raw: params, began: time.Now(),
	}
	var step Step
	err := e.DB.Read(ctx, func(tx Tx) (err error) {
		c.Tx, c.checks, c.notes = tx, nil, nil
		if err = c.check(ctx); err == nil {
			step, err = c.Binding.Operation.Run(ctx, c)
		}
		return err
	})
	if err != nil || step.Ask == nil {
		return e.finish(c, step, err)
	}
	if !step.Ask.Kind.Personal() {
		turn = noTurn
	}
	if err := turn(ctx); err != nil {
		return e.finish(c, Step{}, err)
	}
	a := e.makeAsk(c, *step.Ask) // in its turn, because the order of asks is that of their ids
	if raw, by, ok := e.Responder.Respond(ctx, a); ok {
		return e.answered(ctx, c, a, raw, by)
	}
	return e.leave(ctx, c, a)
}

func (e *Engine) makeAsk(c *Call, w Want) ask.Ask {
	until := c.Now.Add(w.Kind.Patience()).UnixMilli()
	if w.Until > 0 {
		until = min(until, w.Until)
	}
	return ask.Ask{
		ID: e.IDs.New(), LaunchID: c.Launch.ID, CallID: c.ID, Dialect: c.Dialect.Name, Method: c.name, Params: c.raw,
		Kind: w.Kind, State: ask.Open, Show: journal.Detail(w.Show), Subject: w.Subject,
		CreatedAt: c.Now.UnixMilli(), ExpiresAt: until,
	}
}

// leave stores an ask for the host to answer.
func (e *Engine) leave(ctx context.Context, c *Call, a ask.Ask) Reply {
	var settled *Step
	var shown ask.Ask // a, or the ask whose sheet it shares
	err := e.DB.Write(ctx, func(tx Tx) (err error) {
		c.Tx = tx
		one := a
		if shown, settled, err = c.sheet(ctx, &one); err != nil || settled != nil {
			return err
		}
		if err := tx.Asks().Insert(ctx, one); err != nil {
			return err
		}
		return tx.Journal().Append(ctx, c.entry(nil, asked{Ask: shown}))
	})
	if err != nil || settled != nil {
		return e.finish(c, deref(settled), err)
	}
	return Reply{CallID: c.ID, Ask: &shown}
}

// sheet returns the ask whose sheet the host shows for a: a itself, or an open ask of
// the same question, whose sheet a then shares. A returned step settles the call without
// a sheet.
func (c *Call) sheet(ctx context.Context, a *ask.Ask) (shown ask.Ask, settled *Step, err error) {
	if a.Kind.Personal() {
		err = c.checkLaunch(ctx) // locks the launch, so that no sheet of it opens or closes meanwhile
	}
	if err != nil {
		return *a, nil, err
	}
	if c.Binding.Operation.Share != nil {
		open, err := c.Tx.Asks().Open(ctx, c.Launch.ID)
		if err != nil {
			return *a, nil, err
		}
		for _, one := range open {
			if one.CallID != "" && one.Kind == a.Kind && one.Subject == a.Subject {
				a.Sheet = one.ID
				return one, nil, nil
			}
		}
	}
	settled, err = c.hold(ctx, *a)
	return *a, settled, err
}

// answered settles an ask that needs no host, without storing it.
func (e *Engine) answered(ctx context.Context, c *Call, a ask.Ask, raw json.RawMessage, by event.Settler) Reply {
	answer, err := readAnswer(raw)
	if err != nil {
		return e.finish(c, Step{}, err)
	}
	step, err := e.resumeAtOnce(ctx, c, a, answer)
	if a.Kind == ask.Payment && problem.Is(err, problem.InsufficientFunds) {
		short := wallet.ShortageOf(err)
		c.notes = append(c.notes, event.CallNote{Code: event.PolicyShort, Balance: short.Held, Missing: short.Missing})
		step, err = e.resumeAtOnce(ctx, c, a, Answer{Answer: string(payment.StatusFailed)})
	}
	reply := e.finish(c, step, err, asked{Ask: a, Answer: raw, By: by})
	if err == nil {
		consent.Tell(e.Events, c.Decided...)
		e.ended(c.ending, &reply)
	}
	return reply
}

// resumeAtOnce reads if the method only reads. It writes if the method would have shown
// a sheet.
func (e *Engine) resumeAtOnce(ctx context.Context, c *Call, a ask.Ask, answer Answer) (step Step, err error) {
	run := e.DB.Write
	if !a.Kind.Personal() {
		run = e.DB.Read
	}
	err = run(ctx, func(tx Tx) error {
		c.Tx, c.Decided, c.ending = tx, nil, nil
		if settled, err := c.hold(ctx, a); err != nil || settled != nil {
			step = deref(settled)
			return err
		}
		if step, err = c.Binding.Operation.Resume(ctx, c, a, answer); err != nil {
			return err
		}
		c.ending, err = e.endAfter(ctx, tx, c, step)
		return err
	})
	return step, err
}

// hold checks a call again in the transaction that opens its sheet. Since the checks,
// its launch may have ended, its mini app may have been suspended, or the sheet's
// subject may have settled. A returned step settles the call without a sheet.
func (c *Call) hold(ctx context.Context, a ask.Ask) (*Step, error) {
	if !a.Kind.Personal() {
		return nil, nil
	}
	if err := c.checkLaunch(ctx); err != nil || c.Binding.Operation.Hold == nil {
		return nil, err
	}
	return c.Binding.Operation.Hold(ctx, c, a)
}

func deref(s *Step) Step {
	if s == nil {
		return Step{}
	}
	return *s
}

// finish settles a call and adds its journal entry.
func (e *Engine) finish(c *Call, step Step, err error, asks ...asked) Reply {
	result := c.settle(step, err)
	if result.Error == nil {
		if err := e.begin(c, step); err != nil {
			result = c.settle(Step{}, err)
		}
	}
	e.Journal.Trace(c.entry(&result, asks...))
	return Reply{CallID: c.ID, Result: &result}
}
