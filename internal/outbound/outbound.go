// Package outbound posts to servers that others name: mini apps' backends. A
// server that hangs, never ends, redirects or sends a gigabyte costs a bounded
// time and memory; one that names an address inside the platform's own network
// is not dialled. The address is checked when the connection is made, after
// the name was looked up, so that a name cannot change in between.
package outbound

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"code.dny.dev/ssrf"

	"github.com/selasar/selasar/internal/notification"
)

// The bounds of an answer.
const (
	maxBody    = 64 << 10
	maxHeaders = 64 << 10
)

// DefaultTimeout is what a whole exchange may take, from the look-up of the
// name to the last byte of the answer.
const DefaultTimeout = 15 * time.Second

// Config says where a client may go.
type Config struct {
	// Loopback lets it reach this machine itself: for development only.
	Loopback bool
	// Timeout bounds an exchange; zero is DefaultTimeout.
	Timeout time.Duration
}

// Client posts.
type Client struct {
	timeout   time.Duration
	transport *http.Transport
}

var loopback4, loopback6 = netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")

// New makes a client.
func New(c Config) *Client { return newClient(c, nil) }

func newClient(c Config, names *net.Resolver) *Client {
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	allowed := []ssrf.Option{ssrf.WithAnyPort()}
	if c.Loopback {
		allowed = append(allowed, ssrf.WithAllowedV4Prefixes(loopback4), ssrf.WithAllowedV6Prefixes(loopback6))
	}
	dialer := net.Dialer{Control: ssrf.New(allowed...).Safe, Resolver: names}
	return &Client{timeout: c.Timeout, transport: &http.Transport{
		DialContext:            dialer.DialContext, // and no Proxy: the guard must see the address itself
		DisableCompression:     true,               // what is read is what was sent
		MaxResponseHeaderBytes: maxHeaders,
		MaxIdleConnsPerHost:    32,
		IdleConnTimeout:        2 * time.Second, // sooner than servers close theirs, or a request would meet a closed one
	}}
}

// Close closes the connections that are kept open.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Post posts, follows no redirect, and reads at most 64 KiB of the answer.
func (c *Client) Post(ctx context.Context, r notification.Request) (notification.Reply, error) {
	began := time.Now()
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	reply, err := c.exchange(ctx, r)
	reply.Duration = time.Since(began)
	return reply, c.explain(err)
}

func (c *Client) exchange(ctx context.Context, r notification.Request) (reply notification.Reply, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.URL, strings.NewReader(r.Body))
	if err != nil {
		return reply, err
	}
	request.Header.Set("User-Agent", "Selasar")
	for _, h := range r.Headers {
		request.Header[h.Name] = []string{h.Value} // spelt as documented
	}
	response, err := c.transport.RoundTrip(request) // neither redirects nor cookies
	if err != nil {
		return reply, err
	}
	defer response.Body.Close()
	reply.Status, reply.Headers = response.StatusCode, headers(response.Header)
	if reply.Status == http.StatusSwitchingProtocols {
		reply.Whole = true // what follows is no answer, and reading it would heed neither ctx nor any other bound
		return reply, nil
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody+1))
	reply.Whole = err == nil && len(body) <= maxBody
	reply.Body = body[:min(len(body), maxBody)]
	return reply, err
}

// headers gives them in order. Cookies are for the server's own eyes.
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

// explain says in words what a developer can act on.
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
