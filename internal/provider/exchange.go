package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"

	"github.com/selasar/selasar/internal/strict"
	"github.com/selasar/selasar/internal/transfer"
)

// maxBody is the largest body of a message, in bytes.
const maxBody = 64 << 10

// message is one request to the provider.
type message struct {
	kind   kind
	method string
	path   []string // the segments below the base address, unescaped
	key    string   // Idempotency-Key; may be empty
	body   any      // nil for none
}

// errNotFound is a signed 404.
var errNotFound = errors.New("the provider does not know it")

// exchange sends a request and decodes a signed answer with status 200 into out. A signed
// 404 is errNotFound. Every other error leaves the outcome unknown, or wraps
// transfer.ErrNotSent.
func (c *Client) exchange(ctx context.Context, m message, out any) error {
	b := c.breakers[m.kind]
	if err := b.enter(c.config.Clock.Now()); err != nil {
		return fmt.Errorf("%s: %w", m.kind, err)
	}
	status, body, err := c.send(ctx, m)
	switch {
	case err != nil && ctx.Err() != nil:
		b.abandon()
	default:
		b.leave(c.config.Clock.Now(), err == nil && status < http.StatusInternalServerError)
	}
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", m.kind, err)
	case status == http.StatusNotFound:
		return errNotFound
	case status != http.StatusOK:
		return fmt.Errorf("%s: the provider answered with status %d", m.kind, status)
	}
	if err := json.Unmarshal(body, out); err != nil {
		return fmt.Errorf("%s: the provider's answer is not the documented JSON: %w", m.kind, err)
	}
	return nil
}

// send makes one exchange, and returns an answer only if its signature is right.
func (c *Client) send(ctx context.Context, m message) (status int, answer []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	request, err := c.request(ctx, m)
	if err != nil {
		return 0, nil, err
	}
	// A transport repeats a request with an Idempotency-Key after a lost connection. So an
	// error of the last dial does not mean that nothing was sent; the first connection does.
	var connected atomic.Bool
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }})
	response, err := c.config.Transport.RoundTrip(request.WithContext(traced))
	if err != nil {
		return 0, nil, c.explain(err, connected.Load())
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusSwitchingProtocols { // a read of this body would ignore ctx
		return 0, nil, errors.New("the answer changes the protocol")
	}
	answer, err = io.ReadAll(io.LimitReader(response.Body, maxBody+1))
	switch {
	case err != nil:
		return 0, nil, c.explain(err, true)
	case len(answer) > maxBody:
		return 0, nil, fmt.Errorf("the answer is longer than %d bytes", maxBody)
	case !fresh(response.Header, c.config.Clock.Now()):
		return 0, nil, fmt.Errorf("the answer (status %d) has no %s within %s of this machine's clock", response.StatusCode, headerTimestamp, Window)
	}
	text := answerText(response.StatusCode, response.Header, request.Header.Get(headerSignature), answer)
	if _, ok := signed(c.secrets(), text, response.Header.Get(headerSignature)); !ok {
		return 0, nil, fmt.Errorf("the answer (status %d) is not signed for this request with the provider's secret", response.StatusCode)
	}
	return response.StatusCode, answer, nil
}

// request returns the signed request of a message.
func (c *Client) request(ctx context.Context, m message) (*http.Request, error) {
	var body []byte
	if m.body != nil {
		var err error
		if body, err = json.Marshal(m.body); err != nil {
			return nil, err
		}
	}
	for _, segment := range m.path {
		if segment == "" || segment == "." || segment == ".." || !strict.Line(segment) {
			return nil, fmt.Errorf("%q cannot be a part of a path: %w", segment, transfer.ErrNotSent)
		}
	}
	request, err := http.NewRequestWithContext(ctx, m.method, c.address(m.path), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	h := request.Header
	h.Set("User-Agent", "Selasar")
	h.Set("Accept", "application/json")
	if m.body != nil {
		h.Set("Content-Type", "application/json")
	}
	if m.key != "" {
		h.Set(headerKey, m.key)
	}
	stamp(h, c.config.Clock.Now())
	h.Set(headerNonce, nonce())
	h.Set(headerSignature, sign(c.secrets()[0], requestText(m.method, request.URL.RequestURI(), h, body)))
	return request, nil
}

// explain words a network error. If no connection was made, nothing was sent.
func (c *Client) explain(err error, connected bool) error {
	var op *net.OpError
	switch {
	case errors.As(err, &op) && op.Op == "dial" && !connected:
		return fmt.Errorf("%w: %w", transfer.ErrNotSent, err)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("it took longer than %s", c.config.Timeout)
	default:
		return err
	}
}
