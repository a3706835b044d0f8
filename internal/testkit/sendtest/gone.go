package sendtest

import (
	"context"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/notification"
)

// gone checks that later notifications of a receiver with a 410 are dead without a
// try, for every sender, until the URL changes or a notification is replayed.
func gone(t *testing.T, open Open) {
	status, posts := 410, 0
	o := newOffice(t, open, answers(func(context.Context, notification.Request) (notification.Reply, error) {
		posts++
		return says(status, "")
	}))
	o.receives("kopi", "http://kopi.example")
	o.receives("roti", "http://kopi.example")
	tells := func(what, ref string, posted int, state notification.State) (n notification.Notification) {
		t.Helper()
		posts = 0
		app, _, _ := strings.Cut(ref, "-")
		o.Write(func(tx Tx) error { return notification.Enqueue(o.Ctx, tx, o.change(app, ref, 1)) })
		o.drain()
		n = o.Notices(ref)[len(o.Notices(ref))-1]
		o.Same("posts of "+what, posts, posted)
		o.Same("the state of "+what, n.State, state)
		return n
	}
	first := tells("the one that is answered 410", "kopi-1", 1, notification.Dead)
	second := tells("another payment's", "kopi-2", 0, notification.Dead)
	if tries := o.tries(second.ID); len(tries) != 1 || tries[0].URL != "http://kopi.example" || !strings.Contains(tries[0].Error, "replay a notification") {
		t.Errorf("kept of what is not sent: %+v", tries)
	}
	o.sender = notification.NewSender(o.config)
	status = 200
	tells("the next sender", "kopi-1", 0, notification.Dead)
	tells("another mini app", "roti-1", 1, notification.Delivered)
	o.receives("kopi", "http://kopi.example/new")
	tells("another URL", "kopi-3", 1, notification.Delivered)
	o.receives("kopi", "http://kopi.example")
	tells("the URL of before", "kopi-4", 0, notification.Dead)

	replay := func(n notification.Notification, state notification.State) {
		t.Helper()
		posts = 0
		o.Write(func(tx Tx) error { _, err := notification.Replay(o.Ctx, tx, n.ID, o.Now()); return err })
		o.drain()
		o.Same("posts of a replay", posts, 1)
		o.Same("what becomes of it", o.Notification(n.ID).State, state)
	}
	status = 410
	replay(second, notification.Dead)
	tells("one after a replay in vain", "kopi-5", 0, notification.Dead)
	status = 200
	replay(first, notification.Delivered)
	tells("one after a replay", "kopi-6", 1, notification.Delivered)
}
