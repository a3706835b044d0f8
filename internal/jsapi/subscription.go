package jsapi

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/journal/event"
)

// Feed is a subscription that a call starts.
type Feed struct {
	Key   string        // its name in the launch, such as "accelerometer"; only one of each key runs
	Every time.Duration // interval of readings; at least MinEvery
	// Read returns a reading, or nil if there is nothing to report.
	Read func(ctx context.Context) (any, error)
}

// MinEvery is the shortest interval of a subscription's readings.
const MinEvery = 10 * time.Millisecond

// recheck is the interval at which a subscription checks that its launch, its mini app
// and its consent still permit it.
const recheck = time.Second

// subscribe runs a subscription until it fails or ctx ends.
func (e *Engine) subscribe(ctx context.Context, r *running) {
	if how := e.readings(ctx, r); ctx.Err() == nil {
		e.Background.conclude(r, how)
	}
}

// readings reads at multiples of Every from its start, so that slow readings do not
// shift later ones. It skips a multiple that has already passed.
func (e *Engine) readings(ctx context.Context, r *running) end {
	every := max(r.feed.Every, MinEvery)
	start := time.Now()
	timer := time.NewTimer(every)
	defer timer.Stop()
	var checked time.Time
	for {
		select {
		case <-timer.C:
		case <-ctx.Done():
			return failed(ctx.Err())
		}
		if time.Since(checked) >= recheck {
			if err := e.stillPermitted(ctx, r.call); err != nil {
				return end{reason: event.NotPermitted, err: err}
			}
			checked = time.Now()
		}
		if err := e.read(ctx, r); err != nil {
			return failed(err)
		}
		timer.Reset(untilNext(time.Since(start), every))
	}
}

// untilNext returns the time from passed to the next multiple of every.
func untilNext(passed, every time.Duration) time.Duration { return every - passed%every }

// read takes one reading, and offers it if the subscription is still live.
func (e *Engine) read(ctx context.Context, r *running) error {
	value, err := r.feed.Read(ctx)
	if err != nil || value == nil {
		return err
	}
	c := r.call
	data, err := c.Binding.event(value)
	if err != nil {
		return err
	}
	e.Background.offer(r, bus.New(bus.SubscriptionReading, bus.Reading{
		Source: c.Source(), Subscription: r.feed.Key, Name: c.Binding.Events.Reading, At: e.Clock.Now().UnixMilli(), Data: data, Variants: r.form,
	}))
	return nil
}

// stillPermitted repeats the checks whose result can change while a subscription runs:
// its launch, its mini app, its consent.
func (e *Engine) stillPermitted(ctx context.Context, c *Call) error {
	return e.DB.Read(ctx, func(tx Tx) error {
		now := *c
		now.Tx = tx
		if err := now.checkLaunch(ctx); err != nil {
			return err
		}
		return now.May(ctx, now.Binding.Operation.Consent)
	})
}
