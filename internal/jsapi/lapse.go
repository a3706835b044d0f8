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
			gone, err = e.lapse(ctx, tx, []ask.Ask{a}, ask.Expired, event.Deadline)
			return err
		})
		if err != nil {
			return 0, err
		}
		e.tell(gone, event.Deadline)
	}
	return len(due), nil
}

// Withdraw takes an ask back because the page of its call went away: nobody answered it.
// Its problems are those of Answer, and AnswerInvalid for the consent sheet of a launch.
func (e *Engine) Withdraw(ctx context.Context, launchID, askID string) (Reply, error) {
	var one lapsed
	err := e.DB.Write(ctx, func(tx Tx) error {
		l, err := tx.Launches().Get(ctx, launchID) // lock order: launch, then asks
		if err != nil {
			return err
		}
		a, err := ask.Withdraw(ctx, tx.Asks(), launchID, askID, e.Clock.Now())
		if err != nil {
			return err
		}
		if a.CallID == "" {
			return problem.New(problem.AnswerInvalid, "ask %s is the consent sheet of a launch; answer it, or end the launch", askID)
		}
		one, err = e.lapsed(ctx, tx, l, a, event.PageGone)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	e.tell([]lapsed{one}, event.PageGone)
	return one.reply, nil
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
	ask    ask.Ask
	reply  Reply
	shared []lapsed // the calls that shared its sheet
}

// lapse settles asks without an answer. It skips asks that another transaction has
// taken.
func (e *Engine) lapse(ctx context.Context, tx Tx, asks []ask.Ask, to ask.State, by event.Reason) (gone []lapsed, err error) {
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
func (e *Engine) lapsed(ctx context.Context, tx Tx, l launch.Launch, a ask.Ask, by event.Reason) (one lapsed, err error) {
	one = lapsed{ask: a}
	if a.CallID == "" {
		err = e.Launches.Lapse(ctx, tx, a)
	} else {
		one.reply, one.shared, err = e.lapseCall(ctx, tx, l, a, by)
	}
	return one, err
}

func (e *Engine) lapseCall(ctx context.Context, tx Tx, l launch.Launch, a ask.Ask, by event.Reason) (Reply, []lapsed, error) {
	c, err := e.revive(ctx, tx, l, a)
	var step Step
	switch {
	case err != nil: // a problem is that of a call of an earlier version: it fails with that
	case c.Binding.Operation.Lapse != nil:
		step, err = c.Binding.Operation.Lapse(ctx, c, a)
	case a.Kind.Personal():
		err = problem.New(problem.TimedOut, "nobody answered the %s sheet: %s", a.Kind, by.In(language.English))
	default:
		err = problem.New(problem.TimedOut, "the host did not read the %s of the device: %s", a.Kind.Reading(), by.In(language.English))
	}
	if refuses(err) {
		return Reply{}, nil, err
	}
	return e.conclude(ctx, c, step, err, asked{Ask: a, By: event.Settler(by)})
}

// TellAnswered tells the host of a launch that another client has answered an ask.
func (e *Engine) TellAnswered(launchID, askID string, reply Reply) {
	e.tell([]lapsed{{ask: ask.Ask{ID: askID, LaunchID: launchID}, reply: reply}}, event.Answered)
}

// tell sends the host the results of asks that ended without its answer. Asks that share
// a sheet have no sheet to close.
func (e *Engine) tell(gone []lapsed, by event.Reason) {
	for _, one := range gone {
		to := bus.Of{Launch: one.ask.LaunchID}
		if one.ask.Sheet == "" {
			e.Events.Publish(to, bus.New(bus.AskClosed, bus.AskClosing{AskID: one.ask.ID, Reason: by}))
		}
		if one.reply.Result != nil {
			e.Events.Publish(to, bus.New(bus.CallSettled, bus.Settlement{CallID: one.reply.CallID, Result: one.reply.Result}))
		}
		e.tell(one.shared, by)
	}
}
