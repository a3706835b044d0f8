package transfer

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/store"
)

// Config configures a sender.
type Config struct {
	DB    store.Database[Tx]
	Clock clock.Clock
	// Machine is the clock that no developer moves. It measures leases and waits. Several
	// processes on one database need machine clocks that differ by less than half a lease.
	Machine  clock.Clock
	Provider Provider
	// Settle stores a certain outcome with its effect on the payment, in one transaction.
	Settle func(ctx context.Context, t Transfer, o Outcome) error
	// Unawaited is called after an outcome for which no caller waits any more: its caller
	// has gone, or it waited in a process that was stopped. May be nil.
	Unawaited func(ctx context.Context, t Transfer) error
	// Unclear records that the outcome of a try is not known. May be nil.
	Unclear func(t Transfer, why error)
	// Jitter returns a number in [0, 1) for the next wait; nil means random.
	Jitter func() float64
	// Patience is how long Await waits; zero means DefaultPatience.
	Patience time.Duration
	// Alone says that no other process uses the database. The transfers of a killed
	// process are then due at once, and not only at the end of their lease.
	Alone bool
}

// DefaultPatience is how long a caller waits for the outcome of a transfer. A page waits 10 s
// for the result of a call (spec/bridge.md).
const DefaultPatience = 8 * time.Second

const (
	// lease is longer than a try, which asks and sends, and the storage of its outcome.
	lease = 30 * time.Second
	// pollEvery is the interval of the search for due transfers of other processes.
	pollEvery = time.Second
	// atOnce limits the concurrent tries of one process.
	atOnce = 32
)

// Sender sends the waiting transfers.
type Sender struct {
	Config
	wake chan struct{}

	mu      sync.Mutex
	busy    int
	awaited map[string]int // callers of Await in this process, by transfer
	ended   chan struct{}  // closed and replaced whenever a try has ended
	tries   sync.WaitGroup
}

// NewSender returns a sender. Run starts it.
func NewSender(c Config) *Sender {
	if c.Jitter == nil {
		c.Jitter = rand.Float64
	}
	if c.Patience == 0 {
		c.Patience = DefaultPatience
	}
	return &Sender{Config: c, wake: make(chan struct{}, 1), awaited: map[string]int{}, ended: make(chan struct{})}
}

// Wake signals that a transfer may be due. It does not block.
func (s *Sender) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Run sends until ctx is cancelled. Then it breaks off the running tries, and their
// outcomes are asked for after the next start.
func (s *Sender) Run(ctx context.Context) {
	defer s.tries.Wait()
	if s.Alone {
		s.log(ctx, s.DB.Write(ctx, func(tx Tx) error { return tx.Transfers().Release(ctx, s.now()) }))
	}
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		n, err := s.Send(ctx)
		s.log(ctx, err)
		if n > 0 {
			s.Wake() // there may be more
		}
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-poll.C:
		}
	}
}

func (s *Sender) log(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		slog.Error("sending transfers to the provider", "error", err)
	}
}

func (s *Sender) now() int64 { return s.Machine.Now().UnixMilli() }

// Send claims due transfers, starts their tries, and returns their number.
func (s *Sender) Send(ctx context.Context) (int, error) {
	s.mu.Lock()
	room := atOnce - s.busy
	s.mu.Unlock()
	if room == 0 {
		return 0, nil // a try that ends wakes the sender
	}
	var due bool
	err := s.DB.Read(ctx, func(tx Tx) (err error) { due, err = tx.Transfers().Due(ctx, s.now()); return err })
	if err != nil || !due {
		return 0, err
	}
	var claimed []Transfer
	err = s.DB.Write(ctx, func(tx Tx) (err error) {
		now := s.now()
		claimed, err = tx.Transfers().Claim(ctx, now, now+lease.Milliseconds(), room)
		return err
	})
	if err != nil {
		return 0, err
	}
	s.mu.Lock()
	s.busy += len(claimed)
	s.mu.Unlock()
	for _, t := range claimed {
		s.tries.Go(func() {
			s.log(ctx, s.settle(ctx, t))
			s.tried()
		})
	}
	return len(claimed), nil
}

// Wait waits for the running tries.
func (s *Sender) Wait() { s.tries.Wait() }

// settle tries one transfer. Without a certain outcome, it postpones the next try.
func (s *Sender) settle(ctx context.Context, t Transfer) error {
	o, err := s.try(ctx, t)
	if err == nil {
		if err = s.Settle(ctx, t, o); err == nil && s.Unawaited != nil && s.unawaited(t) {
			err = s.Unawaited(ctx, t)
		}
		return err
	}
	if ctx.Err() != nil {
		return nil // the lease ends, or a restart ends it
	}
	if s.Unclear != nil {
		s.Unclear(t, err)
	}
	next := s.now() + s.backoff(t.Attempts).Milliseconds()
	return s.DB.Write(ctx, func(tx Tx) error { return tx.Transfers().Postpone(ctx, t, next) })
}

// backoff returns the wait after a number of tries: 0.25 s, doubling up to a minute, with
// jitter from a half to the whole.
func (s *Sender) backoff(tries int) time.Duration {
	const least, most = 250 * time.Millisecond, time.Minute
	wait := most
	if tries < 10 {
		wait = min(least<<(tries-1), most)
	}
	return wait/2 + time.Duration(s.Jitter()*float64(wait/2))
}

func (s *Sender) tried() {
	s.mu.Lock()
	s.busy--
	close(s.ended)
	s.ended = make(chan struct{})
	s.mu.Unlock()
	s.Wake()
}
