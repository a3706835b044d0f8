package server

import (
	"context"
	"net/netip"
	"sync"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/outbound"
	"github.com/selasar/selasar/internal/sqlstore"
)

// sending delivers notifications to mini apps' backends.
type sending struct {
	sender *notification.Sender
	client *outbound.Client
	ctx    context.Context
	cancel context.CancelFunc
	once   sync.Once
	done   chan struct{} // closed when the sender has ended

	mu  sync.Mutex
	own string // see StartSending
}

// prepare creates the sender; alone reports that no other process uses the database,
// and own reports an address of Selasar itself, which gets no notification.
func (s *sending) prepare(p *Platform, loopback, alone bool, own func(netip.AddrPort) bool) {
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.done = make(chan struct{})
	s.client = outbound.New(outbound.Config{Loopback: loopback, Own: own})
	s.sender = notification.NewSender(notification.Config{
		DB: sqlstore.View[notification.SenderTx](p.DB), Clock: p.Clock, Machine: p.Clock.Machine(), Poster: s.client,
		Identify: p.Credentials.Identity, URL: p.NotificationURL, Alone: alone,
	})
	p.Journal.Watch(journal.Notification, func(e journal.Entry) { s.sender.Wake(e.MiniAppID) })
}

// StartSending starts the sending of notifications, once. Own is the origin of the
// mini app's server, for mini apps without a notification URL; it may be empty, and a
// later call may change it.
func (p *Platform) StartSending(own string) {
	s := &p.sending
	s.mu.Lock()
	s.own = own
	s.mu.Unlock()
	s.once.Do(func() {
		go func() {
			defer close(s.done)
			s.sender.Run(s.ctx)
		}()
	})
}

// StopSending interrupts the sending of notifications. Interrupted notifications stay
// due, and the attempt does not count as failed.
func (p *Platform) StopSending() {
	s := &p.sending
	s.cancel()
	s.once.Do(func() { close(s.done) }) // StartSending was never called
	<-s.done
	s.client.Close()
}

// NotificationURL returns the URL that receives a mini app's notifications.
func (p *Platform) NotificationURL(app miniapp.App) string {
	s := &p.sending
	s.mu.Lock()
	defer s.mu.Unlock()
	return notification.Target(app.NotificationURL, s.own)
}
