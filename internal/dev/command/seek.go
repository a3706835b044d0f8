package command

import (
	"context"
	"net"
	"time"
)

// seeker finds the command's server, and finds it again when it is lost.
type seeker struct {
	config Config
	leader int
	print  func() []printed
	found  func(Server)
	again  chan struct{} // has capacity 1
}

// start begins to seek. The returned function stops, and waits for the end.
func (s *seeker) start() (end func()) {
	ctx, cancel := context.WithCancel(context.Background())
	over := make(chan struct{})
	go func() {
		defer close(over)
		s.run(ctx)
	}()
	return func() { cancel(); <-over }
}

func (s *seeker) run(ctx context.Context) {
	for s.find(ctx) {
		select {
		case <-ctx.Done():
			return
		case <-s.again:
		}
	}
}

// find returns true when the server is found. After a server without a page it looks on for a while, because the server
// of the pages may start later.
func (s *seeker) find(ctx context.Context) bool {
	began := time.Now()
	look := newLook(s.config.Search, s.leader, s.print)
	defer look.end()
	asks, cancel := context.WithCancel(ctx)
	defer cancel()
	for pause := 5 * time.Millisecond; ; pause = min(pause*2, s.slowest(began)) {
		if s.dials(ctx) {
			s.found(Server{Scheme: "http", Host: s.config.Listens, Dial: s.config.Listens})
			return true
		}
		if s.config.Search != nil {
			server, certain, found := look.best(asks)
			if found {
				s.found(server)
			}
			if certain || (found && time.Since(began) > s.config.Patience) {
				return true
			}
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(pause):
		}
	}
}

// slowest is the longest pause between two tries. It grows when the command is late.
func (s *seeker) slowest(began time.Time) time.Duration {
	if time.Since(began) > s.config.Patience {
		return time.Second
	}
	return 100 * time.Millisecond
}

// dials reports whether a server accepts connections at the address that the command was given.
func (s *seeker) dials(ctx context.Context) bool {
	if s.config.Listens == "" {
		return true
	}
	dialer := net.Dialer{Timeout: time.Second}
	conn, err := dialer.DialContext(ctx, "tcp", s.config.Listens)
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}
