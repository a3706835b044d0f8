package notification_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/stage"
)

type database = store.Database[notification.SenderTx]

// without is a database in which no mini app is registered.
type without struct{ database }

type withoutTx struct{ notification.SenderTx }

type noApps struct{ miniapp.Store }

func (d without) Read(ctx context.Context, fn func(notification.SenderTx) error) error {
	return d.database.Read(ctx, func(tx notification.SenderTx) error { return fn(withoutTx{tx}) })
}

func (tx withoutTx) MiniApps() miniapp.Store { return noApps{tx.SenderTx.MiniApps()} }

func (noApps) Get(_ context.Context, id string) (miniapp.App, error) {
	return miniapp.App{}, miniapp.Unknown(id)
}

// unlucky is a database in which, after some writes, some fail.
type unlucky struct {
	store.Database[notification.SenderTx]
	after, fails int
}

func (d *unlucky) Write(ctx context.Context, fn func(notification.SenderTx) error) error {
	if d.after--; d.after < 0 && d.fails > 0 {
		d.fails--
		return errors.New("the disk is full")
	}
	return d.Database.Write(ctx, fn)
}

// faulty is a database that runs one of its writes with each of its store calls
// failing in turn.
type faulty struct {
	store.Database[notification.SenderTx]
	p      *post
	at     int // the number of the write, from 1
	writes int
}

func (d *faulty) Write(ctx context.Context, fn func(notification.SenderTx) error) error {
	if d.writes++; d.writes != d.at {
		return d.Database.Write(ctx, fn)
	}
	var err error
	d.p.Whole(func() error {
		err = d.Database.Write(ctx, fn)
		return err
	})
	return err
}

func TestEnqueue_and_Replay(t *testing.T) {
	p := newPost(t)
	first, second := p.queue("A1", notification.Pending), p.queue("A1", notification.Success)
	n := p.kept(first)
	stage.Is(t, "a new notification", n, notification.Notification{
		ID: first, MiniAppID: "kopi", Payment: "A1", Number: 1, Status: notification.Pending, Body: n.Body, State: notification.Waiting, NextAt: p.Now(), CreatedAt: p.Now(),
	})
	stage.Is(t, "the number of the next", p.kept(second).Number, 2)
	p.answer(410, "")
	p.send()
	stage.Is(t, "the events", p.events(), "queued queued dead dead")
	p.Pass(time.Minute)
	replay := func(id string) (n notification.Notification, err error) {
		err = p.Try(func(tx *stage.Tx) (err error) { n, err = notification.Replay(p.Ctx, tx, id, p.Now()); return err })
		return n, err
	}
	n, err := replay(first)
	p.Must(err)
	stage.Is(t, "the notification returned", n, p.kept(first))
	stage.Is(t, "it is due", []any{n.State, n.NextAt, n.EndedAt}, []any{notification.Waiting, p.Now(), 0})
	stage.Is(t, "the receiver is taken to be back", p.gone(), "")
	stage.Is(t, "the events", p.events(), "queued queued dead dead replayed")
	e := p.Entries("notification")[4]
	stage.Is(t, "the entry", e.MiniAppID+" "+e.Payment, "kopi A1")
	_, err = replay("none")
	p.Refused(err, problem.NotFound)
	p.send()
	p.Whole(func() error { _, err := replay(second); return err })
	p.Whole(func() error {
		return p.Try(func(tx *stage.Tx) error {
			return notification.Enqueue(p.Ctx, tx, notification.Change{ID: p.IDs.New(), MiniAppID: "kopi", Payment: "A1", First: false})
		})
	})
}

// The next notification of a payment waits until the one before it is done.
func TestSend_keeps_the_order_of_a_payment(t *testing.T) {
	p := newPost(t)
	p.answer(500, "")
	first, second := p.queue("A1", notification.Pending), p.queue("A1", notification.Success)
	p.send()
	stage.Is(t, "the tries", []int{p.kept(first).Attempts, p.kept(second).Attempts}, []int{1, 0})
	p.answer(200, "")
	p.Pass(5 * time.Second)
	stage.Is(t, "how many are sent", p.send(), 2)
	stage.Is(t, "the states", []any{p.kept(first).State, p.kept(second).State}, []any{notification.Delivered, notification.Delivered})
}

func TestSend_sends_all_that_is_due(t *testing.T) {
	p := newPost(t)
	for i := range 40 {
		p.queue(fmt.Sprint("A", i), notification.Success)
	}
	stage.Is(t, "how many are sent", p.send(), 40)
	stage.Is(t, "how many came", len(p.sent), 40)
	later := p.queue("later", notification.Success)
	n, err := p.sender.Send(p.Ctx)
	stage.Is(t, "what is sent without a signal", []any{n, err}, []any{0, nil})
	p.sender.Wake("kopi")
	n, err = p.sender.Send(p.Ctx)
	p.sender.Wait()
	stage.Is(t, "what is sent after one", []any{n, err, p.kept(later).State}, []any{1, nil, notification.Delivered})
}

// Two are tried at once at first; the rest stays for the next turn.
func TestSend_claims_no_more_than_there_is_room_for(t *testing.T) {
	p := newPost(t)
	for i := range 5 {
		p.queue(fmt.Sprint("A", i), notification.Success)
	}
	p.Must(p.sender.Look(p.Ctx))
	for _, want := range []int{2, 3, 0} {
		n, err := p.sender.Send(p.Ctx)
		p.Must(err)
		p.sender.Wait()
		stage.Is(t, "how many", n, want)
	}
}

func TestSend_and_Look_report_faults(t *testing.T) {
	p := newPost(t)
	p.queue("A1", notification.Success)
	p.Loud(func() error { return p.sender.Look(p.Ctx) })
	p.config.DB = &unlucky{Database: p.config.DB, fails: 1}
	p.sender = notification.NewSender(p.config)
	p.Must(p.sender.Look(p.Ctx))
	if n, err := p.sender.Send(p.Ctx); err == nil || n != 0 {
		t.Errorf("a claim that fails gives %d, %v", n, err)
	}
	stage.Is(t, "what the next look finds", p.send(), 1)
}

func TestSend_leases_what_it_claims(t *testing.T) {
	p := newPost(t)
	id := p.queue("A1", notification.Success)
	var during notification.Notification
	p.answers = func(notification.Request) (notification.Reply, error) {
		during = p.kept(id)
		return notification.Reply{Status: 200, Whole: true}, nil
	}
	p.send()
	stage.Is(t, "while it is tried", []any{during.State, during.Attempts, during.NextAt}, []any{notification.Waiting, 1, p.Now() + 45_000})
}

func TestRun_sends_what_it_is_woken_for_until_it_is_stopped(t *testing.T) {
	p := newPost(t)
	came := make(chan string, 10)
	p.answers = func(r notification.Request) (notification.Reply, error) {
		came <- r.URL
		return notification.Reply{Status: 200, Whole: true}, nil
	}
	// A killed process has begun a try.
	dead := p.queue("A0", notification.Success)
	p.Write(func(tx *stage.Tx) error {
		_, err := tx.Outbox().Claim(p.Ctx, "kopi", notification.Moment{Platform: p.Now(), Machine: p.Now()}, p.Now()+45_000, 1)
		return err
	})
	p.config.Alone = true
	p.sender = notification.NewSender(p.config)
	ctx, stop := context.WithCancel(p.Ctx)
	ended := make(chan struct{})
	go func() { p.sender.Run(ctx); close(ended) }()
	<-came
	p.queue("A1", notification.Success)
	p.sender.Wake("kopi")
	<-came
	stop()
	<-ended
	stage.Is(t, "the try of the killed process", p.kept(dead).State, notification.Delivered)
}

func TestHeaders(t *testing.T) {
	r := notification.Reply{Headers: []notification.Header{{Name: "A", Value: "1"}, {Name: "a", Value: "2"}}}
	stage.Is(t, "the first of a name, in any case", r.Header("a")+r.Header("A")+r.Header("b"), "11")
	stage.Is(t, "headers of a try", notification.ParseHeaders("A: 1\nB: 2: 3\nA: 4\nnone\n"), map[string]string{"A": "1, 4", "B": "2: 3"})
	stage.Is(t, "the id of what has none", notification.Notification{ID: "x"}.ExternalID(), "")
	stage.Is(t, "the id", notification.Notification{ID: "0195970c-8e95-7abc-8def-0123456789ab"}.ExternalID(), "17419959374292748394529781582251")
}
