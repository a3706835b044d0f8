package sendtest

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// run runs the sender during the test, woken as on a platform. It returns a channel
// that receives each delivered notification.
func (o *office) run(t *testing.T) (delivered <-chan string, stop func()) {
	ctx, cancel := context.WithCancel(o.Ctx)
	told, done := make(chan string, 10_000), make(chan struct{})
	o.Log.Watch(journal.Notification, func(e journal.Entry) {
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

// deadReceivers checks that a healthy receiver is served next, while a hundred
// receivers with long backlogs hang and sometimes time out. Each transaction of the
// sender is small, so that other writes do not wait long, and a hanging receiver has
// few tries. The test counts instead of measuring time, which is unreliable on busy
// machines.
func deadReceivers(t *testing.T, open Open) {
	const few = 16 // that one transaction claims
	hang := newHanging()
	o := newOffice(t, open, answers(hang.post))
	claimed := &claims{}
	o.config.DB, o.config.Identify = watched{o.config.DB, claimed}, hang.identify(o.config.Identify)
	o.sender = notification.NewSender(o.config)
	o.receives("well", "http://well.example")
	healthy := o.queue("well", 1, 1)
	o.Same("tries to the healthy one", o.drain(), healthy) // the sender now knows it as healthy
	dies := func(i int) {
		id := fmt.Sprint("dead-", i)
		o.receives(id, "http://"+id+".example")
		o.queue(id, max(storetest.Bar(40, 200), 8), 1)
	}
	for i := range 50 {
		dies(i)
	}
	delivered, stop := o.run(t)
	serve := func() {
		healthy += o.queue("well", 1, 1)
		before := claimed.soFar()
		<-delivered
		if got := claimed.untilWell - before; got > 2*few { // the claims of one transaction, and the tries that already run
			t.Errorf("%d of the dead receivers' were claimed before the healthy one's", got)
		}
	}
	for i := range 50 {
		serve()
		dies(50 + i)
	}
	for range 20 {
		hang.timeOut(10)
		serve()
	}
	stop()
	o.Same("delivered", o.states()[notification.Delivered], healthy)
	if claimed.most > few {
		t.Errorf("%d were claimed in one transaction", claimed.most)
	}
	if hang.most > 2 {
		t.Errorf("%d tries to one receiver hung at once", hang.most)
	}
	if hang.mostSigning > 1 {
		t.Errorf("%d tries to receivers that do not answer were signed at once", hang.mostSigning)
	}
}

// hanging are receivers of which only one responds.
type hanging struct {
	timeouts chan struct{}

	mu                sync.Mutex
	busy              map[string]int // hanging tries, by URL
	signing           int            // tries that are about to be signed
	most, mostSigning int            // concurrent
}

func newHanging() *hanging { return &hanging{timeouts: make(chan struct{}), busy: map[string]int{}} }

func (h *hanging) post(ctx context.Context, r notification.Request) (notification.Reply, error) {
	if r.URL == "http://well.example" {
		return says(200, thanks)
	}
	h.count(r.URL, 1)
	defer h.count(r.URL, -1)
	select {
	case <-h.timeouts:
		return notification.Reply{}, context.DeadlineExceeded
	case <-ctx.Done():
		return notification.Reply{}, ctx.Err()
	}
}

func (h *hanging) count(url string, by int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.busy[url] += by
	h.most = max(h.most, h.busy[url])
}

type identify = func(ctx context.Context, miniAppID string) (notification.Identity, error)

// identify counts the concurrent signatures for receivers that do not respond.
func (h *hanging) identify(next identify) identify {
	return func(ctx context.Context, miniAppID string) (notification.Identity, error) {
		if miniAppID != "well" {
			h.signs(1)
			defer h.signs(-1)
			runtime.Gosched() // lets the other goroutines sign
		}
		return next(ctx, miniAppID)
	}
}

func (h *hanging) signs(by int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.signing += by
	h.mostSigning = max(h.mostSigning, h.signing)
}

// timeOut ends n of the hanging tries.
func (h *hanging) timeOut(n int) {
	for range n {
		h.timeouts <- struct{}{}
	}
}
