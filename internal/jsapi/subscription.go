package jsapi

import (
	"context"
	"encoding/json"
	"time"

	"github.com/selasar/selasar/internal/bus"
)

// Feed is a subscription that a call starts.
type Feed struct {
	Key   string        // its name in the launch, such as "accelerometer"; only one of each key runs
	Every time.Duration // interval of readings; at least MinEvery
	Read  func(ctx context.Context) (any, error)
}

// MinEvery is the shortest interval of a subscription's readings.
const MinEvery = 10 * time.Millisecond

// recheck is the interval at which a subscription checks that its launch, its mini app
// and its consent still permit it.
const recheck = time.Second

// readingData is the data of SubscriptionReading. Name is the dialect's name of
// the event.
type readingData struct {
	CallID       string          `json:"call_id"` // of the call that started it
	Subscription string          `json:"subscription"`
	Name         string          `json:"name,omitempty"`
	At           int64           `json:"at"` // ms since the epoch
	Data         json.RawMessage `json:"data"`
}

// endedData is the data of SubscriptionEnded. Error is the error of a failed
// subscription; otherwise it is absent.
type endedData struct {
	CallID       string     `json:"call_id"`
	Subscription string     `json:"subscription"`
	Reason       bus.Reason `json:"reason"`
	Error        *Error     `json:"error,omitempty"`
}

// failureReason is the reason of a subscription whose reading failed, or that is no
// longer permitted.
const failureReason bus.Reason = "failed"

func (e *Engine) subscribe(c *Call, f Feed) error {
	r := &running{launch: c.Launch.ID, key: f.Key}
	ended := func(reason bus.Reason, err *Error) bus.Event {
		return bus.New(SubscriptionEnded, endedData{c.ID, f.Key, reason, err})
	}
	r.end = func(r *running, reason bus.Reason) { e.Events.Publish(bus.Of{Launch: r.launch}, ended(reason, nil)) }
	return e.Background.start(r, func(ctx context.Context) {
		err := e.feed(ctx, c, f, r)
		if ctx.Err() == nil {
			e.Background.conclude(r, func(to bus.Of) { e.Events.Publish(to, ended(failureReason, c.failed(err))) })
		}
	})
}

// feed reads at multiples of Every from its start, so that slow readings do not shift
// later ones. It skips a multiple that has already passed.
func (e *Engine) feed(ctx context.Context, c *Call, f Feed, r *running) error {
	every := max(f.Every, MinEvery)
	start := time.Now()
	timer := time.NewTimer(every)
	defer timer.Stop()
	var checked time.Time
	for {
		select {
		case <-timer.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		if time.Since(checked) >= recheck {
			if err := e.stillPermitted(ctx, c); err != nil {
				return err
			}
			checked = time.Now()
		}
		if err := e.read(ctx, c, f, r); err != nil {
			return err
		}
		timer.Reset(untilNext(time.Since(start), every))
	}
}

// untilNext returns the time from passed to the next multiple of every.
func untilNext(passed, every time.Duration) time.Duration { return every - passed%every }

// read takes one reading, and offers it if the subscription is still live.
func (e *Engine) read(ctx context.Context, c *Call, f Feed, r *running) error {
	value, err := f.Read(ctx)
	if err != nil {
		return err
	}
	data, err := c.Binding.event(value)
	if err != nil {
		return err
	}
	reading := bus.New(SubscriptionReading, readingData{c.ID, f.Key, c.Binding.Events.Reading, e.Clock.Now().UnixMilli(), data})
	e.Background.publish(r, func(to bus.Of) { e.Events.Offer(to, f.Key, reading) })
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
