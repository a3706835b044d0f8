package jsapi

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
)

// steady is a database in which a launch stays open.
type steady struct {
	Tx
	launch.Store
	apps
}

type apps struct{ miniapp.Store }

func (s steady) Launches() launch.Store  { return s }
func (s steady) MiniApps() miniapp.Store { return s.apps }
func (s steady) Get(context.Context, string) (launch.Launch, error) {
	return launch.Launch{State: launch.Open}, nil
}
func (apps) Get(context.Context, string) (miniapp.App, error) {
	return miniapp.App{Status: miniapp.Active}, nil
}
func (s steady) Read(_ context.Context, fn func(Tx) error) error  { return fn(s) }
func (s steady) Write(_ context.Context, fn func(Tx) error) error { return fn(s) }

// silent is a journal of traces that nobody reads.
type silent struct{}

func (silent) Trace(journal.Entry) {}

func TestFeed_keeps_its_rate_with_slow_readings(t *testing.T) {
	for _, c := range []struct {
		name         string
		every, takes time.Duration
		want         []time.Duration // of the first readings, from the start
	}{
		{"no time", 20 * time.Millisecond, 0, []time.Duration{20, 40, 60, 80, 100}},
		{"less than the rate", 20 * time.Millisecond, 13 * time.Millisecond, []time.Duration{20, 40, 60, 80, 100}},
		{"more than the rate", 20 * time.Millisecond, 25 * time.Millisecond, []time.Duration{20, 60, 100, 140, 180}},
		{"the shortest rate", 1 * time.Millisecond, 0, []time.Duration{10, 20, 30, 40, 50}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				events := bus.NewBus()
				e := &Engine{DB: steady{}, Clock: clock.NewSystem(), Events: events, Journal: silent{}, Background: NewBackground(events)}
				b := &Binding{Operation: &Operation{Event: schema.Integer()}, Method: "m"}
				start := time.Now()
				var at []time.Duration
				read := func(context.Context) (any, error) {
					at = append(at, time.Since(start))
					time.Sleep(c.takes)
					return len(at), nil
				}
				call := &Call{Binding: b, Launch: launch.Launch{ID: "l"}, Engine: e}
				err := e.begin(call, Step{Feed: &Feed{Key: "k", Every: c.every, Read: read}})
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(10 * time.Second)
				e.Background.Close()
				for i, want := range c.want {
					if at[i] != want*time.Millisecond {
						t.Errorf("reading %d came after %v, want %v", i, at[i], want*time.Millisecond)
					}
				}
				if last := at[len(at)-1]; last < 10*time.Second-2*c.every-MinEvery || last%max(c.every, MinEvery) != 0 {
					t.Errorf("the last reading came after %v: the rate drifts", last)
				}
			})
		})
	}
}
