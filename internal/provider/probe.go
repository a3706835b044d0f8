package provider

import (
	"context"
	"io"
	"net/http"
)

// Probe is a request that tests a provider. Spoil, when set, changes the request after it
// was signed.
type Probe struct {
	Method string
	Path   []string // below the base address, unescaped
	Key    string   // Idempotency-Key
	Body   any
	Spoil  func(*http.Request)
}

// Probed is the answer to a probe.
type Probed struct {
	Status int
	Body   []byte
	Signed bool // for this request, with the provider's secret
}

// Probe sends one request, also while a circuit breaker is open. Transfers never use it.
func (c *Client) Probe(ctx context.Context, p Probe) (got Probed, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	request, err := c.request(ctx, message{method: p.Method, path: p.Path, key: p.Key, body: p.Body})
	if err != nil {
		return got, err
	}
	if p.Spoil != nil {
		p.Spoil(request)
	}
	response, err := c.config.Transport.RoundTrip(request)
	if err != nil {
		return got, c.explain(err, false)
	}
	defer response.Body.Close()
	if got.Body, err = io.ReadAll(io.LimitReader(response.Body, maxBody+1)); err != nil {
		return got, c.explain(err, true)
	}
	got.Status = response.StatusCode
	text := answerText(got.Status, response.Header, request.Header.Get(headerSignature), got.Body)
	_, signed := signed(c.secrets(), text, response.Header.Get(headerSignature))
	got.Signed = signed && fresh(response.Header, c.config.Clock.Now())
	return got, nil
}
