package jsapi

import (
	"context"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/problem"
)

// mostReports is the largest number of reports that a launch keeps for a host that
// reconnects. It is four times the backlog that a host may lose by falling behind.
const mostReports = 4 * bus.Backlog

// mostEffects is the largest number of effects among them. They carry texts of the page.
const mostEffects = 64

// reports are the events of a launch that a host must not lose: the end of subscriptions
// and jobs, the progress of jobs, and the effects of calls. A host that reconnects names the last number that
// it has seen, and gets all later ones.
type reports struct {
	last    int64 // the newest number
	kept    []bus.Event
	effects int // how many of kept are effects
}

// add numbers an event and keeps it. Above the limit, the oldest progress goes first,
// because a later event of its job replaces it. Above the limit of effects, the oldest
// effect goes.
func (r *reports) add(e bus.Event) bus.Event {
	r.last++
	e.Seq = r.last
	if isEffect(e) {
		if r.effects++; r.effects > mostEffects {
			r.drop(isEffect)
		}
	}
	if len(r.kept) == mostReports {
		r.drop(func(e bus.Event) bool { return e.Event == bus.JobProgress })
	}
	r.kept = append(r.kept, e)
	return e
}

func isEffect(e bus.Event) bool { return bus.Effects[e.Event] }

// drop forgets the oldest event of a kind, or the oldest of all.
func (r *reports) drop(kind func(bus.Event) bool) {
	oldest := max(slices.IndexFunc(r.kept, kind), 0)
	if isEffect(r.kept[oldest]) {
		r.effects--
	}
	r.kept = slices.Delete(r.kept, oldest, oldest+1)
}

// tell numbers a report and publishes it. The caller holds the lock. The first number
// of a launch comes from the clock, so that a number of an earlier process is smaller
// than every later one.
func (b *Background) tell(c *Call, e bus.Event) {
	of := c.Launch.ID
	if b.told[of] == nil {
		b.told[of] = &reports{last: c.Engine.Clock.Now().UnixMicro()}
	}
	b.events.Publish(bus.Of{Launch: of}, b.told[of].add(e))
}

// effect tells the host the effects of a settled call, in order. A host that reconnects
// gets the missed ones.
func (e *Engine) effect(c *Call, all []bus.Event) error {
	if e.Background == nil {
		return problem.New(problem.Internal, "this platform tells its hosts no effects")
	}
	e.Background.effect(c, all)
	return nil
}

func (b *Background) effect(c *Call, all []bus.Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, one := range all {
		b.tell(c, one)
	}
}

// Reports returns the reports of a launch whose numbers are greater than after, in order.
func (e *Engine) Reports(launchID string, after int64) []bus.Event {
	if e.Background == nil {
		return nil
	}
	return e.Background.since(launchID, after)
}

func (b *Background) since(launchID string, after int64) []bus.Event {
	b.mu.Lock()
	defer b.mu.Unlock()
	told := b.told[launchID]
	if told == nil {
		return nil
	}
	from := slices.IndexFunc(told.kept, func(e bus.Event) bool { return e.Seq > after })
	if from < 0 {
		return nil
	}
	return slices.Clone(told.kept[from:])
}

// Leave ends the subscriptions of a page that has gone. The caller makes sure that the
// calls of the page have returned. The problem of a launch that has ended is LaunchEnded.
func (e *Engine) Leave(ctx context.Context, launchID string, page int) (Running, error) {
	if e.Background != nil {
		e.Background.Leave(launchID, page)
	}
	return e.Running(ctx, launchID)
}

// Running lists the subscriptions and the jobs of a launch that still run, oldest first.
type Running struct {
	Subscriptions []RunningSubscription `json:"subscriptions"`
	Jobs          []RunningJob          `json:"jobs"`
}

// RunningSubscription is a subscription that still runs.
type RunningSubscription struct {
	Subscription string `json:"subscription"`
	RunningJob
}

// RunningJob is a job that still runs.
type RunningJob struct {
	CallID    string `json:"call_id"` // of the call that started it
	Method    string `json:"method"`
	StartedAt int64  `json:"started_at"` // ms since the epoch
}

// Running returns the subscriptions and the jobs of a launch that still run. The
// problem of a launch that has ended is LaunchEnded.
func (e *Engine) Running(ctx context.Context, launchID string) (list Running, err error) {
	list = Running{Subscriptions: []RunningSubscription{}, Jobs: []RunningJob{}}
	err = e.DB.Read(ctx, func(tx Tx) error {
		l, err := tx.Launches().Get(ctx, launchID)
		if err == nil && !problem.Is(l.Running(), problem.LaunchNotOpen) {
			err = l.Running()
		}
		return err
	})
	if err == nil && e.Background != nil {
		e.Background.list(launchID, &list)
	}
	return list, err
}

func (b *Background) list(launchID string, into *Running) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.all[launchID] {
		one := RunningJob{r.call.ID, r.call.Binding.Name(), r.since}
		if r.feed != nil {
			into.Subscriptions = append(into.Subscriptions, RunningSubscription{r.feed.Key, one})
		} else {
			into.Jobs = append(into.Jobs, one)
		}
	}
	slices.SortFunc(into.Subscriptions, func(x, y RunningSubscription) int { return strings.Compare(x.CallID, y.CallID) })
	slices.SortFunc(into.Jobs, func(x, y RunningJob) int { return strings.Compare(x.CallID, y.CallID) })
}
