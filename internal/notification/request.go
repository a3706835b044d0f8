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
)

// Poster sends requests to mini apps' backends (see internal/outbound).
type Poster interface {
	// Post gives the answer. With an error, the answer is as much of it as came.
	Post(ctx context.Context, r Request) (Reply, error)
}

// Header is one line of a message's head.
type Header struct{ Name, Value string }

// Request is one POST.
type Request struct {
	URL     string
	Headers []Header
	Body    string
}

// Reply is its answer.
type Reply struct {
	Status   int // of HTTP; 0 when none came
	Headers  []Header
	Body     []byte // at most 64 KiB of it
	Whole    bool   // Body is all of it
	Duration time.Duration
}

// Header gives the first header of a name, in any case.
func (r Reply) Header(name string) string {
	for _, h := range r.Headers {
		if strings.EqualFold(h.Name, name) {
			return h.Value
		}
	}
	return ""
}

// Identity is whom a notification comes from, for one mini app.
type Identity struct {
	Key       *rsa.PrivateKey // the current one
	PartnerID string
	ChannelID string
}

// DefaultPath is where notifications go when their URL has no path
// (payment-notification-api).
const DefaultPath = "/v1.0/debit/notify"

// Target gives the URL that notifications of a mini app go to. It takes
// notification_url as it is; a path stands on own, the mini app's own server,
// as does the default path when nothing is given. It is empty when there is no
// such server.
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

// request signs a notification for one try.
func (n Notification) request(target string, from Identity, now time.Time) (Request, error) {
	u, err := url.Parse(target)
	if err != nil {
		return Request{}, fmt.Errorf("reading notification_url: %w", err)
	}
	timestamp := Time(now.UnixMilli())
	proof, err := signature.SignRSA(from.Key, signature.Notification("POST", u.EscapedPath(), []byte(n.Body), timestamp))
	if err != nil {
		return Request{}, fmt.Errorf("signing a notification: %w", err)
	}
	return Request{URL: target, Body: n.Body, Headers: []Header{
		{"Content-type", "application/json"}, {"X-TIMESTAMP", timestamp}, {"X-SIGNATURE", proof},
		{"X-PARTNER-ID", from.PartnerID}, {"X-EXTERNAL-ID", n.ExternalID()}, {"CHANNEL-ID", from.ChannelID},
	}}, nil
}

// ExternalID is the notification's id as X-EXTERNAL-ID, which is digits only:
// the same at every try. A version 7 UUID begins with its time.
func (n Notification) ExternalID() string {
	u, err := uuid.Parse(n.ID)
	if err != nil {
		return ""
	}
	stamp, rest := binary.BigEndian.Uint64(u[:8]), binary.BigEndian.Uint64(u[8:])
	return fmt.Sprintf("%d%04d%015d", stamp>>16, stamp&0xfff, rest%1e15)
}

// lines writes headers one to a line, at most so many bytes of them.
func lines(headers []Header, most int) string {
	var b strings.Builder
	for _, h := range headers {
		b.WriteString(h.Name + ": " + h.Value + "\n")
	}
	return cut(b.String(), most)
}

// ParseHeaders reads the headers of a [Delivery].
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
