package storetest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/notification"
)

// run has the sender run beside the test, woken as on a platform, and gives a
// channel that tells of each notification that was delivered.
func (o *office) run(t *testing.T) (delivered <-chan string, stop func()) {
	ctx, cancel := context.WithCancel(o.ctx)
	told, done := make(chan string, 10_000), make(chan struct{})
	o.log.Watch(journal.Notification, func(e journal.Entry) {
		o.sender.Wake(e.MiniAppID)
		if e.Outcome == journal.OK {
			told <- e.MiniAppID
		}
	})
	go func() {
		defer close(done)
		o.sender.Run(ctx)
	}()
	stop = sync.OnceFunc(func() { cancel(); <-done })
	t.Cleanup(stop)
	return told, stop
}

// deadReceivers: while the tries to a hundred receivers hang, those to a
// healthy one are made and end; a receiver that hangs has few of them.
func deadReceivers(t *testing.T, open Open) {
	var hanging sync.Map // of *atomic.Int64, by URL
	o := newOffice(t, open, answers(func(ctx context.Context, r notification.Request) (notification.Reply, error) {
		if r.URL == "http://well.example" {
			return says(200, thanks)
		}
		n, _ := hanging.LoadOrStore(r.URL, new(atomic.Int64))
		n.(*atomic.Int64).Add(1)
		<-ctx.Done() // the time-out is not the test's
		return notification.Reply{}, ctx.Err()
	}))
	for i := range 100 {
		id := fmt.Sprint("dead-", i)
		o.receives(id, "http://"+id+".example")
		backlog := 3
		if i%50 == 0 {
			backlog = 40 // more than there is room for
		}
		o.queue(id, backlog, 1)
	}
	o.receives("well", "http://well.example")
	delivered, stop := o.run(t)
	for range 5 { // what comes while all of them hang
		for range o.queue("well", 1, 40) {
			<-delivered
		}
	}
	stop()
	o.same("delivered", o.states()[notification.Delivered], 200)
	hanging.Range(func(url, n any) bool {
		if most := n.(*atomic.Int64).Load(); most > 32 {
			t.Errorf("%d tries to %s hung at once", most, url)
		}
		return true
	})
}

// stopped: a try that was broken off is on record, and due at once.
func stopped(t *testing.T, open Open) {
	begun := make(chan struct{})
	o := newOffice(t, open, answers(func(ctx context.Context, _ notification.Request) (notification.Reply, error) {
		close(begun)
		<-ctx.Done()
		return notification.Reply{}, ctx.Err()
	}))
	o.receives("kopi", "http://kopi.example")
	o.queue("kopi", 1, 1)
	_, stop := o.run(t)
	<-begun
	stop()
	n := o.notices("kopi-0")[0]
	if tries := o.tries(n.ID); n.State != notification.Waiting || n.NextAt != o.now() || len(tries) != 1 || tries[0].Error == "" {
		t.Errorf("left as %+v, %+v", n, tries)
	}
	o.config.Poster = answers(func(context.Context, notification.Request) (notification.Reply, error) { return says(200, "") })
	o.sender = notification.NewSender(o.config)
	o.same("tries of the next sender", o.drain(), 1)
	o.same("delivered", o.notification(n.ID).State, notification.Delivered)
}

// interrupted: tries that are broken off, by a stop or a kill, use up none of
// those that a notification has.
func interrupted(t *testing.T, open Open) {
	var stop context.CancelFunc // of the sender, in the middle of a try
	o := newOffice(t, open, answers(func(ctx context.Context, _ notification.Request) (notification.Reply, error) {
		if stop != nil {
			stop()
			return notification.Reply{}, ctx.Err()
		}
		return says(500, "")
	}))
	o.receives("kopi", "http://kopi.example")
	o.queue("kopi", 1, 1)
	n := o.notices("kopi-0")[0]
	for range notification.Tries {
		var ctx context.Context
		ctx, stop = context.WithCancel(o.ctx)
		o.sender.Wake("kopi")
		if tried, err := o.sender.Send(ctx); err != nil || tried != 1 {
			t.Fatalf("%d tries, %v", tried, err)
		}
		o.sender.Wait()
		o.same("claimed by one that dies", len(o.claim("kopi", o.now(), o.now()+45_000, 1)), 1)
		o.pass(45 * time.Second)
	}
	stop = nil
	o.same("tries begun", o.notification(n.ID).Attempts, 2*notification.Tries)
	o.same("tries that come to their end", o.drain(), 1)
	got := o.notification(n.ID)
	o.same("what becomes of it", got.State, notification.Waiting)
	o.same("the first wait", got.NextAt-o.now(), int64(5000))
}

// killed: what was claimed by a process that is no more is due when its lease
// ends, or at once when no other can have it.
func killed(t *testing.T, open Open) {
	for _, alone := range []bool{false, true} {
		t.Run(fmt.Sprint("alone ", alone), func(t *testing.T) {
			o := newOffice(t, open, answers(func(context.Context, notification.Request) (notification.Reply, error) { return says(200, "") }))
			o.receives("kopi", "http://kopi.example")
			o.queue("kopi", 1, 2)
			o.same("claimed by the one that dies", len(o.claim("kopi", o.now(), o.now()+45_000, 9)), 1)
			o.config.Alone = alone
			o.sender = notification.NewSender(o.config)
			if !alone {
				o.same("tries while the lease runs", o.drain(), 0)
				o.pass(45 * time.Second)
			}
			delivered, _ := o.run(t)
			<-delivered
			<-delivered
			o.same("tries of the first", o.notices("kopi-0")[0].Attempts, 2)
		})
	}
}
