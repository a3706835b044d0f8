package jsapi

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/problem"
)

// An ask waits for minutes, and its question can be settled meanwhile. One rule decides:
// an open ask ends as soon as its call, made now, would not ask. The rule is applied when
// a consent or the mini app changes (Review), and before each answer (Call.resume).

// reviewWait bounds a review after an event.
const reviewWait = 30 * time.Second

// ReviewOnEvents reviews the asks of a user and a mini app after each change of their
// consents.
func (e *Engine) ReviewOnEvents() {
	e.Events.React(func(to bus.Of, happened bus.Event) {
		if happened.Event != bus.ConsentChanged {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), reviewWait)
		defer cancel()
		if err := e.Review(ctx, to.User, to.MiniApp); err != nil {
			slog.Error("open asks could not be reviewed; they are reviewed again when they are answered", "mini_app", to.MiniApp, "error", err)
		}
	})
}

// Review settles the open asks to a user by a mini app whose question was settled in
// another way. An empty id means all users, or all mini apps.
func (e *Engine) Review(ctx context.Context, userID, miniAppID string) error {
	var waiting []ask.Ask
	err := e.DB.Read(ctx, func(tx Tx) (err error) {
		waiting, err = tx.Asks().Waiting(ctx, userID, miniAppID)
		return err
	})
	if err != nil {
		return err
	}
	for _, a := range waiting {
		if !a.Kind.Personal() {
			continue // a sensor answers in a moment, and no sheet is open
		}
		var gone []lapsed
		err := e.DB.Write(ctx, func(tx Tx) (err error) {
			gone, err = e.review(ctx, tx, a)
			return err
		})
		if err != nil {
			return err
		}
		e.tell(gone, event.Elsewhere)
	}
	return nil
}

func (e *Engine) review(ctx context.Context, tx Tx, a ask.Ask) ([]lapsed, error) {
	l, err := tx.Launches().Get(ctx, a.LaunchID) // lock order: launch, then asks; Answer does the same
	if err != nil {
		return nil, err
	}
	if a.CallID == "" {
		over, err := e.Launches.Review(ctx, tx, l, a)
		if err != nil || !over {
			return nil, err
		}
		return []lapsed{{ask: a}}, nil
	}
	c, err := e.revive(ctx, tx, l, a)
	if _, ok := errors.AsType[*problem.Problem](err); ok {
		return nil, nil // a call of an earlier version: it ends at its deadline
	}
	var step Step
	over := false
	if err == nil {
		step, over, err = c.overtaken(ctx)
	}
	if !over {
		return nil, err
	}
	took, stored := tx.Asks().Take(ctx, a.ID, ask.Withdrawn, c.Now.UnixMilli())
	if stored != nil || !took {
		return nil, stored
	}
	if step, err = c.drop(ctx, a, step, err); refuses(err) {
		return nil, err
	}
	reply, shared, err := e.conclude(ctx, c, step, err, asked{Ask: a, By: event.Settler(event.Elsewhere)})
	return []lapsed{{ask: a, reply: reply, shared: shared}}, err
}

// overtaken reports whether the call, made now, would not ask: it would return the step,
// or fail with the problem. Another error is a failure of the store.
func (c *Call) overtaken(ctx context.Context) (step Step, over bool, err error) {
	if err = c.App.Runs(); err == nil {
		err = c.checkPermission(ctx)
	}
	if err == nil {
		step, err = c.Binding.Operation.Run(ctx, c)
	}
	if err != nil {
		_, over = errors.AsType[*problem.Problem](err)
		return Step{}, over, err
	}
	return step, step.Ask == nil, nil
}

// drop ends an ask whose call is overtaken. A failed call releases what its ask held.
func (c *Call) drop(ctx context.Context, a ask.Ask, step Step, failed error) (Step, error) {
	if failed == nil || c.Binding.Operation.Lapse == nil {
		return step, failed
	}
	if _, err := c.Binding.Operation.Lapse(ctx, c, a); err != nil {
		return Step{}, err
	}
	return Step{}, failed
}
