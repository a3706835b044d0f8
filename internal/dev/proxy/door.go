package proxy

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// quiet drops what the standard library would log: every failure is answered and told to the journal.
var quiet = log.New(io.Discard, "", 0)

// door is the way to the target. It waits while the target is on its way up, so that the first page of a session loads
// instead of failing; it knows from its own connections whether the target has ever been up.
type door struct {
	config Config
	opened atomic.Bool
}

func newDoor(config Config) *door { return &door{config: config} }

func (d *door) transport() *http.Transport {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment, // never for this machine
		DialContext:         d.dial,
		MaxIdleConnsPerHost: 64,
		IdleConnTimeout:     90 * time.Second,
		TLSHandshakeTimeout: 10 * time.Second,
		DisableCompression:  true, // bytes pass as they are
	}
}

const (
	restart = 3 * time.Second // a command's server that was up: it reloads itself
	absence = time.Second     // a server that somebody else starts
)

func (d *door) patience() time.Duration {
	switch {
	case d.config.Command == "":
		return min(absence, d.config.Wait)
	case d.opened.Load():
		return min(restart, d.config.Wait)
	}
	return d.config.Wait
}

var errEnded = errors.New("its command has ended")

// dial connects, and tries again until the patience is over, the request is given up or the command has ended.
func (d *door) dial(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: 10 * time.Second}
	deadline := time.Now().Add(d.patience())
	for pause := 10 * time.Millisecond; ; pause = min(pause*2, 100*time.Millisecond) {
		conn, err := dialer.DialContext(ctx, network, address)
		if err == nil {
			d.opened.Store(true)
			return conn, nil
		}
		if d.config.Ended != nil {
			if _, _, ended := d.config.Ended(); ended {
				return nil, errEnded
			}
		}
		if time.Now().Add(pause).After(deadline) {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}
