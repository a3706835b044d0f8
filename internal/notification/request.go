package notification

import (
	"context"
	"crypto/rsa"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/signature"
	"github.com/selasar/selasar/internal/trace"
)

// Poster sends requests to mini apps' backends (see internal/outbound).
type Poster interface {
	// Post returns the answer. With an error, it returns the received part.
	Post(ctx context.Context, r Request) (Reply, error)
}

// Header is one header of a message.
type Header struct{ Name, Value string }

// Request is a POST request.
type Request struct {
	URL     string
	Headers []Header
	Body    string
}

// Reply is the answer to a request.
type Reply struct {
	URL      string // the address that answered, after the redirects that were followed
	Status   int    // the HTTP status; 0 without an answer
	Headers  []Header
	Body     []byte // at most 64 KiB
	Whole    bool   // Body is complete
	Duration time.Duration
}

// Header returns the first header with a name, ignoring case.
func (r Reply) Header(name string) string {
	for _, h := range r.Headers {
		if strings.EqualFold(h.Name, name) {
			return h.Value
		}
	}
	return ""
}

// Identity is the sender of the notifications to one mini app.
type Identity struct {
	Key       *rsa.PrivateKey // the current one
	PartnerID string
	ChannelID string
}

// DefaultPath is the path of notifications when their URL has none
// (payment-notification-api).
const DefaultPath = "/v1.0/debit/notify"

// signedPath returns the path that a notification signs, with the query. Of a target that
// ends with [DefaultPath], it is that part: the official receivers verify the documented
// path, without the merchant's own part before it (payment-notification-api).
func signedPath(target *url.URL) string {
	path := target.EscapedPath()
	if strings.HasSuffix(path, DefaultPath) {
		path = DefaultPath
	}
	if target.RawQuery != "" {
		path += "?" + target.RawQuery
	}
	return path
}

// Target returns the URL for the notifications of a mini app. given is its
// notification_url: a URL, a path on own, or empty for the default path on own. own
// is the mini app's own server. The result is empty when own is needed and empty.
func Target(given, own string) string {
	if strings.HasPrefix(given, "/") || given == "" {
		if own == "" {
			return ""
		}
		given = strings.TrimSuffix(own, "/") + given
	}
	u, err := url.Parse(given)
	if err == nil && strings.Trim(u.Path, "/") == "" {
		u.Path, u.RawPath = DefaultPath, ""
		return u.String()
	}
	return given
}

// request returns the signed request for one try. Its header names are written as most
// HTTP servers and clients write them: some receivers look them up in this spelling only.
func (n Notification) request(target string, from Identity, now time.Time) (Request, error) {
	u, err := url.Parse(target)
	if err != nil {
		return Request{}, fmt.Errorf("reading notification_url: %w", err)
	}
	timestamp := Time(now.UnixMilli())
	proof, err := signature.SignRSA(from.Key, signature.Notification("POST", signedPath(u), []byte(n.Body), timestamp))
	if err != nil {
		return Request{}, fmt.Errorf("signing a notification: %w", err)
	}
	headers := []Header{
		{"Content-Type", "application/json"}, {"X-Timestamp", timestamp}, {"X-Signature", proof},
		{"X-Partner-Id", from.PartnerID}, {"X-External-Id", n.ExternalID()}, {"Channel-Id", from.ChannelID},
	}
	if child := n.Trace.Child(); child != "" {
		headers = append(headers, Header{trace.Header, string(child)})
	}
	return Request{URL: target, Body: n.Body, Headers: headers}, nil
}

// ExternalID returns the X-EXTERNAL-ID of the notification: its id in digits only.
// It is the same at every try. The id is a version 7 UUID, which starts with its
// time.
func (n Notification) ExternalID() string {
	u, err := uuid.Parse(n.ID)
	if err != nil {
		return ""
	}
	stamp, rest := binary.BigEndian.Uint64(u[:]), binary.BigEndian.Uint64(u[8:])
	return fmt.Sprintf("%d%04d%015d", stamp>>16, stamp&0xfff, rest%1e15)
}

// lines returns the headers, one per line, with at most the given number of bytes.
func lines(headers []Header, most int) string {
	var b strings.Builder
	for _, h := range headers {
		b.WriteString(h.Name + ": " + h.Value + "\n")
	}
	return cut(b.String(), most)
}

// ParseHeaders parses the headers of a [Delivery].
func ParseHeaders(text string) map[string]string {
	headers := map[string]string{}
	for line := range strings.Lines(text) {
		if name, value, ok := strings.Cut(strings.TrimRight(line, "\n"), ": "); ok {
			if before := headers[name]; before != "" {
				value = before + ", " + value
			}
			headers[name] = value
		}
	}
	return headers
}
