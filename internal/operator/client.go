// Package operator is a client of the operator API of `selasar serve`, for the commands of
// the program. It retries what may have been lost, with the same Idempotency-Key, so that
// a change happens once.
package operator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Config configures New.
type Config struct {
	Server string        // base URL of the operator API
	Key    string        // text of an API key
	Pause  time.Duration // before the first retry; 0 for 250 ms. Each next one is twice as long.
}

// Client calls the operator API.
type Client struct {
	config Config
	http   *http.Client
}

// New returns a client. Its error names the flag or variable and the remedy.
func New(c Config) (*Client, error) {
	u, err := url.Parse(c.Server)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" || u.User != nil || u.RawQuery != "" {
		return nil, fmt.Errorf("--server %s: it must be the address of the operator API, such as https://admin.super.example", c.Server)
	}
	c.Server = u.Scheme + "://" + u.Host
	if c.Key = strings.TrimSpace(c.Key); c.Key == "" {
		return nil, errors.New("there is no API key; set SELASAR_KEY, or name a file that has it with --key-file")
	}
	if c.Pause == 0 {
		c.Pause = 250 * time.Millisecond
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // a redirect would carry the key elsewhere
	return &Client{c, &http.Client{Timeout: time.Minute, CheckRedirect: stay}}, nil
}

// Request is one request.
type Request struct {
	Method string
	Path   string // with its query
	Body   any    // sent as JSON; nil for none
	Match  string // ETag for If-Match; empty for none
}

// Answer is a successful answer.
type Answer struct {
	Body []byte
	ETag string
	At   time.Time // the server's time, to the second
}

// Refusal is an answer of the API that is an error. Its text is the API's message.
type Refusal struct {
	Status  int
	Code    string
	Message string
}

func (r *Refusal) Error() string { return r.Message }

const attempts = 4

// Do sends a request, and sends it again after a lost answer or an outage.
func (c *Client) Do(ctx context.Context, r Request) (Answer, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = json.Marshal(r.Body); err != nil {
			return Answer{}, err
		}
	}
	key := uuid.NewString()
	for n, pause := 1, c.config.Pause; ; n, pause = n+1, pause*2 {
		a, err := c.once(ctx, r, body, key)
		if err == nil || n == attempts || !passing(err) || ctx.Err() != nil {
			return a, explained(err, c.config.Server)
		}
		select {
		case <-ctx.Done():
			return a, ctx.Err()
		case <-time.After(pause):
		}
	}
}

func (c *Client) once(ctx context.Context, r Request, body []byte, key string) (a Answer, err error) {
	request, err := http.NewRequestWithContext(ctx, r.Method, c.config.Server+r.Path, bytes.NewReader(body))
	if err != nil {
		return a, err
	}
	request.Header.Set("Authorization", "Bearer "+c.config.Key)
	if r.Method != http.MethodGet {
		request.Header.Set("Idempotency-Key", key)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if r.Match != "" {
		request.Header.Set("If-Match", r.Match)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return a, err
	}
	a.Body, err = io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return a, err
	}
	a.ETag = response.Header.Get("ETag")
	a.At, _ = http.ParseTime(response.Header.Get("Date"))
	if response.StatusCode >= 300 {
		return a, refused(response, a.Body)
	}
	return a, nil
}

// maxAnswer is the most bytes of an answer: a page of notifications with their tries.
const maxAnswer = 256 << 20

// refused returns the error of an answer.
func refused(response *http.Response, body []byte) error {
	var told struct {
		Error struct{ Code, Message string }
	}
	if err := json.Unmarshal(body, &told); err != nil || told.Error.Message == "" {
		if to := response.Header.Get("Location"); to != "" {
			return fmt.Errorf("it redirects to %s; give that address with --server", to)
		}
		return &Refusal{response.StatusCode, "", fmt.Sprintf("it answers %s, which is not the operator API of Selasar", response.Status)}
	}
	return &Refusal{response.StatusCode, told.Error.Code, told.Error.Message}
}

// passing reports whether a request may succeed later.
func passing(err error) bool {
	if refusal, ok := errors.AsType[*Refusal](err); ok {
		return refusal.Status == http.StatusServiceUnavailable || refusal.Status == http.StatusTooManyRequests
	}
	_, lost := errors.AsType[*url.Error](err)
	return lost || errors.Is(err, io.ErrUnexpectedEOF)
}

// explained adds the remedy to a failure of the network.
func explained(err error, server string) error {
	if _, refused := errors.AsType[*Refusal](err); err == nil || refused {
		return err
	}
	if lost, ok := errors.AsType[*url.Error](err); ok {
		err = lost.Err
	}
	if _, unreached := errors.AsType[*net.OpError](err); unreached {
		return fmt.Errorf("the operator API does not answer on %s; start selasar serve, or give another address with --server (%w)", server, err)
	}
	return fmt.Errorf("the operator API on %s: %w", server, err)
}
