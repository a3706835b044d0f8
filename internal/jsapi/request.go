package jsapi

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/spelling"
)

// Request is one call of a host.
type Request struct {
	Dialect  string // a dialect or a family; empty for the platform's first dialect
	LaunchID string
	Method   string
	Params   json.RawMessage
	// Page is the host's number of the page that calls, from 1. It is 0 for a host that
	// does not number its pages. Subscriptions belong to their page; see [Engine.Leave].
	Page int
	// Turn, when set, waits for the calls before this one, where concurrent calls have an
	// order. Only a call that opens a sheet waits, so sheets come in the order of their
	// calls.
	Turn func(context.Context) error
	// Lost is set for a call that the network loses: it fails as if the device were
	// offline.
	Lost bool
}

// Call runs one method of the first dialect for a launch; see [Engine.Run].
func (e *Engine) Call(ctx context.Context, launchID, method string, params json.RawMessage) Reply {
	return e.run(ctx, Request{LaunchID: launchID, Method: method, Params: params})
}

// CallIn runs one method of a dialect for a launch; see [Engine.Run].
func (e *Engine) CallIn(ctx context.Context, dialect, launchID, method string, params json.RawMessage) (Reply, error) {
	return e.Run(ctx, Request{Dialect: dialect, LaunchID: launchID, Method: method, Params: params})
}

// Run runs one method for a launch. A failure is a result with an error code, never a Go
// error: a call always settles. Only an unknown dialect is an error, BadRequest.
//
//	launch 203 · method 100 · device 400 · parameters 200 201 202 ·
//	permission 300 · network 401 · super app 500 · run
func (e *Engine) Run(ctx context.Context, r Request) (Reply, error) {
	if e.dialect(r.Dialect) == nil {
		return Reply{}, e.noDialect(r.Dialect)
	}
	return e.run(ctx, r), nil
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

func (e *Engine) run(ctx context.Context, r Request) Reply {
	c := &Call{
		ID: e.IDs.New(), Launch: launch.Launch{ID: r.LaunchID}, Page: r.Page, Dialect: e.dialect(r.Dialect), Engine: e, Now: e.Clock.Now(),
		family: r.Dialect, name: r.Method, raw: r.Params, lost: r.Lost, began: time.Now(),
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
	if r.Turn != nil && step.Ask.Kind.Personal() {
		if err := r.Turn(ctx); err != nil {
			return e.finish(c, Step{}, err)
		}
	}
	a := e.makeAsk(c, *step.Ask) // in its turn, because the order of asks is that of their ids
	if raw, by, ok := e.Responder.Respond(ctx, a); ok {
		return e.answered(ctx, c, a, raw, by)
	}
	return e.leave(ctx, c, a)
}
