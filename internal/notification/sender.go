package notification

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/store"
)

// Config configures a sender.
type Config struct {
	DB    store.Database[SenderTx]
	Clock clock.Clock
	// Machine is the clock that no developer moves. It measures leases, and reads dates that
	// receivers send. Several processes on one database need machine clocks that differ by
	// less than half a lease.
	Machine  clock.Clock
	Poster   Poster
	Identify func(ctx context.Context, miniAppID string) (Identity, error)
	// URL returns the address for a mini app's notifications; empty for none
	// (see Target).
	URL func(miniapp.App) string
	// Jitter returns a number in [0, 1) for the next wait; nil means random.
	Jitter func() float64
	// Alone says that no other process sends from the database. The
	// notifications of a killed process are then due at once, and not only at
	// the end of their lease.
	Alone bool
}

// Sender delivers the waiting notifications. Each mini app has its own lane, so that
// a hanging receiver does not delay others (see lane).
type Sender struct {
	Config
	wake chan struct{}

	mu    sync.Mutex
	lanes map[string]*lane

	gentle sync.Mutex // see gently
	tries  sync.WaitGroup
}

const (
	// lease is longer than a try, including the storage of its result.
	lease = 45 * time.Second
	// pollEvery is the interval of Look, which finds notifications that became
	// due or were queued by another process.
	pollEvery = time.Second
)

// NewSender returns a sender. Run starts it.
func NewSender(c Config) *Sender {
	if c.Jitter == nil {
		c.Jitter = rand.Float64
	}
	return &Sender{Config: c, wake: make(chan struct{}, 1), lanes: map[string]*lane{}}
}

// Wake signals that a notification to a mini app may be due. It does not block.
func (s *Sender) Wake(miniAppID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lane(miniAppID).woken = true
	s.signal()
}

func (s *Sender) signal() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Run sends until ctx is cancelled. Then it breaks off the running tries, whose
// notifications stay due.
func (s *Sender) Run(ctx context.Context) {
	defer s.Wait()
	if s.Alone {
		s.log(ctx, s.takeOver(ctx))
	}
	s.log(ctx, s.Look(ctx))
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		n, err := s.Send(ctx)
		s.log(ctx, err)
		if n > 0 {
			s.signal() // there may be more
		}
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-poll.C:
			s.log(ctx, s.Look(ctx))
		}
	}
}

func (s *Sender) log(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		slog.Error("sending notifications", "error", err)
	}
}

func (s *Sender) now() int64 { return s.Clock.Now().UnixMilli() }

func (s *Sender) moment() Moment {
	return Moment{Machine: s.Machine.Now().UnixMilli(), Platform: s.now()}
}

func (s *Sender) takeOver(ctx context.Context) error {
	return s.DB.Write(ctx, func(tx SenderTx) error {
		_, err := tx.Outbox().Release(ctx, s.now())
		return err
	})
}

// Look wakes the lanes with due notifications, such as after the clock was moved.
func (s *Sender) Look(ctx context.Context) error {
	var due []string
	err := s.DB.Read(ctx, func(tx SenderTx) (err error) {
		due, err = tx.Outbox().Receivers(ctx, s.moment())
		return err
	})
	for _, id := range due {
		s.Wake(id)
	}
	return err
}

// Wait waits for the running tries.
func (s *Sender) Wait() { s.tries.Wait() }

// Send claims notifications for the first woken lanes, starts their tries, and
// returns the number of tries. It returns 0 when none is due in any woken lane.
func (s *Sender) Send(ctx context.Context) (int, error) {
	for {
		turns := s.turns()
		if len(turns) == 0 {
			return 0, nil
		}
		claimed, err := s.claim(ctx, turns)
		if err != nil {
			return 0, err // the next Look finds the due notifications again
		}
		if s.begin(ctx, claimed, turns); len(claimed) > 0 {
			return len(claimed), nil
		}
	}
}

// most limits the lanes and the notifications of one claiming transaction, because
// other writers wait for it, and the next claim waits for the signatures.
const most = 16

// claim claims for one lane after another, up to most.
func (s *Sender) claim(ctx context.Context, turns []turn) (claimed []Notification, err error) {
	err = s.DB.Write(ctx, func(tx SenderTx) error {
		claimed = nil
		now := s.moment()
		for i := range turns {
			one, limit := &turns[i], min(turns[i].free, most-len(claimed))
			one.more = limit == 0
			if one.more {
				continue
			}
			list, err := tx.Outbox().Claim(ctx, one.miniAppID, now, now.Machine+lease.Milliseconds(), limit)
			if err != nil {
				return err
			}
			one.more = len(list) == limit
			claimed = append(claimed, list...)
		}
		return nil
	})
	return claimed, err
}

func (s *Sender) begin(ctx context.Context, claimed []Notification, turns []turn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range turns {
		l := s.lane(one.miniAppID)
		l.woken = l.woken || one.more
	}
	for _, n := range claimed {
		s.lane(n.MiniAppID).busy++
		s.tries.Go(func() {
			answered := s.try(ctx, n)
			s.ended(n.MiniAppID, answered)
		})
	}
}

// ended makes room in a lane after a try, and wakes it for the next notification of
// the payment.
func (s *Sender) ended(miniAppID string, answered bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lane(miniAppID).ended(answered)
	s.signal()
}
