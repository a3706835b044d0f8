package jsapi

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/problem"
)

// Sweep settles at most a hundred asks whose deadline has passed, and returns how
// many it settled.
func (e *Engine) Sweep(ctx context.Context) (int, error) {
	var due []ask.Ask
	err := e.DB.Read(ctx, func(tx Tx) (err error) {
		due, err = tx.Asks().Due(ctx, e.Clock.Now().UnixMilli(), 100)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, a := range due {
		var gone []lapsed
		err := e.DB.Write(ctx, func(tx Tx) (err error) {
			gone, err = e.lapse(ctx, tx, []ask.Ask{a}, ask.Expired, bus.Deadline)
			return err
		})
		if err != nil {
			return 0, err
		}
		e.tell(gone, bus.Deadline)
	}
	return len(due), nil
}

// End ends a launch. It withdraws its open asks and settles their calls. For a
// launch that has already ended, it does nothing.
func (e *Engine) End(ctx context.Context, launchID string, reason event.LaunchReason) error {
	var gone []lapsed
	ended := false
	err := e.DB.Write(ctx, func(tx Tx) error {
		gone, ended = nil, false
		l, err := tx.Launches().Get(ctx, launchID)
		if err != nil || l.State == launch.Ended || l.State == launch.Refused {
			return err
		}
		open, err := tx.Asks().Open(ctx, launchID)
		if err != nil {
			return err
		}
		if err := e.Launches.End(ctx, tx, launchID, reason); err != nil {
			return err
		}
		gone, err = e.lapse(ctx, tx, open, ask.Withdrawn, bus.LaunchOver)
		ended = err == nil
		return err
	})
	if err != nil || !ended {
		return err
	}
	if e.Background != nil {
		e.Background.End(launchID, bus.LaunchOver)
	}
	e.tell(gone, bus.LaunchOver)
	e.Events.Publish(bus.Of{Launch: launchID}, bus.New(bus.LaunchEnded, map[string]string{"reason": string(reason), "message": reason.In(language.English)}))
	return nil
}

// EndAbandoned ends the launches whose host has been disconnected for launch.Grace,
// and returns how many.
func (e *Engine) EndAbandoned(ctx context.Context) (int, error) {
	gone := e.Hosts.Gone()
	for _, launchID := range gone {
		if err := e.End(ctx, launchID, event.HostGone); err != nil && !problem.Is(err, problem.LaunchUnknown) {
			return 0, err
		}
		e.Hosts.Heard(launchID)
	}
	return len(gone), nil
}

// lapsed is an ask that ended without an answer, with the result of its call.
type lapsed struct {
	ask   ask.Ask
	reply Reply
}

// lapse settles asks without an answer. It skips asks that another transaction has
// taken.
func (e *Engine) lapse(ctx context.Context, tx Tx, asks []ask.Ask, to ask.State, by bus.Reason) (gone []lapsed, err error) {
	for _, a := range asks {
		l, err := tx.Launches().Get(ctx, a.LaunchID) // lock order: launch, then asks; Answer does the same
		if err != nil {
			return nil, err
		}
		took, err := tx.Asks().Take(ctx, a.ID, to, e.Clock.Now().UnixMilli())
		if err != nil {
			return nil, err
		}
		if !took {
			continue
		}
		one, err := e.lapsed(ctx, tx, l, a, by)
		if err != nil {
			return nil, err
		}
		gone = append(gone, one)
	}
	return gone, nil
}

// lapsed settles the call of an ask that was taken without an answer.
func (e *Engine) lapsed(ctx context.Context, tx Tx, l launch.Launch, a ask.Ask, by bus.Reason) (one lapsed, err error) {
	one = lapsed{ask: a}
	if a.CallID == "" {
		err = e.Launches.Lapse(ctx, tx, a)
	} else {
		one.reply, err = e.lapseCall(ctx, tx, l, a, by)
	}
	return one, err
}

func (e *Engine) lapseCall(ctx context.Context, tx Tx, l launch.Launch, a ask.Ask, by bus.Reason) (Reply, error) {
	c, err := e.revive(ctx, tx, l, a)
	var step Step
	switch {
	case err != nil: // a problem is that of a call of an earlier version: it fails with that
	case c.Binding.Operation.Lapse != nil:
		step, err = c.Binding.Operation.Lapse(ctx, c, a)
	default:
		err = problem.New(problem.TimedOut, "nobody answered the %s sheet (%s)", a.Kind, by.Message())
	}
	if refuses(err) {
		return Reply{}, err
	}
	return e.conclude(ctx, c, step, err, asked{Ask: a, By: by.Message()})
}

func (e *Engine) tell(gone []lapsed, by bus.Reason) {
	for _, one := range gone {
		e.Events.Publish(bus.Of{Launch: one.ask.LaunchID}, bus.New(bus.AskClosed, map[string]any{"ask_id": one.ask.ID, "reason": by}))
		if one.reply.Result != nil {
			e.Events.Publish(bus.Of{Launch: one.ask.LaunchID}, bus.New(bus.CallSettled, map[string]any{"call_id": one.reply.CallID, "result": one.reply.Result}))
		}
	}
}
