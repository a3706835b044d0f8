package jsapi

import (
	"context"
	"encoding/json"

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
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
	"github.com/selasar/selasar/internal/wallet"
)

// Tx is the part of a transaction that calls use.
type Tx interface {
	launch.Tx
	payment.Tx
	Blobs() blob.Store
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
	// Sensors and Files are of devices that the platform itself reads and writes, such as
	// the simulated one. Without them, the methods that need them return 400.
	Sensors device.Sensors
	Files   device.Files
	// PhotoURL returns the address under which the page can load a blob, for an img
	// element. Nil means that there is none.
	PhotoURL func(blobID string) string
	// Directory, when set, has the users' bank accounts, instead of the database.
	Directory user.Directory
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
