package sendtest

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// schedule checks that no try is early, not even by a millisecond, and that there are
// ten in all.
func schedule(t *testing.T, open Open) {
	up := false
	o := newOffice(t, open, answers(func(context.Context, notification.Request) (notification.Reply, error) {
		if up {
			return says(200, thanks)
		}
		return says(500, "oops")
	}))
	o.receives("kopi", "http://kopi.example")
	o.queue("kopi", 1, 1)
	id := o.Notices("kopi-0")[0].ID
	const s, m, h = time.Second, time.Minute, time.Hour
	for i, wait := range []time.Duration{0, 5 * s, 5 * m, 30 * m, 2 * h, 5 * h, 10 * h, 14 * h, 20 * h, 24 * h} {
		if wait > 0 {
			o.Pass(wait - time.Millisecond)
			o.Same("tries before their time", o.drain(), 0)
			o.Pass(time.Millisecond)
		}
		o.Same("tries at their time", o.drain(), 1)
		o.Same("tries so far", o.Notification(id).Attempts, i+1)
	}
	o.Same("after ten tries", o.Notification(id).State, notification.Dead)
	o.Pass(1000 * h)
	o.Same("tries of the dead", o.drain(), 0)
	for i, d := range o.tries(id) {
		if d.Attempt != i+1 || d.Status != 500 || d.ResponseBody != "oops" || !strings.Contains(d.Error, "500") || d.URL != "http://kopi.example" ||
			!strings.Contains(d.RequestHeaders, "X-Signature: ") || d.Duration != time.Millisecond {
			t.Errorf("try %d is kept as %+v", i, d)
		}
	}
	up = true
	o.Write(func(tx Tx) error {
		_, err := notification.Replay(o.Ctx, tx, id, o.Now())
		return err
	})
	o.Same("tries of what is replayed", o.drain(), 1)
	o.Same("when it is taken", o.Notification(id).State, notification.Delivered)
}

// heeded checks the effect of each response.
func heeded(t *testing.T, open Open) {
	var reply notification.Reply
	o := newOffice(t, open, answers(func(context.Context, notification.Request) (notification.Reply, error) { return reply, nil }))
	o.receives("kopi", "http://kopi.example")
	for i, one := range []struct {
		status int
		header notification.Header
		body   string
		state  notification.State
		wait   time.Duration
	}{
		{200, notification.Header{}, thanks, notification.Delivered, 0},
		{204, notification.Header{}, "", notification.Delivered, 0},
		{200, notification.Header{}, "fine", notification.Waiting, 5 * time.Second},
		{301, notification.Header{Name: "Location", Value: "http://169.254.169.254/"}, thanks, notification.Waiting, 5 * time.Second},
		{429, notification.Header{Name: "Retry-After", Value: "90"}, "", notification.Waiting, 90 * time.Second},
		{503, notification.Header{Name: "Retry-After", Value: "99999999"}, "", notification.Waiting, 24 * time.Hour},
		{500, notification.Header{Name: "Retry-After", Value: "90"}, "", notification.Waiting, 5 * time.Second},
		{410, notification.Header{}, thanks, notification.Dead, 0}, // last, because nothing is sent after it
	} {
		reply, _ = says(one.status, one.body, one.header)
		ref := "kopi-" + string(rune('a'+i))
		o.Write(func(tx Tx) error { return notification.Enqueue(o.Ctx, tx, o.change("kopi", ref, 1)) })
		o.drain()
		n := o.Notices(ref)[0]
		if n.State != one.state || n.Attempts != 1 || (one.wait > 0 && n.NextAt != o.Now()+one.wait.Milliseconds()) {
			t.Errorf("after %d with %v: %+v", one.status, one.header, n)
		}
	}
}

// down checks that receivers get everything after an outage, each notification under
// one id, those of a payment in order. Three lengths of outage make 10,080
// notifications; those behind a failed one use no tries.
func down(t *testing.T, open Open) {
	for _, away := range []time.Duration{time.Minute, 6 * time.Hour, 71 * time.Hour} {
		t.Run(away.String(), func(t *testing.T) {
			t.Parallel()
			r := &record{}
			up := false
			o := newOffice(t, open, answers(func(_ context.Context, request notification.Request) (notification.Reply, error) {
				r.tried(request)
				if !up {
					return notification.Reply{}, errRefused
				}
				r.take(t, request)
				return says(200, thanks)
			}))
			events := 0
			for _, id := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
				o.receives(id, "http://"+id+".example")
				events += o.queue(id, storetest.Trials(42, 420), 10)
			}
			const steps = 40
			for range steps {
				o.drain()
				o.Pass(away / steps)
			}
			up = true
			for range 30 {
				o.drain()
				o.Pass(time.Hour)
			}
			o.Same("delivered", o.states(), map[notification.State]int{notification.Delivered: events})
			o.Same("taken", len(r.copies), events)
			o.Same("ids", len(r.tries), events)
			for id, n := range r.copies {
				if n != 1 {
					t.Errorf("%s was taken %d times", id, n)
				}
			}
		})
	}
}

// record is what a receiver has accepted, by X-EXTERNAL-ID.
type record struct {
	mu     sync.Mutex
	tries  map[string]int
	copies map[string]int // accepted copies
	bodies map[string]string
	last   map[string]int // number of the last accepted one, by payment
}

func externalID(r notification.Request) string {
	for _, h := range r.Headers {
		if h.Name == "X-External-Id" {
			return h.Value
		}
	}
	return ""
}

func (r *record) tried(request notification.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.count(&r.tries, externalID(request))
}

func (r *record) count(of *map[string]int, id string) {
	if *of == nil {
		*of = map[string]int{}
	}
	(*of)[id]++
}

// proves checks that the notification of a paid payment proves the payment.
func proves(t *testing.T, open Open) {
	o := newOffice(t, open, answers(func(context.Context, notification.Request) (notification.Reply, error) { return says(200, thanks) }))
	app := o.receives("kopi", "http://kopi.example")
	u := o.Person("Sari", 50_000)
	payments := &payment.Service{DB: storetest.Narrow[payment.Tx]{DB: o.DB}, Clock: o.Clock, IDs: o.IDs}
	p, err := payments.Create(o.Ctx, payment.Order{MiniAppID: app.ID, Amount: money.Rupiah(15_000), Title: "kopi"})
	o.Must(err)
	o.Write(func(tx Tx) error {
		_, err := payments.Settle(o.Ctx, tx, p.Ref, u.ID, payment.StatusPending)
		return err
	})
	proved := func(ref string) int64 {
		var p payment.Payment
		o.Read(func(tx Tx) (err error) { p, err = tx.Payments().Get(o.Ctx, ref); return err })
		return p.ProvedAt
	}
	o.Same("told that it is made, and left", o.drain(), 2)
	o.Same("proved", proved(p.Ref), int64(0))
	o.Pass(time.Second)
	o.Write(func(tx Tx) error {
		_, err := payments.Settle(o.Ctx, tx, p.Ref, u.ID, payment.StatusSuccess)
		return err
	})
	o.Pass(time.Second)
	o.Same("told that it is paid", o.drain(), 1)
	o.Same("proved", proved(p.Ref), o.Now())
}
