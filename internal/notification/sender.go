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

// Config is what a sender works with.
type Config struct {
	DB       store.Database[SenderTx]
	Clock    clock.Clock
	Poster   Poster
	Identify func(ctx context.Context, miniAppID string) (Identity, error)
	// URL gives where a mini app is told; empty for nowhere (see Target).
	URL func(miniapp.App) string
	// Jitter gives a number in [0, 1) for the next wait; nil is chance.
	Jitter func() float64
	// Alone says that no other process sends from the database. What one that
	// was killed had begun is then due at once, and not when its lease ends.
	Alone bool
}

// Sender delivers what waits. Each mini app has a lane of its own with so much
// room and no more, so that a receiver that hangs holds up nobody else.
type Sender struct {
	Config
	wake chan struct{}

	mu    sync.Mutex
	lanes map[string]*lane

	tries sync.WaitGroup
}

// lane is the tries to one mini app.
type lane struct {
	woken bool // there may be something to claim
	busy  int
	mute  bool // the last try got no answer
}

// The tries to one mini app that are under way at once: to one that answers,
// and to one that does not.
const (
	room     = 32
	muteRoom = 2
)

const (
	// lease is longer than a try takes, with its ending written down.
	lease = 45 * time.Second
	// pollEvery finds what no signal told of: what fell due, or was queued by
	// another process.
	pollEvery = time.Second
)

// NewSender makes a sender; Run sends.
func NewSender(c Config) *Sender {
	if c.Jitter == nil {
		c.Jitter = rand.Float64
	}
	return &Sender{Config: c, wake: make(chan struct{}, 1), lanes: map[string]*lane{}}
}

// Wake says that something to a mini app may be due. It does not block.
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

// lane is called with the lock held.
func (s *Sender) lane(miniAppID string) *lane {
	l := s.lanes[miniAppID]
	if l == nil {
		l = &lane{}
		s.lanes[miniAppID] = l
	}
	return l
}

func (l *lane) free() int {
	if l.mute {
		return max(muteRoom-l.busy, 0)
	}
	return max(room-l.busy, 0)
}

// Run sends until ctx ends. Tries under way are then broken off, and stay due.
func (s *Sender) Run(ctx context.Context) {
	defer s.Wait()
	if s.Alone {
		s.log(ctx, s.takeOver(ctx))
	}
	s.log(ctx, s.Look(ctx))
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		_, err := s.Send(ctx)
		s.log(ctx, err)
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

func (s *Sender) takeOver(ctx context.Context) error {
	return s.DB.Write(ctx, func(tx SenderTx) error {
		_, err := tx.Outbox().Release(ctx, s.now())
		return err
	})
}

// Look finds what is due, such as after the clock was moved.
func (s *Sender) Look(ctx context.Context) error {
	var due []string
	err := s.DB.Read(ctx, func(tx SenderTx) (err error) {
		due, err = tx.Outbox().Receivers(ctx, s.now())
		return err
	})
	for _, id := range due {
		s.Wake(id)
	}
	return err
}

// Wait waits for the tries that are under way.
func (s *Sender) Wait() { s.tries.Wait() }

// Send claims for every lane that was woken and has room, in one transaction,
// begins the tries, and gives how many.
func (s *Sender) Send(ctx context.Context) (int, error) {
	rooms := s.rooms()
	if len(rooms) == 0 {
		return 0, nil
	}
	var claimed []Notification
	err := s.DB.Write(ctx, func(tx SenderTx) error {
		claimed = nil
		now := s.Clock.Now()
		for id, free := range rooms {
			list, err := tx.Outbox().Claim(ctx, id, now.UnixMilli(), now.Add(lease).UnixMilli(), free)
			if err != nil {
				return err
			}
			claimed = append(claimed, list...)
		}
		return nil
	})
	if err != nil {
		return 0, err // what is due is found again by the next look
	}
	s.begin(ctx, claimed, rooms)
	return len(claimed), nil
}

// rooms gives the free places of the lanes that were woken. A lane without one
// stays woken until a try in it ends.
func (s *Sender) rooms() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	rooms := map[string]int{}
	for id, l := range s.lanes {
		if l.woken && l.free() > 0 {
			rooms[id] = l.free()
			l.woken = false
		}
	}
	return rooms
}

func (s *Sender) begin(ctx context.Context, claimed []Notification, rooms map[string]int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range claimed {
		l := s.lane(n.MiniAppID)
		l.busy++
		if rooms[n.MiniAppID]--; rooms[n.MiniAppID] == 0 {
			l.woken = true // there may be more
		}
		s.tries.Go(func() {
			answered := s.try(ctx, n)
			s.ended(n.MiniAppID, answered)
		})
	}
}

// ended makes room in a lane, where the next of the payment waits now.
func (s *Sender) ended(miniAppID string, answered bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.lane(miniAppID)
	l.busy--
	l.mute = !answered
	l.woken = true
	s.signal()
}
