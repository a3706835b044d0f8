package sendtest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/notification"
)

// stopped checks that an interrupted try is recorded, and due immediately.
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
	n := o.Notices("kopi-0")[0]
	if tries := o.tries(n.ID); n.State != notification.Waiting || n.NextAt != o.Now() || len(tries) != 1 || tries[0].Error == "" {
		t.Errorf("left as %+v, %+v", n, tries)
	}
	o.config.Poster = answers(func(context.Context, notification.Request) (notification.Reply, error) { return says(200, "") })
	o.sender = notification.NewSender(o.config)
	o.Same("tries of the next sender", o.drain(), 1)
	o.Same("delivered", o.Notification(n.ID).State, notification.Delivered)
}

// interrupted checks that tries which a stop or a kill interrupts do not count as
// tries of a notification.
func interrupted(t *testing.T, open Open) {
	var stop context.CancelFunc // stops the sender in the middle of a try
	o := newOffice(t, open, answers(func(ctx context.Context, _ notification.Request) (notification.Reply, error) {
		if stop != nil {
			stop()
			return notification.Reply{}, ctx.Err()
		}
		return says(500, "")
	}))
	o.receives("kopi", "http://kopi.example")
	o.queue("kopi", 1, 1)
	n := o.Notices("kopi-0")[0]
	for range notification.Tries {
		var ctx context.Context
		ctx, stop = context.WithCancel(o.Ctx)
		o.sender.Wake("kopi")
		if tried, err := o.sender.Send(ctx); err != nil || tried != 1 {
			t.Fatalf("%d tries, %v", tried, err)
		}
		o.sender.Wait()
		o.Same("claimed by one that dies", len(o.Claim("kopi", o.Now(), o.Now()+45_000, 1)), 1)
		o.Pass(45 * time.Second)
	}
	stop = nil
	o.Same("tries begun", o.Notification(n.ID).Attempts, 2*notification.Tries)
	o.Same("tries that come to their end", o.drain(), 1)
	got := o.Notification(n.ID)
	o.Same("what becomes of it", got.State, notification.Waiting)
	o.Same("the first wait", got.NextAt-o.Now(), int64(5000))
}

// killed checks that the claims of a dead process are due when its lease ends, or
// immediately if no other process can have the database.
func killed(t *testing.T, open Open) {
	for _, alone := range []bool{false, true} {
		t.Run(fmt.Sprint("alone ", alone), func(t *testing.T) {
			o := newOffice(t, open, answers(func(context.Context, notification.Request) (notification.Reply, error) { return says(200, "") }))
			o.receives("kopi", "http://kopi.example")
			o.queue("kopi", 1, 2)
			o.Same("claimed by the one that dies", len(o.Claim("kopi", o.Now(), o.Now()+45_000, 9)), 1)
			o.config.Alone = alone
			o.sender = notification.NewSender(o.config)
			if !alone {
				o.Same("tries while the lease runs", o.drain(), 0)
				o.Pass(45 * time.Second)
			}
			delivered, _ := o.run(t)
			<-delivered
			<-delivered
			o.Same("tries of the first", o.Notices("kopi-0")[0].Attempts, 2)
		})
	}
}
