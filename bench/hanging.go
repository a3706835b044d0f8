package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/outbound"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sqlstore"
)

const (
	hangingReceivers = 100
	hangingBacklog   = 200 // per receiver
	// hangingTimeout is shorter than the real time-out of a try, so that tries
	// time out and others start while the healthy receiver is measured.
	hangingTimeout = 5 * time.Second
	hangingSpan    = 6 * time.Second
	hangingRatio   = 2.0 // the largest allowed ratio of the healthy receiver's p99
)

// besideHanging measures, in this process, the time from the commit of a notification
// to its arrival at a healthy receiver: alone, and beside a hundred hanging receivers
// with a backlog. The second measurement starts with the first tries to those.
func (b *bench) besideHanging(ctx context.Context) ([]row, error) {
	var alone, beside []float64
	for range b.rounds(3) {
		for _, one := range []struct {
			hanging int
			p99     *[]float64
		}{{0, &alone}, {hangingReceivers, &beside}} {
			took, err := b.healthyBeside(ctx, one.hanging)
			if err != nil {
				return nil, err
			}
			*one.p99 = append(*one.p99, quantile(took, 0.99))
		}
	}
	ratio := median(beside) / median(alone)
	return []row{{
		what: fmt.Sprintf("notification beside %d receivers that hang, p99", hangingReceivers), ours: inMillis(median(beside)),
		floor: inMillis(median(alone)), ratio: times(ratio), atLeast: fmt.Sprintf("≤ %.1fx", hangingRatio), holds: holds(ratio <= hangingRatio),
	}}, nil
}

func (b *bench) healthyBeside(ctx context.Context, hanging int) (took []float64, err error) {
	o, err := b.openOffice(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	for i := range hanging {
		name := "hangs-" + strconv.Itoa(i)
		if err := o.register(ctx, name, "http://"+o.hangs.Addr().String()+"/"+name); err != nil {
			return nil, err
		}
		if err := o.queue(ctx, name, hangingBacklog); err != nil {
			return nil, err
		}
	}
	if err := o.register(ctx, "well", "http://"+o.well.address); err != nil {
		return nil, err
	}
	defer o.send(ctx)()
	for began, end := time.Now(), time.Now().Add(hangingSpan); began.Before(end); began = time.Now() {
		if err := o.queue(ctx, "well", 1); err != nil {
			return nil, err
		}
		came, err := o.well.next(ctx)
		if err != nil {
			return nil, err
		}
		took = append(took, millis(came.Sub(began)))
	}
	return took, nil
}

// office sends notifications without the rest of a platform.
type office struct {
	db     *sqlstore.DB
	ids    *id.Source
	log    *journal.Log
	client *outbound.Client
	key    *rsa.PrivateKey
	well   *receiver
	hangs  net.Listener // accepts connections and never answers
}

func (b *bench) openOffice(ctx context.Context) (o *office, err error) {
	folder, err := os.MkdirTemp(b.scratch, "office-")
	if err != nil {
		return nil, err
	}
	system := clock.NewSystem()
	o = &office{ids: id.NewSource(system, nil), client: outbound.New(outbound.Config{Loopback: true, Timeout: hangingTimeout})}
	o.log = journal.NewLog(system, o.ids)
	if o.key, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
		return nil, err
	}
	if o.hangs, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	if o.well, err = newReceiver(); err == nil {
		err = o.well.open()
	}
	if err == nil {
		o.db, err = sqlstore.Open(ctx, sqlstore.Options{Path: filepath.Join(folder, "selasar.db"), Key: secret.Random(), Log: o.log})
	}
	if err != nil {
		return nil, errors.Join(err, o.hangs.Close())
	}
	return o, nil
}

func (o *office) close() error {
	o.well.close()
	o.client.Close()
	return errors.Join(o.hangs.Close(), o.db.Close())
}

func (o *office) register(ctx context.Context, name, url string) error {
	return o.db.Write(ctx, func(tx *sqlstore.Tx) error {
		return tx.MiniApps().Put(ctx, miniapp.App{ID: name, Name: name, NotificationURL: url, Status: miniapp.Active})
	})
}

// queue stores n notifications, each of its own payment.
func (o *office) queue(ctx context.Context, name string, n int) error {
	return o.db.Write(ctx, func(tx *sqlstore.Tx) error {
		for range n {
			now := time.Now().UnixMilli()
			err := notification.Enqueue(ctx, tx, notification.Change{
				ID: o.ids.New(), At: now, MiniAppID: name, Payment: o.ids.New(), Status: notification.Pending, Amount: 15_000, CreatedAt: now,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// send sends until stop is called.
func (o *office) send(ctx context.Context) (stop func()) {
	system := clock.NewSystem()
	sender := notification.NewSender(notification.Config{
		DB: sqlstore.View[notification.SenderTx](o.db), Clock: system, Machine: system, Poster: o.client, Alone: true,
		Identify: func(context.Context, string) (notification.Identity, error) {
			return notification.Identity{Key: o.key, PartnerID: "bench", ChannelID: "12345"}, nil
		},
		URL: func(app miniapp.App) string { return app.NotificationURL },
	})
	o.log.Watch(journal.Notification, func(e journal.Entry) { sender.Wake(e.MiniAppID) })
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() { defer close(ended); sender.Run(ctx) }()
	return func() { cancel(); <-ended }
}
