package jsapi

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/problem"
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
	told   map[string]*reports            // by launch
	work   sync.WaitGroup
	closed bool
}

// running is a subscription or a job. It publishes under the lock of the Background,
// and only while it is live, so that no event follows its end.
type running struct {
	call   *Call        // that started it
	feed   *Feed        // nil for a job
	form   bus.Variants // of its events
	since  int64        // ms since the epoch, by the platform's clock
	began  time.Time
	cancel context.CancelFunc
	over   bool
}

// key names it in its launch.
func (r *running) key() string {
	if r.feed != nil {
		return ofPage(r.feed.Key, r.call.Page)
	}
	return "job " + r.call.ID
}

// ofPage returns the key of a page's subscription. Each page has its own.
func ofPage(key string, page int) string { return key + " of page " + strconv.Itoa(page) }

func (r *running) launch() string { return r.call.Launch.ID }

// NewBackground returns a Background that publishes on a bus.
func NewBackground(events *bus.Bus) *Background {
	return &Background{events: events, all: map[string]map[string]*running{}, told: map[string]*reports{}}
}

// start runs work until it returns, or until r is ended. It first stops the
// subscription or job with the same key in the launch.
func (b *Background) start(r *running, work func(ctx context.Context)) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	of := r.launch()
	b.finish(b.all[of][r.key()], end{reason: event.Replaced})
	switch {
	case b.closed:
		return problem.New(problem.Internal, "the platform is stopping")
	case len(b.all[of]) >= mostAtOnce:
		return problem.New(problem.OverLimit, "%d subscriptions and jobs of this launch are running; stop one first", mostAtOnce)
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel, r.began, r.since = cancel, time.Now(), r.call.Engine.Clock.Now().UnixMilli()
	if b.all[of] == nil {
		b.all[of] = map[string]*running{}
	}
	b.all[of][r.key()] = r
	b.work.Go(func() { work(ctx) })
	return nil
}

// offer publishes a reading while r is live.
func (b *Background) offer(r *running, e bus.Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !r.over {
		b.events.Offer(bus.Of{Launch: r.launch()}, r.key(), e)
	}
}

// report publishes an event that a host must not lose, while r is live.
func (b *Background) report(r *running, e bus.Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !r.over {
		b.tell(r.call, e)
	}
}

// finish ends r. The caller holds the lock.
func (b *Background) finish(r *running, how end) {
	if r == nil || r.over {
		return
	}
	r.over = true
	r.cancel()
	of := r.launch()
	b.events.Drop(bus.Of{Launch: of}, r.key())
	delete(b.all[of], r.key())
	if len(b.all[of]) == 0 {
		delete(b.all, of)
	}
	r.call.Engine.Journal.Trace(how.entry(r)) // first, so that who hears of the end finds it in the journal
	b.tell(r.call, how.event(r))
}

// conclude ends r by itself, unless it has ended. The reports of a launch that has
// ended are dropped: no host can listen to it.
func (b *Background) conclude(r *running, how end) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.finish(r, how)
	if problem.Is(how.err, problem.LaunchEnded) {
		delete(b.told, r.launch())
	}
}

// Stop ends the subscription with a key that a page of a launch has started, if there is
// one.
func (b *Background) Stop(launchID, key string, page int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.finish(b.all[launchID][ofPage(key, page)], end{reason: event.Stopped})
}

// Leave ends the subscriptions that a page of a launch has started, because the page has
// gone. Its jobs continue.
func (b *Background) Leave(launchID string, page int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.all[launchID] {
		if r.feed != nil && r.call.Page == page {
			b.finish(r, end{reason: event.PageGone})
		}
	}
}

// End ends all subscriptions and jobs of a launch, because the launch has ended.
func (b *Background) End(launchID string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.endAll(launchID, event.LaunchOver)
}

// EndAll ends all subscriptions and jobs, because all launches have ended.
func (b *Background) EndAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.endEach(event.LaunchOver)
}

// Close ends all subscriptions and jobs, and waits for their goroutines.
func (b *Background) Close() {
	b.mu.Lock()
	b.endEach(event.PlatformStopped)
	b.closed = true
	b.mu.Unlock()
	b.work.Wait()
}

func (b *Background) endEach(reason event.Reason) {
	for launchID := range b.all {
		b.endAll(launchID, reason)
	}
	clear(b.told)
}

func (b *Background) endAll(launchID string, reason event.Reason) {
	for _, r := range b.all[launchID] {
		b.finish(r, end{reason: reason})
	}
	delete(b.told, launchID)
}

// begin does what follows a settled call: it writes the step's journal entries, tells the
// host the effects, and starts or stops subscriptions and jobs. A refused start has its
// own journal entry.
func (e *Engine) begin(c *Call, step Step) error {
	for _, one := range step.Log {
		e.Journal.Trace(one)
	}
	if len(step.Tell) > 0 {
		return e.effect(c, step.Tell)
	}
	r := &running{call: c, feed: step.Feed}
	var work func(ctx context.Context)
	switch {
	case step.Feed != nil:
		work = func(ctx context.Context) { e.subscribe(ctx, r) }
	case step.Work != nil:
		work = func(ctx context.Context) { e.accept(ctx, r, *step.Work) }
	case step.Stop != "" && e.Background != nil:
		e.Background.Stop(c.Launch.ID, step.Stop, c.Page)
		return nil
	default:
		return nil
	}
	r.form = c.eventForm()
	var err error = problem.New(problem.Internal, "this platform runs no subscriptions and jobs")
	if e.Background != nil {
		err = e.Background.start(r, work)
	}
	if err != nil {
		e.Journal.Trace(r.refused(problem.Of(err)))
	}
	return err
}
