package jsapi

import (
	"context"
	"encoding/json"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/problem"
)

// Work is a job that a call has accepted. Do ends when ctx does. Do may call progress
// at any time; the values must fit the operation's Event.
type Work struct {
	Do func(ctx context.Context, progress func(data any) error) (any, error)
}

// jobData is the data of a job's events. Name is the dialect's name of the event. Data
// is absent if Error is set.
type jobData struct {
	CallID string          `json:"call_id"` // of the call that was accepted
	Name   string          `json:"name,omitempty"`
	Data   json.RawMessage `json:"data,omitempty"`
	Reason bus.Reason      `json:"reason,omitempty"` // why it did not come to its end
	Error  *Error          `json:"error,omitempty"`
}

// accept starts a job. It settles once: done, failed, or ended with its launch.
func (e *Engine) accept(c *Call, w Work) error {
	r := &running{launch: c.Launch.ID, key: "job " + c.ID}
	events := c.Binding.Events
	failed := func(reason bus.Reason, err error) bus.Event {
		return bus.New(JobFailed, jobData{CallID: c.ID, Name: events.Failed, Reason: reason, Error: c.failed(err)})
	}
	r.end = func(r *running, reason bus.Reason) {
		err := problem.New(problem.TimedOut, "the job was given up: %s", reason.Message())
		e.Events.Publish(bus.Of{Launch: r.launch}, failed(reason, err))
	}
	return e.Background.start(r, func(ctx context.Context) {
		var value any
		err := e.stillPermitted(ctx, c) // the launch may have ended since the checks
		if err == nil {
			value, err = e.work(ctx, c, w, r)
		}
		var raw json.RawMessage
		if err == nil {
			raw, err = c.Binding.event(value)
		}
		settled := bus.New(JobDone, jobData{CallID: c.ID, Name: events.Done, Data: raw})
		if err != nil {
			settled = failed(failureReason, err)
		}
		e.Background.conclude(r, func(to bus.Of) { e.Events.Publish(to, settled) })
	})
}

// work runs a job, and publishes its progress.
func (e *Engine) work(ctx context.Context, c *Call, w Work, r *running) (any, error) {
	return w.Do(ctx, func(data any) error {
		raw, err := c.Binding.event(data)
		if err == nil {
			progress := bus.New(JobProgress, jobData{CallID: c.ID, Name: c.Binding.Events.Progress, Data: raw})
			e.Background.publish(r, func(to bus.Of) { e.Events.Publish(to, progress) })
		}
		return err
	})
}
