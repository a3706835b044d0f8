package jsapi

import (
	"context"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/journal/event"
)

// Work is a job that a call has accepted. Do ends when ctx does. Do may call progress
// at any time; the values must fit the operation's Event.
type Work struct {
	Do func(ctx context.Context, progress func(data any) error) (any, error)
}

// accept runs a job. It settles once: done, failed, or ended with its launch.
func (e *Engine) accept(ctx context.Context, r *running, w Work) {
	if err := e.stillPermitted(ctx, r.call); err != nil { // the launch may have ended since the checks
		e.Background.conclude(r, end{reason: event.NotPermitted, err: err})
		return
	}
	value, err := w.Do(ctx, func(data any) error { return e.progress(r, data) })
	how := end{}
	if err == nil {
		how.data, err = r.call.Binding.done(r.call, value)
	}
	if err != nil {
		how = failed(err)
	}
	e.Background.conclude(r, how)
}

func (e *Engine) progress(r *running, data any) error {
	raw, err := r.call.Binding.event(data)
	if err == nil {
		e.Background.report(r, bus.New(bus.JobProgress, bus.JobReport{
			Source: r.call.Source(), Name: r.call.Binding.Events.Progress, Data: raw, Variants: r.form,
		}))
	}
	return err
}
