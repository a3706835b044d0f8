package proxy

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/selasar/selasar/internal/hostname"
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
	t := &http.Transport{
		Proxy:               http.ProxyFromEnvironment, // ProxyFromEnvironment never applies to this machine
		DialContext:         d.dial,
		MaxIdleConnsPerHost: 64,
		IdleConnTimeout:     90 * time.Second,
		TLSHandshakeTimeout: 10 * time.Second,
		DisableCompression:  true, // forward bytes unchanged
	}
	if d.config.Target == nil || hostname.Loopback(d.config.Target.Hostname()) {
		t.TLSClientConfig = &tls.Config{InsecureSkipVerify: true} // a development server on this machine signs its own certificate
	}
	return t
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

var (
	errEnded   = errors.New("its command has ended")
	errUnknown = errors.New("its address is not known")
)

// await returns the server, and waits until its address is known. It stops when the patience is over, ctx is cancelled
// or the command has ended.
func (d *door) await(ctx context.Context) (server Server, err error) {
	if d.config.Find == nil {
		return Server{Origin: d.config.Target}, nil
	}
	err = d.retry(ctx, func() error {
		found := false
		if server, found = d.config.Find(); !found {
			return errUnknown
		}
		return nil
	})
	return server, err
}

// dial connects to the target.
func (d *door) dial(ctx context.Context, network, address string) (conn net.Conn, err error) {
	dialer := net.Dialer{Timeout: 10 * time.Second}
	err = d.retry(ctx, func() (err error) {
		conn, err = dialer.DialContext(ctx, network, d.whereToDial(ctx, address))
		if err == nil {
			d.opened.Store(true)
		} else if d.config.Lost != nil && ctx.Err() == nil {
			d.config.Lost()
		}
		return err
	})
	return conn, err
}

// whereToDial returns the address of the server: the one that is found now, which may have moved since the request began.
func (d *door) whereToDial(ctx context.Context, address string) string {
	server := serverOf(ctx)
	if d.config.Find != nil {
		if now, found := d.config.Find(); found {
			server = now
		}
	}
	if server.Dial != "" {
		return server.Dial
	}
	return address
}

// retry tries until the patience is over, ctx is cancelled or the command has ended. It returns the last error.
func (d *door) retry(ctx context.Context, try func() error) error {
	deadline := time.Now().Add(d.patience())
	for pause := 10 * time.Millisecond; ; pause = min(pause*2, 100*time.Millisecond) {
		err := try()
		if err == nil {
			return nil
		}
		if d.config.Ended != nil {
			if _, ended := d.config.Ended(); ended {
				return errEnded
			}
		}
		late := !d.opened.Load() && d.config.Late != nil && d.config.Late()
		if late || time.Now().Add(pause).After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}
