package sendtest

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// sending sends notifications to misbehaving receivers, and counts the deliveries.
func sending(t *testing.T, open Open) {
	for _, one := range []struct {
		name string
		run  func(*testing.T, Open)
	}{
		{"a receiver that misbehaves gets everything, in order", misbehaving},
		{"a receiver that was down gets everything", down},
		{"tries come when the schedule says", schedule},
		{"what receivers answer is heeded", heeded},
		{"a receiver that is gone is told nothing more", gone},
		{"a hundred dead receivers hold up nobody", deadReceivers},
		{"a sender that stops leaves what is under way due", stopped},
		{"a sender that was killed leaves it, too", killed},
		{"what is broken off is no failed try", interrupted},
		{"senders on one database share the work", sharing},
		{"only the notification that it is paid proves a payment", proves},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			one.run(t, open)
		})
	}
}

// office is a world that sends notifications.
type office struct {
	*storetest.World
	config notification.Config
	sender *notification.Sender
}

// answers is a poster without a network.
type answers func(ctx context.Context, r notification.Request) (notification.Reply, error)

func (a answers) Post(ctx context.Context, r notification.Request) (notification.Reply, error) {
	return a(ctx, r)
}

// signingKey is short, so that signing is fast; it protects nothing.
var signingKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		panic(err)
	}
	return key
})

func newOffice(t *testing.T, open Open, poster notification.Poster) *office {
	t.Helper()
	o := &office{World: storetest.NewWorld(t, open)}
	o.config = notification.Config{
		DB: storetest.Narrow[notification.SenderTx]{DB: o.DB}, Clock: o.Clock, Machine: o.Wall, Poster: poster,
		Identify: func(context.Context, string) (notification.Identity, error) {
			return notification.Identity{Key: signingKey(), PartnerID: "partner", ChannelID: "12345"}, nil
		},
		URL:    func(app miniapp.App) string { return app.NotificationURL },
		Jitter: func() float64 { return 0 },
	}
	o.sender = notification.NewSender(o.config)
	return o
}

// receives registers a mini app with a backend at a URL.
func (o *office) receives(id, url string) miniapp.App {
	o.T.Helper()
	app := o.App(id)
	app.NotificationURL = url
	o.Write(func(tx Tx) error { return tx.MiniApps().Put(o.Ctx, app) })
	return app
}

// change returns the change of a notification. Its amount is its number, so that a
// receiver can check the order.
func (o *office) change(app, ref string, number int) notification.Change {
	return notification.Change{
		ID: o.IDs.New(), At: o.Now(), MiniAppID: app, Payment: ref, Status: notification.Pending, Amount: money.Rupiah(number), CreatedAt: o.Now(),
	}
}

// queue stores notifications for an app, several for each payment, and returns their
// number.
func (o *office) queue(app string, payments, each int) int {
	o.T.Helper()
	for first := 0; first < payments; first += 100 {
		o.Write(func(tx Tx) error {
			for p := first; p < min(first+100, payments); p++ {
				for number := range each {
					if err := notification.Enqueue(o.Ctx, tx, o.change(app, fmt.Sprint(app, "-", p), number+1)); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	return payments * each
}

// drain sends until nothing is due, and returns the number of tries.
func (o *office) drain() (tries int) {
	o.T.Helper()
	for before := -1; tries > before; {
		before = tries
		o.Must(o.sender.Look(o.Ctx))
		for n := 1; n > 0; tries += n {
			var err error
			n, err = o.sender.Send(o.Ctx)
			o.Must(err)
		}
		o.sender.Wait()
	}
	return tries
}

func (o *office) tries(id string) (list []notification.Delivery) {
	o.T.Helper()
	o.Read(func(tx Tx) (err error) { list, err = tx.Notifications().Deliveries(o.Ctx, id); return err })
	return list
}

// states counts the notifications in each state.
func (o *office) states() map[notification.State]int {
	o.T.Helper()
	counts := map[notification.State]int{}
	o.Read(func(tx Tx) error {
		list, err := tx.Notifications().List(o.Ctx, notification.Filter{}, store.First(1<<30))
		for _, n := range list {
			counts[n.State]++
		}
		return err
	})
	return counts
}

const thanks = `{"responseCode":"2005600","responseMessage":"Request has been processed successfully"}`

func says(status int, body string, headers ...notification.Header) (notification.Reply, error) {
	return notification.Reply{Status: status, Body: []byte(body), Whole: true, Headers: headers, Duration: time.Millisecond}, nil
}

var errRefused = errors.New("connection refused")
