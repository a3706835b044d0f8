package server

import (
	"context"
	"errors"
	"sync"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/outbound"
	"github.com/selasar/selasar/internal/sqlstore"
)

// sending is what carries notifications to mini apps' backends.
type sending struct {
	sender *notification.Sender
	client *outbound.Client
	ctx    context.Context
	cancel context.CancelFunc
	once   sync.Once
	done   chan struct{} // closes when the sender has ended

	mu  sync.Mutex
	own string // see start
}

// prepare makes the sender; alone says that no other process has the database.
func (s *sending) prepare(p *platform, alone bool) {
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.done = make(chan struct{})
	s.client = outbound.New(outbound.Config{Loopback: true}) // the mini app's backend runs on the developer's machine
	s.sender = notification.NewSender(notification.Config{
		DB: sqlstore.View[notification.SenderTx](p.db), Clock: p.clock, Poster: s.client,
		Identify: p.credentials.Identity, URL: s.url, Alone: alone,
	})
	p.journal.Watch(journal.Notification, func(e journal.Entry) { s.sender.Wake(e.MiniAppID) })
}

// start begins to send, once. Own is the mini app's own server, which is told
// where its manifest names no other; empty when it has none.
func (s *sending) start(own string) {
	s.once.Do(func() {
		s.mu.Lock()
		s.own = own
		s.mu.Unlock()
		go func() {
			defer close(s.done)
			s.sender.Run(s.ctx)
		}()
	})
}

// stop breaks off what is being sent; it stays due.
func (s *sending) stop() {
	s.cancel()
	s.once.Do(func() { close(s.done) }) // it was never started
	<-s.done
	s.client.Close()
}

// url is where a mini app is told.
func (s *sending) url(app miniapp.App) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return notification.Target(app.NotificationURL, s.own)
}

// settle does what a moved clock has made due.
func (p *platform) settle(ctx context.Context) error {
	return errors.Join(p.sweep(ctx), p.sending.sender.Look(ctx))
}
