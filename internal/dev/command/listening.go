package command

import (
	"context"
	"fmt"
	"net"
	"time"
)

// WaitListening waits until a server accepts connections at host:port. It returns an error when ctx ends first.
func WaitListening(ctx context.Context, address string) error {
	dialer := net.Dialer{Timeout: time.Second}
	for pause := 5 * time.Millisecond; ; pause = min(pause*2, 100*time.Millisecond) {
		conn, err := dialer.DialContext(ctx, "tcp", address)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("nothing listens on %s: %w", address, ctx.Err())
		case <-time.After(pause):
		}
	}
}

// watching waits in the background until a server listens on an address.
type watching struct {
	up  <-chan struct{}
	end func() // stops the watch and waits for its end
}

func watch(address string) watching {
	up := make(chan struct{})
	if address == "" {
		close(up)
		return watching{up: up, end: func() {}}
	}
	ctx, cancel := context.WithCancel(context.Background())
	over := make(chan struct{})
	go func() {
		defer close(over)
		if WaitListening(ctx, address) == nil {
			close(up)
		}
	}()
	return watching{up: up, end: func() { cancel(); <-over }}
}
