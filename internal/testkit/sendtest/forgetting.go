package sendtest

import (
	"context"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// forgetting lets time pass until notifications are deleted.
func forgetting(t *testing.T, open Open) {
	for _, one := range []struct {
		name string
		run  func(*testing.T, Open)
	}{
		{"notifications with their tries", forgottenNotifications},
		{"a notification that is replayed meanwhile stays", replayedMeanwhile},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			one.run(t, open)
		})
	}
}

// forget runs the regular pruning of a platform.
func (o *office) forget() {
	o.T.Helper()
	o.Must(o.DB.Keeper.Prune(o.Ctx, store.Kept{Notifications: o.Clock.Now().Add(-notification.Kept).UnixMilli()}))
}

func forgottenNotifications(t *testing.T, open Open) {
	gone := map[string]bool{} // mini apps whose receivers are gone
	o := newOffice(t, open, answers(func(_ context.Context, r notification.Request) (notification.Reply, error) {
		switch {
		case gone[r.URL]:
			return says(410, "")
		case r.URL == "http://down":
			return notification.Reply{}, errRefused
		default:
			return says(200, thanks)
		}
	}))
	gone["http://gone"] = true
	for _, name := range []string{"up", "gone", "down"} {
		o.receives(name, "http://"+name)
		o.queue(name, 60, 1) // more than one transaction deletes
	}
	o.drain()
	ended := map[notification.State]int{notification.Delivered: 60, notification.Dead: 60, notification.Waiting: 60}
	ids := map[string]notification.State{}
	o.Read(func(tx Tx) error {
		list, err := tx.Notifications().List(o.Ctx, notification.Filter{}, store.First(1000))
		for _, n := range list {
			ids[n.ID] = n.State
		}
		return err
	})
	o.Pass(notification.Kept - time.Millisecond)
	o.forget()
	o.Same("while they are on record", o.states(), ended)
	o.Pass(time.Millisecond)
	o.forget()
	o.Same("after that", o.states(), map[notification.State]int{notification.Waiting: 60})
	for id, state := range ids {
		want := 0
		if state == notification.Waiting {
			want = 1
		}
		if got := len(o.tries(id)); got != want {
			t.Fatalf("%d tries of one that was %s are left, want %d", got, state, want)
		}
		if state != notification.Waiting {
			err := o.DB.Write(o.Ctx, func(tx Tx) error { _, err := notification.Replay(o.Ctx, tx, id, o.Now()); return err })
			o.Refused(err, problem.NotFound)
		}
	}
	o.queue("up", 1, 2) // of a payment whose first notifications were deleted
	o.drain()
	o.Same("the next of such a payment", o.states()[notification.Delivered], 2)
}

// replayedMeanwhile replays a notification just before pruning would delete it.
func replayedMeanwhile(t *testing.T, open Open) {
	w := newOffice(t, open, nil)
	n := w.Notice("kopi", "a", w.Now())
	w.Claim("kopi", w.Now(), w.Now()+1, 1)
	n.Attempts = 1
	w.Same("a try", w.Finish(n, notification.Dead, 0, w.Now()), true)
	w.Pass(notification.Kept)
	w.Write(func(tx Tx) error { _, err := notification.Replay(w.Ctx, tx, n.ID, w.Now()); return err })
	w.forget()
	w.Read(func(tx Tx) error {
		tries, err := tx.Notifications().Deliveries(w.Ctx, n.ID)
		w.Same("its tries", len(tries), 1)
		return err
	})
	w.Same("it waits", w.Notification(n.ID).State, notification.Waiting)
}
