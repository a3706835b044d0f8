package jsapi

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/launch"
)

// ending is the end of a launch, for the events after its commit.
type ending struct {
	launch launch.Launch
	why    event.LaunchMove
	gone   []lapsed
}

// End ends a launch. It withdraws its open asks and settles their calls. For a
// launch that has already ended, it does nothing.
func (e *Engine) End(ctx context.Context, launchID string, reason event.Reason) error {
	var over *ending
	err := e.DB.Write(ctx, func(tx Tx) error {
		over = nil
		l, err := tx.Launches().Get(ctx, launchID)
		if err != nil || l.State == launch.Ended || l.State == launch.Refused {
			return err
		}
		over, err = e.end(ctx, tx, l, event.LaunchMove{Reason: reason})
		return err
	})
	if err == nil {
		e.ended(over, nil)
	}
	return err
}

// endAfter ends the launch of a call, if the call's step demands it.
func (e *Engine) endAfter(ctx context.Context, tx Tx, c *Call, step Step) (*ending, error) {
	if step.End == nil {
		return nil, nil
	}
	return e.end(ctx, tx, c.Launch, *step.End)
}

func (e *Engine) end(ctx context.Context, tx Tx, l launch.Launch, why event.LaunchMove) (*ending, error) {
	open, err := tx.Asks().Open(ctx, l.ID)
	if err != nil {
		return nil, err
	}
	over := &ending{why: why}
	if over.launch, err = e.Launches.End(ctx, tx, l.ID, why); err != nil {
		return nil, err
	}
	over.gone, err = e.lapse(ctx, tx, open, ask.Withdrawn, event.LaunchOver)
	return over, err
}

// ended tells the host that its launch has ended. The call that ended it comes first,
// because a host gives up its calls when the launch ends.
func (e *Engine) ended(over *ending, by *Reply) {
	if over == nil {
		return
	}
	to := bus.Of{Launch: over.launch.ID}
	if e.Background != nil {
		e.Background.End(over.launch.ID)
	}
	if by != nil && by.Result != nil {
		e.Events.Publish(to, bus.New(bus.CallSettled, bus.Settlement{CallID: by.CallID, Result: by.Result}))
	}
	e.tell(over.gone, event.LaunchOver)
	e.Events.Publish(to, bus.EndOfLaunch(over.why))
}
