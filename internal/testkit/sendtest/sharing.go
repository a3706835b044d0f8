package sendtest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/notification"
)

// sharing checks that several senders on one database send each notification once,
// and those of a payment in order.
func sharing(t *testing.T, open Open) {
	const apps, payments, each, senders = 4, 10, 3, 3
	var mu sync.Mutex
	sent := map[string][]string{} // bodies by receiver, in their order
	o := newOffice(t, open, answers(func(_ context.Context, r notification.Request) (notification.Reply, error) {
		mu.Lock()
		defer mu.Unlock()
		sent[r.URL] = append(sent[r.URL], r.Body)
		return says(200, thanks)
	}))
	all := 0
	for i := range apps {
		id := fmt.Sprint("app-", i)
		o.receives(id, "http://"+id+".example")
		all += o.queue(id, payments, each)
	}
	list := make([]*notification.Sender, senders)
	for i := range list {
		list[i] = notification.NewSender(o.config)
	}
	delivered := make(chan struct{}, 2*all)
	o.Log.Watch(journal.Notification, func(e journal.Entry) {
		for _, s := range list {
			s.Wake(e.MiniAppID)
		}
		if e.Outcome == journal.OK {
			delivered <- struct{}{}
		}
	})
	ctx, stop := context.WithCancel(o.Ctx)
	var running sync.WaitGroup
	for _, s := range list {
		running.Go(func() { s.Run(ctx) })
	}
	for range all {
		<-delivered
	}
	stop()
	running.Wait()
	o.Same("delivered", o.states(), map[notification.State]int{notification.Delivered: all})
	for i := range apps {
		bodies := sent[fmt.Sprint("http://app-", i, ".example")]
		o.Same("requests", len(bodies), payments*each)
		for p := range payments {
			var want []string
			for _, n := range o.Notices(fmt.Sprint("app-", i, "-", p)) {
				want = append(want, n.Body)
			}
			var got []string
			for _, body := range bodies {
				for _, one := range want {
					if one == body {
						got = append(got, body)
					}
				}
			}
			o.Same("those of a payment", got, want)
		}
	}
}
