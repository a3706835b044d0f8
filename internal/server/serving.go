package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Serving serves HTTP on listeners until Stop. The zero value is ready.
type Serving struct {
	// Adjust, when set, changes a server and its listener before they serve.
	Adjust func(*http.Server, net.Listener) net.Listener

	// BodyPause is the longest pause of a request's body before the request fails.
	// Zero is 30 seconds.
	BodyPause time.Duration

	servers []*http.Server
	running sync.WaitGroup
}

// Serve starts to serve on a listener. If serving fails, it sends the error to
// failed.
func (s *Serving) Serve(l net.Listener, h http.Handler, failed chan<- error) {
	one := &http.Server{Handler: impatient(h, s.BodyPause), ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10, IdleTimeout: 2 * time.Minute}
	if s.Adjust != nil {
		l = s.Adjust(one, l)
	}
	s.servers = append(s.servers, one)
	s.running.Go(func() {
		if err := one.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
			failed <- fmt.Errorf("serving %s: %w", l.Addr(), err)
		}
	})
}

// Stop refuses new requests and waits until the running ones have ended. When ctx
// ends, it cuts off the remaining requests.
func (s *Serving) Stop(ctx context.Context) {
	var ending sync.WaitGroup
	for _, one := range s.servers {
		ending.Go(func() {
			if one.Shutdown(ctx) != nil {
				_ = one.Close()
			}
		})
	}
	ending.Wait()
	s.running.Wait()
}
