package dev

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// A browser sends the cookies of all projects on 127.0.0.1 with each request. Chromium
// sends up to about 720 KiB. A production platform keeps its limit of 64 KiB.
const (
	maxHeader   = 1 << 20
	usualHeader = 64 << 10
	maxBig      = 32              // how many headers over usualHeader are read at once
	bigWait     = 5 * time.Second // how long a big header waits for its place
)

// headers limits the memory of big request headers.
type headers struct{ places chan struct{} }

func newHeaders() *headers { return &headers{make(chan struct{}, maxBig)} }

// adjust makes a server accept big request headers.
func (h *headers) adjust(s *http.Server, l net.Listener) net.Listener {
	s.MaxHeaderBytes = maxHeader
	s.ReadHeaderTimeout = time.Minute // it includes the wait for a place
	s.ConnContext = func(ctx context.Context, c net.Conn) context.Context { return context.WithValue(ctx, connKey{}, c) }
	s.ConnState = func(c net.Conn, state http.ConnState) {
		if one, ok := c.(*headerConn); ok && state == http.StateIdle {
			one.next()
		}
	}
	serve := s.Handler
	s.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, ok := r.Context().Value(connKey{}).(*headerConn); ok {
			c.complete()
		}
		serve.ServeHTTP(w, r)
	})
	return headerListener{l, h}
}

type connKey struct{}

type headerListener struct {
	net.Listener
	headers *headers
}

func (l headerListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &headerConn{Conn: c, headers: l.headers, reading: true}, nil
}

// headerConn counts the bytes of a request's header. A big header needs a place.
type headerConn struct {
	net.Conn
	headers *headers

	mu      sync.Mutex
	reading bool // a header, not a body
	size    int
	held    bool // a place
}

var errBusy = errors.New("too many big request headers at once")

func (c *headerConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.reading {
		c.size += n
	}
	if c.size <= usualHeader || c.held || !c.reading {
		return n, err
	}
	timer := time.NewTimer(bigWait)
	defer timer.Stop()
	select {
	case c.headers.places <- struct{}{}:
		c.held = true
		return n, err
	case <-timer.C:
		return 0, errBusy
	}
}

// complete ends the header: the request is served now.
func (c *headerConn) complete() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reading = false
	c.release()
}

// next begins the next request of the connection.
func (c *headerConn) next() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reading, c.size = true, 0
}

func (c *headerConn) release() {
	if c.held {
		c.held = false
		<-c.headers.places
	}
}

func (c *headerConn) Close() error {
	err := c.Conn.Close() // first, because it ends a Read that holds mu
	c.mu.Lock()
	defer c.mu.Unlock()
	c.release()
	return err
}

// CloseWrite lets the server finish its answer to a header that is too large.
func (c *headerConn) CloseWrite() error {
	if one, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return one.CloseWrite()
	}
	return nil
}

// tooLarge is the whole answer of net/http to a header over its limit.
const tooLarge = "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n431 Request Header Fields Too Large"

const tooLargeHelp = `: the headers are over 1 MiB.

The browser sends the cookies of every project on this host name. Delete the cookies of this host (127.0.0.1 or localhost) in the browser's settings, then reload.

Browser mengirim cookie semua proyek di nama host ini. Hapus cookie host ini (127.0.0.1 atau localhost) di setelan browser, lalu muat ulang.
`

// Write adds to net/http's own answer what the developer can do.
func (c *headerConn) Write(p []byte) (int, error) {
	if !bytes.Equal(p, []byte(tooLarge)) {
		return c.Conn.Write(p)
	}
	if _, err := c.Conn.Write([]byte(tooLarge + tooLargeHelp)); err != nil {
		return 0, err
	}
	return len(p), nil
}
