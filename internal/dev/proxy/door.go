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

// discardLog drops the messages of the standard library. The proxy answers and records every failure itself.
var discardLog = log.New(io.Discard, "", 0)

// door connects to the target. It waits while the target starts, so that the first page of a session loads instead of
// failing. It remembers whether a connection has ever succeeded.
type door struct {
	config Config
	opened atomic.Bool
}

func newDoor(config Config) *door { return &door{config: config} }

func (d *door) transport() *http.Transport {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment, // ProxyFromEnvironment never applies to this machine
		DialContext:         d.dial,
		MaxIdleConnsPerHost: 64,
		IdleConnTimeout:     90 * time.Second,
		TLSHandshakeTimeout: 10 * time.Second,
		DisableCompression:  true, // forward bytes unchanged
	}
}

const (
	restartWait = 3 * time.Second // for a command's server that was up before: it may be reloading
	absentWait  = time.Second     // for a server that the developer starts
)

func (d *door) patience() time.Duration {
	switch {
	case d.config.Command == "":
		return min(absentWait, d.config.Wait)
	case d.opened.Load():
		return min(restartWait, d.config.Wait)
	}
	return d.config.Wait
}

var errEnded = errors.New("its command has ended")

// dial connects to the target. It retries until the patience is over, ctx is cancelled or the command has ended.
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
			if _, ended := d.config.Ended(); ended {
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
