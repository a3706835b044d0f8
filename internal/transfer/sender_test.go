package transfer_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/testkit/stage"
	"github.com/selasar/selasar/internal/transfer"
)

// scripted is a provider that gives its replies in order: done, declined, cancelled, lost
// (an unknown outcome), unsent, or none (no transfer of the id).
type scripted struct {
	replies []string
	calls   []string
}

func (p *scripted) next(call string) (o transfer.Outcome, found bool, err error) {
	p.calls = append(p.calls, call)
	if len(p.replies) == 0 {
		return o, false, errors.New("the script is over")
	}
	reply := p.replies[0]
	p.replies = p.replies[1:]
	switch reply {
	case "lost":
		return o, false, errors.New("the answer was lost")
	case "unsent":
		return o, false, transfer.ErrNotSent
	case "none":
		return o, false, nil
	default:
		return transfer.Outcome{State: transfer.State(reply)}, true, nil
	}
}

func (p *scripted) Send(context.Context, transfer.Transfer) (transfer.Outcome, error) {
	o, _, err := p.next("send")
	return o, err
}

func (p *scripted) Look(context.Context, transfer.Transfer) (transfer.Outcome, bool, error) {
	return p.next("look")
}

func (p *scripted) Cancel(context.Context, transfer.Transfer) (transfer.Outcome, error) {
	o, _, err := p.next("cancel")
	return o, err
}

// desk is a stage with a sender to a scripted provider.
type desk struct {
	*stage.Stage
	*transfer.Sender
	provider *scripted
	unclear  int
}

func newDesk(t *testing.T, replies string) *desk {
	t.Helper()
	s := stage.New(t)
	d := &desk{Stage: s, provider: &scripted{replies: strings.Fields(replies)}}
	d.Sender = transfer.NewSender(transfer.Config{
		DB: stage.View[transfer.Tx](s), Clock: s.Clock, Machine: s.Clock, Provider: d.provider, Patience: time.Millisecond,
		Jitter: func() float64 { return 1 }, Unclear: func(transfer.Transfer, error) { d.unclear++ },
		Settle: func(_ context.Context, t transfer.Transfer, o transfer.Outcome) error {
			return s.Try(func(tx *stage.Tx) error { _, err := tx.Transfers().Finish(s.Ctx, t.ID, o, s.Now()); return err })
		},
	})
	return d
}

func (d *desk) insert(kind transfer.Kind, life time.Duration) {
	t := transfer.Transfer{ID: "a", Kind: kind, Payment: "p", Amount: 1, State: transfer.Sending, NextAt: d.Now(), CreatedAt: d.Now()}
	if life != 0 {
		t.Until = d.Now() + life.Milliseconds()
	}
	d.Write(func(tx *stage.Tx) error { return tx.Transfers().Insert(d.Ctx, t) })
}

// turn runs the tries that are due, and waits for them.
func (d *desk) turn() int {
	n, err := d.Send(d.Ctx)
	d.Must(err)
	d.Wait()
	return n
}

func TestSend_comes_to_the_outcome_without_guessing(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		name    string
		kind    transfer.Kind
		life    time.Duration // until the charge is not sent any more
		replies string
		calls   string
		want    transfer.State
	}{
		{"answered at once", transfer.Charge, time.Hour, "done", "send", transfer.Done},
		{"declined", transfer.Charge, time.Hour, "declined", "send", transfer.Declined},
		{"the answer was lost", transfer.Charge, time.Hour, "lost done", "send look", transfer.Done},
		{"the answer was lost, also when asked", transfer.Charge, time.Hour, "lost lost lost declined", "send look look look", transfer.Declined},
		{"the request was lost", transfer.Charge, time.Hour, "lost none done", "send look send", transfer.Done},
		{"everything was lost twice", transfer.Charge, time.Hour, "lost none lost none done", "send look send look send", transfer.Done},
		{"the request was lost, and it is too late", transfer.Charge, time.Second, "lost none cancelled", "send look cancel", transfer.Cancelled},
		{"it is too late, but the charge was made", transfer.Charge, time.Second, "lost none done", "send look cancel", transfer.Done},
		{"it is too late, but the provider knows it", transfer.Charge, time.Second, "lost done", "send look", transfer.Done},
		{"the cancellation was lost", transfer.Charge, time.Second, "lost none lost cancelled", "send look cancel look", transfer.Cancelled},
		{"it was never sent", transfer.Charge, time.Hour, "unsent", "send", transfer.Cancelled},
		{"it may have been sent before", transfer.Charge, time.Hour, "lost unsent none unsent done", "send look look send look", transfer.Done},
		{"it is too late before the first try", transfer.Charge, -time.Second, "", "", transfer.Cancelled},
		{"a refund waits for its provider", transfer.Refund, 0, "unsent none done", "send look send", transfer.Done},
	} {
		t.Run(one.name, func(t *testing.T) {
			d := newDesk(t, one.replies)
			d.insert(one.kind, one.life)
			for turns := 0; turns < 10 && d.turn() > 0; turns++ {
				d.Pass(time.Minute)
			}
			got, err := d.Await(d.Ctx, "a")
			d.Must(err)
			stage.Is(t, "the calls", strings.Join(d.provider.calls, " "), one.calls)
			stage.Is(t, "the outcome", got.State, one.want)
			stage.Is(t, "replies left over", len(d.provider.replies), 0)
		})
	}
}

func TestSend_waits_longer_after_every_try(t *testing.T) {
	t.Parallel()
	d := newDesk(t, strings.Repeat("lost ", 12))
	d.insert(transfer.Refund, 0)
	var waits []time.Duration
	for range 11 {
		stage.Is(t, "tries", d.turn(), 1)
		got, err := d.Await(d.Ctx, "a")
		d.Must(err)
		wait := time.Duration(got.NextAt-d.Now()) * time.Millisecond
		waits = append(waits, wait)
		d.Pass(wait - time.Millisecond)
		stage.Is(t, "tries before their time", d.turn(), 0)
		d.Pass(time.Millisecond)
	}
	stage.Is(t, "the waits", waits, []time.Duration{
		250 * time.Millisecond, 500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second,
		32 * time.Second, time.Minute, time.Minute, time.Minute,
	})
	stage.Is(t, "tries without a certain answer", d.unclear, 11)
}

func TestSend_after_a_kill_asks_before_it_sends_again(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "done")
	d.insert(transfer.Charge, time.Hour)
	d.Write(func(tx *stage.Tx) error { // a process claimed it and was killed
		_, err := tx.Transfers().Claim(d.Ctx, d.Now(), d.Now()+30_000, 1)
		return err
	})
	d.Pass(30*time.Second - time.Millisecond)
	stage.Is(t, "tries during the lease", d.turn(), 0)
	d.Pass(time.Millisecond)
	stage.Is(t, "tries after the lease", d.turn(), 1)
	stage.Is(t, "the calls", strings.Join(d.provider.calls, " "), "look")
}

func TestRun_sends_what_is_due_and_resumes_at_once_when_alone(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "done")
	d.Alone, d.Patience = true, time.Minute
	d.insert(transfer.Charge, time.Hour)
	d.Write(func(tx *stage.Tx) error {
		_, err := tx.Transfers().Claim(d.Ctx, d.Now(), d.Now()+30_000, 1)
		return err
	})
	ctx, stop := context.WithCancel(d.Ctx)
	ended := make(chan struct{})
	go func() { defer close(ended); d.Run(ctx) }()
	got, err := d.Await(d.Ctx, "a")
	d.Must(err)
	stage.Is(t, "the outcome", got.State, transfer.Done)
	stop()
	<-ended
}

func TestAwait_returns_the_transfer_as_it_is_when_time_is_up(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "")
	d.insert(transfer.Charge, time.Hour)
	got, err := d.Await(d.Ctx, "a")
	d.Must(err)
	stage.Is(t, "the state", got.State, transfer.Sending)
	_, err = d.Await(d.Ctx, "b")
	d.Refused(err, problem.NotFound)
	gone, cancel := context.WithCancel(d.Ctx)
	cancel()
	d.Patience = time.Minute
	if _, err := d.Await(gone, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("after the caller has gone: %v", err)
	}
}

func TestSend_tells_of_outcomes_that_nobody_awaits(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		name  string
		alone bool
		pass  time.Duration // after the transfer was stored
		want  int
	}{
		{"the only process", true, 0, 1},
		{"a caller in another process may wait", false, time.Millisecond, 0},
		{"a caller in another process has given up", false, 2 * time.Millisecond, 1},
	} {
		d := newDesk(t, "done")
		told := 0
		d.Alone, d.Unawaited = one.alone, func(context.Context, transfer.Transfer) error { told++; return nil }
		d.insert(transfer.Charge, time.Hour)
		d.Pass(one.pass)
		stage.Is(t, "tries", d.turn(), 1)
		stage.Is(t, one.name, told, one.want)
	}
}
