package jsapi

import (
	"context"
	"log/slog"
	"sync"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/problem"
)

// The events of a subscription or job after its call has settled. Readings use the
// lossy lane of the bus, all others the reliable one.
const (
	SubscriptionReading bus.Name = "subscription.reading"
	SubscriptionEnded   bus.Name = "subscription.ended"
	JobProgress         bus.Name = "job.progress"
	JobDone             bus.Name = "job.done"
	JobFailed           bus.Name = "job.failed"
)

// mostAtOnce is the largest number of subscriptions and jobs of one launch.
const mostAtOnce = 32

// Background runs subscriptions and jobs. Each belongs to a launch and ends with it.
// Close ends all of them and waits for their goroutines.
//
// A subscription or a job lives in the process that accepted its call, and ends with
// it; hosts then see their connection close.
type Background struct {
	events *bus.Bus
	mu     sync.Mutex
	all    map[string]map[string]*running // by launch, then by key
	work   sync.WaitGroup
	closed bool
}

// running is a subscription or a job. It publishes under the lock of the Background,
// and only while it is live, so that no event follows its end.
type running struct {
	launch, key string
	end         func(r *running, reason bus.Reason) // publishes the end
	cancel      context.CancelFunc
	over        bool
}

// NewBackground returns a Background that publishes on a bus.
func NewBackground(events *bus.Bus) *Background {
	return &Background{events: events, all: map[string]map[string]*running{}}
}

// start runs work until it returns, or until r is ended. It first stops the
// subscription or job with the same key in the launch.
func (b *Background) start(r *running, work func(ctx context.Context)) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.finish(b.all[r.launch][r.key], bus.Stopped)
	switch {
	case b.closed:
		return problem.New(problem.Internal, "the platform is stopping")
	case len(b.all[r.launch]) >= mostAtOnce:
		return problem.New(problem.OverLimit, "%d subscriptions and jobs of this launch are running; stop one first", mostAtOnce)
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	if b.all[r.launch] == nil {
		b.all[r.launch] = map[string]*running{}
	}
	b.all[r.launch][r.key] = r
	b.work.Go(func() { work(ctx) })
	return nil
}

// publish runs fn while r is live, and reports whether it was.
func (b *Background) publish(r *running, fn func(to bus.Of)) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !r.over {
		fn(bus.Of{Launch: r.launch})
	}
	return !r.over
}

// finish ends r for a reason; an empty reason means that r has already published its
// end. The caller holds the lock.
func (b *Background) finish(r *running, reason bus.Reason) {
	if r == nil || r.over {
		return
	}
	r.over = true
	r.cancel()
	b.events.Drop(bus.Of{Launch: r.launch}, r.key)
	delete(b.all[r.launch], r.key)
	if len(b.all[r.launch]) == 0 {
		delete(b.all, r.launch)
	}
	if reason != "" {
		r.end(r, reason)
	}
}

// conclude publishes the end of r, unless it has ended.
func (b *Background) conclude(r *running, fn func(to bus.Of)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !r.over {
		b.finish(r, "")
		fn(bus.Of{Launch: r.launch})
	}
}

// Stop ends the subscription or job with a key in a launch, if there is one.
func (b *Background) Stop(launchID, key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.finish(b.all[launchID][key], bus.Stopped)
}

// End ends all subscriptions and jobs of a launch.
func (b *Background) End(launchID string, reason bus.Reason) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.all[launchID] {
		b.finish(r, reason)
	}
}

// EndAll ends all subscriptions and jobs.
func (b *Background) EndAll(reason bus.Reason) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, of := range b.all {
		for _, r := range of {
			b.finish(r, reason)
		}
	}
}

// Close ends all subscriptions and jobs, and waits for their goroutines.
func (b *Background) Close() {
	b.EndAll(bus.LaunchOver)
	b.mu.Lock()
	b.closed = true
	b.mu.Unlock()
	b.work.Wait()
}

// begin starts and stops the subscriptions and jobs of a settled call.
func (e *Engine) begin(c *Call, step Step) error {
	var err error
	switch {
	case step.Feed == nil && step.Work == nil && step.Stop == "":
	case e.Background == nil:
		err = problem.New(problem.Internal, "this platform runs no subscriptions and jobs")
	case step.Feed != nil:
		err = e.subscribe(c, *step.Feed)
	case step.Work != nil:
		err = e.accept(c, *step.Work)
	default:
		e.Background.Stop(c.Launch.ID, step.Stop)
	}
	return err
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
