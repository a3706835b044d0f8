package notification_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/testkit/stage"
)

// claims sends once for each number, which is how many tries must begin. It does
// not wait for them.
func (p *post) claims(what string, numbers ...int) {
	p.Helper()
	for _, want := range numbers {
		n, err := p.sender.Send(p.Ctx)
		p.Must(err)
		stage.Is(p.TB, what, n, want)
	}
}

func (p *post) queueMany(miniAppID string, many int) {
	p.Helper()
	for range many {
		p.queueFor(miniAppID, p.IDs.New(), notification.Success)
	}
}

func TestSend_to_a_receiver_that_hangs_fills_its_room(t *testing.T) {
	p := newPost(t)
	release := p.hang()
	p.queueMany("kopi", 1)
	p.Must(p.sender.Look(p.Ctx))
	p.claims("the first", 1)
	p.queueMany("kopi", 4)
	p.Must(p.sender.Look(p.Ctx))
	p.claims("the room for one more", 1)
	p.Must(p.sender.Look(p.Ctx))
	p.claims("without room", 0)
	release()
	stage.Is(t, "what is left", p.send(), 3)
}

func TestSend_to_a_receiver_that_does_not_answer_stays_small(t *testing.T) {
	p := newPost(t)
	p.answers = func(notification.Request) (notification.Reply, error) { return notification.Reply{}, errNet }
	p.queueMany("kopi", 5)
	p.Must(p.sender.Look(p.Ctx))
	for _, want := range []int{2, 2, 1, 0} {
		p.claims("two at once", want)
		p.sender.Wait()
	}
}

// A transaction claims 16 in all lanes together. The lanes stay woken for the
// rest of their room, which is 18 after 16 answers.
func TestSend_claims_at_most_sixteen_at_once(t *testing.T) {
	p := newPost(t)
	p.App("teh")
	p.queueMany("kopi", 16)
	p.queueMany("teh", 16)
	p.send()
	release := p.hang()
	p.queueMany("kopi", 17)
	p.Must(p.sender.Look(p.Ctx))
	p.claims("for one receiver", 16, 1, 0)
	release()
	release = p.hang()
	p.queueMany("kopi", 18)
	p.queueMany("teh", 18)
	p.Must(p.sender.Look(p.Ctx))
	p.claims("for two receivers", 16)
	release()
	stage.Is(t, "what is left", p.send(), 20)
}

// The lanes of a transaction may have nothing to send. Send goes on with the
// others, so that it leaves no lane woken.
func TestSend_looks_into_all_woken_lanes(t *testing.T) {
	p := newPost(t)
	const lanes = 20 // more than a transaction has
	for i := range lanes {
		p.App(fmt.Sprint("app-", i))
		p.sender.Wake(fmt.Sprint("app-", i))
	}
	p.claims("with nothing queued", 0)
	for i := range lanes {
		p.queueMany(fmt.Sprint("app-", i), 1)
	}
	p.claims("with no lane woken", 0)
	stage.Is(t, "what is sent after a look", p.send(), lanes)
}

func TestClaim_is_whole(t *testing.T) {
	p := newPost(t)
	p.queueMany("kopi", 1)
	p.config.DB = &faulty{Database: p.config.DB, p: p, at: 1}
	p.sender = notification.NewSender(p.config)
	stage.Is(t, "how many are sent", p.send(), 1)
}

// counted is a database that counts its writes.
type counted struct {
	database
	writes int
}

func (d *counted) Write(ctx context.Context, fn func(notification.SenderTx) error) error {
	d.writes++
	return d.database.Write(ctx, fn)
}

func TestTry_is_kept_once(t *testing.T) {
	p := newPost(t)
	p.queueMany("kopi", 1)
	db := &counted{database: p.config.DB}
	p.config.DB = db
	p.sender = notification.NewSender(p.config)
	p.send()
	stage.Is(t, "a claim, a result, and a claim that finds no more", db.writes, 3)
}

// The lease of a try ends before its answer comes, and another process begins the
// next try, which decides.
func TestTry_that_another_one_has_overtaken_decides_nothing(t *testing.T) {
	for _, status := range []int{200, 410, 500} {
		p := newPost(t)
		id := p.queue("A1", notification.Success)
		p.answers = func(notification.Request) (notification.Reply, error) {
			p.Pass(46 * time.Second)
			p.Write(func(tx *stage.Tx) error {
				_, err := tx.Outbox().Claim(p.Ctx, "kopi", notification.Moment{Platform: p.Now(), Machine: p.Now()}, p.Now()+45_000, 1)
				return err
			})
			return notification.Reply{Status: status, Whole: true}, nil
		}
		stage.Is(t, "how many are sent", p.send(), 1)
		n := p.kept(id)
		stage.Is(t, "the notification", []any{n.State, n.NextAt, n.EndedAt}, []any{notification.Waiting, p.Now() + 45_000, 0})
		stage.Is(t, "the events, the proof and the mark", []any{p.events(), p.provedAt("A1"), p.gone()}, []any{"queued", 0, ""})
		stage.Is(t, "the tries that are kept", len(p.tries(id)), 1)
	}
}

// The first notification of a payment has the number 1, which no other may have.
func TestEnqueue_of_the_first_notification(t *testing.T) {
	p := newPost(t)
	p.queue("A1", notification.Pending)
	first := func(ref string) (string, error) {
		id := p.IDs.New()
		return id, p.Try(func(tx *stage.Tx) error {
			return notification.Enqueue(p.Ctx, tx, notification.Change{ID: id, MiniAppID: "kopi", Payment: ref, First: true})
		})
	}
	if _, err := first("A1"); err == nil {
		t.Error("a payment has two first notifications")
	}
	p.Must(func() error {
		return p.Try(func(tx *stage.Tx) error {
			return tx.Payments().Insert(p.Ctx, payment.Payment{Ref: "A2", MiniAppID: "kopi", Amount: 100, State: payment.Pending, CreatedAt: p.Now()})
		})
	}())
	id, err := first("A2")
	p.Must(err)
	stage.Is(t, "its number", p.kept(id).Number, 1)
}

// Moving the clock while a try runs neither repeats the try nor uses up the schedule, which
// begins when the try has failed.
func TestSend_while_the_clock_is_moved_keeps_the_running_try(t *testing.T) {
	p := newPost(t)
	id := p.queue("A1", notification.Success)
	began := 0
	p.answers = func(notification.Request) (notification.Reply, error) {
		for range 3 {
			p.Must(p.moved.Advance(time.Minute))
			p.Must(p.sender.Look(p.Ctx))
			n, err := p.sender.Send(p.Ctx)
			p.Must(err)
			began += n
		}
		return notification.Reply{Status: 500, Whole: true}, nil
	}
	p.send()
	stage.Is(t, "the tries that begin beside the running one", began, 0)
	n := p.kept(id)
	stage.Is(t, "the notification", []any{n.State, n.Attempts, n.NextAt}, []any{notification.Waiting, 1, p.moved.Now().UnixMilli() + 5000})
	p.answer(200, "")
	stage.Is(t, "the tries before the schedule", p.send(), 0)
	p.Must(p.moved.Advance(5 * time.Second))
	stage.Is(t, "the tries by the schedule", p.send(), 1)
}

// A receiver writes a date by its own clock, which does not follow the platform's.
func TestRetryAfter_of_a_date_goes_by_the_machines_clock(t *testing.T) {
	p := newPost(t)
	p.Must(p.moved.Advance(time.Hour))
	id := p.queue("A1", notification.Success)
	p.answer(503, "", notification.Header{Name: "Retry-After", Value: stage.Noon.Add(90 * time.Second).UTC().Format(http.TimeFormat)})
	p.send()
	stage.Is(t, "the wait", p.kept(id).NextAt-p.moved.Now().UnixMilli(), int64(90_000))
}
