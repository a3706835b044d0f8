package jsapi

import (
	"encoding/json"
	"log/slog"
	"time"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/problem"
)

// end is how a subscription or a job ended. Its event for the host and its journal
// entry are made here only.
type end struct {
	reason event.Reason    // empty for a job that is done
	err    error           // of the reasons Broken and NotPermitted
	data   json.RawMessage // the value of a job that is done
}

// failed returns the end of a subscription or a job that failed by itself.
func failed(err error) end { return end{reason: event.Broken, err: err} }

// event returns the event for the host. The error of an end without one is TimedOut.
func (d end) event(r *running) bus.Event {
	c, names := r.call, r.call.Binding.Events
	switch {
	case r.feed != nil:
		gone := bus.SubscriptionEnd{Source: c.Source(), Subscription: r.feed.Key, Reason: d.reason}
		if d.err != nil {
			gone.Error = c.failed(d.err)
		}
		return bus.New(bus.SubscriptionEnded, gone)
	case d.reason == "":
		return bus.New(bus.JobDone, bus.JobReport{Source: c.Source(), Name: names.Done, Data: d.data, Variants: r.form})
	}
	err := d.err
	if err == nil {
		err = problem.New(problem.TimedOut, "the job was given up: %s", d.reason.In(language.English))
	}
	return bus.New(bus.JobFailed, bus.JobFailure{
		Source: c.Source(), Name: names.Failed, Reason: d.reason, Error: c.failed(err), Data: c.Binding.failedJob(c, problem.Of(err)), Variants: r.form,
	})
}

// entry returns the journal entry.
func (d end) entry(r *running) journal.Entry {
	of, data := r.scope(), event.Background{Method: shown(r.call.name), Subscription: r.subscription(), Reason: d.reason}
	if d.err != nil {
		wrong := r.call.failure(problem.Of(d.err)).Error
		of.Code, of.Message = int(wrong.Code), wrong.Message
	}
	return d.happened(r).Entry(of, data)
}

func (d end) happened(r *running) event.Event[event.Background] {
	switch {
	case r.feed != nil && d.err != nil:
		return event.SubscriptionFailed
	case r.feed != nil:
		return event.SubscriptionEnded
	case d.err != nil:
		return event.JobFailed
	case d.reason == "":
		return event.JobDone
	default:
		return event.JobEnded
	}
}

// refused returns the journal entry of a subscription or a job that did not start.
func (r *running) refused(p *problem.Problem) journal.Entry {
	of, wrong := r.scope(), r.call.failure(p).Error
	of.Code, of.Message = int(wrong.Code), wrong.Message
	happened := event.JobRefused
	if r.feed != nil {
		happened = event.SubscriptionRefused
	}
	return happened.Entry(of, event.RefusedStart{Method: shown(r.call.name), Subscription: r.subscription(), Refused: p.Code})
}

func (r *running) scope() event.Scope {
	c := r.call
	of := event.Scope{MiniAppID: c.App.ID, UserID: c.Launch.UserID, LaunchID: c.Launch.ID, CallID: c.ID}
	if !r.began.IsZero() {
		of.Duration = time.Since(r.began)
	}
	return of
}

func (r *running) subscription() string {
	if r.feed == nil {
		return ""
	}
	return r.feed.Key
}

// failed is the error of an event, in the dialect of the call.
func (c *Call) failed(err error) *Error {
	p := problem.Of(err)
	if p.Err != nil {
		slog.Error("a subscription or a job failed with an internal error", "method", shown(c.name), "launch", c.Launch.ID, "error", p.Err)
	}
	f := c.failure(p)
	return &f.Error
}
