// Package outbound sends requests to untrusted servers: it posts to the backends of mini
// apps, and downloads the files that they name. Time and
// memory are bounded for a server that hangs, redirects or sends an endless
// answer. Addresses inside the platform's own network are refused. The check runs
// on the resolved address when the connection is made, so that a name cannot
// change its address after the check.
package outbound

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"

	"github.com/selasar/selasar/internal/notification"
)

// The limits of an answer.
const (
	maxBody    = 64 << 10
	maxHeaders = 64 << 10
)

// DefaultTimeout limits a whole exchange, from the DNS lookup to the last byte of
// the answer.
const DefaultTimeout = 15 * time.Second

// Config configures a client.
type Config struct {
	// Loopback allows connections to this machine. It is for development only.
	Loopback bool
	// Own reports whether an address is Selasar's own. No connection is made to it. May be nil.
	Own func(netip.AddrPort) bool
	// Allow reports whether a connection to an address is allowed in any case. May be nil.
	Allow func(netip.AddrPort) bool
	// Timeout limits an exchange; zero means DefaultTimeout.
	Timeout time.Duration
}

// Client sends HTTP requests to untrusted servers.
type Client struct {
	timeout   time.Duration
	transport *http.Transport
}

var loopback4, loopback6 = netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")

var errOwn = errors.New("the address is Selasar's own; the URL must name the mini app's server")

// New returns a client.
func New(c Config) *Client { return newClient(c, nil) }

func newClient(c Config, names *net.Resolver) *Client {
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	allowed := []ssrf.Option{ssrf.WithAnyPort()}
	if c.Loopback {
		allowed = append(allowed, ssrf.WithAllowedV4Prefixes(loopback4), ssrf.WithAllowedV6Prefixes(loopback6))
	}
	guard := ssrf.New(allowed...).Safe
	dialer := net.Dialer{Resolver: names, Control: func(network, address string, conn syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		switch {
		case err == nil && c.Allow != nil && c.Allow(at):
			return nil
		case err == nil && c.Own != nil && c.Own(at):
			return errOwn
		}
		return guard(network, address, conn)
	}}
	return &Client{timeout: c.Timeout, transport: &http.Transport{
		DialContext:            dialer.DialContext, // no Proxy: the guard must see the server's address
		DisableCompression:     true,               // the answer is read as it was sent
		MaxResponseHeaderBytes: maxHeaders,
		MaxIdleConnsPerHost:    32,
		IdleConnTimeout:        2 * time.Second, // shorter than the idle time-out of servers, so that no request uses a closed connection
	}}
}

// RoundTrip makes one exchange, under the guard of addresses. It follows no redirect, and
// the caller limits its time and its body.
func (c *Client) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := c.transport.RoundTrip(r)
	return response, c.explain(err)
}

// Close closes idle connections.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Post sends a request and reads at most 64 KiB of the answer. It follows at most three
// redirects with status 307 or 308 within the origin. The time limit is for all of them.
func (c *Client) Post(ctx context.Context, r notification.Request) (notification.Reply, error) {
	began := time.Now()
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	reply, err := c.follow(ctx, r)
	reply.Duration = time.Since(began)
	return reply, c.explain(err)
}

func (c *Client) follow(ctx context.Context, r notification.Request) (reply notification.Reply, err error) {
	at, err := url.Parse(r.URL)
	if err != nil {
		return reply, err
	}
	for hops := 0; ; hops++ {
		reply, err = c.exchange(ctx, r)
		reply.URL = r.URL
		next, ok := redirected(at, reply.Status, reply.Header("Location"))
		if err != nil || !ok || hops == maxRedirects {
			return reply, err
		}
		at, r.URL = next, next.String()
	}
}

func (c *Client) exchange(ctx context.Context, r notification.Request) (reply notification.Reply, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.URL, strings.NewReader(r.Body))
	if err != nil {
		return reply, err
	}
	request.Header.Set("User-Agent", "Selasar")
	for _, h := range r.Headers {
		request.Header.Set(h.Name, h.Value)
	}
	response, err := c.transport.RoundTrip(request) // no cookies
	if err != nil {
		return reply, err
	}
	defer response.Body.Close()
	reply.Status, reply.Headers = response.StatusCode, headers(response.Header)
	if reply.Status == http.StatusSwitchingProtocols {
		reply.Whole = true // the connection now has another protocol; a read would ignore ctx and all limits
		return reply, nil
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody+1))
	reply.Whole = err == nil && len(body) <= maxBody
	reply.Body = body[:min(len(body), maxBody)]
	return reply, err
}

// headers returns the headers sorted by name. It hides the values of cookies.
func headers(h http.Header) (list []notification.Header) {
	for name, values := range h {
		for _, value := range values {
			if name == "Set-Cookie" {
				value = "(hidden)"
			}
			list = append(list, notification.Header{Name: name, Value: value})
		}
	}
	slices.SortStableFunc(list, func(a, b notification.Header) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// explain returns err in words that a developer can act on.
func (c *Client) explain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork):
		return fmt.Errorf("the address is refused, because it belongs to no server on the internet: %w", err)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("it took longer than %s", c.timeout)
	default:
		return err
	}
}
