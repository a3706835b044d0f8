package edge

import (
	"bytes"
	"net/http"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/mask"
	"github.com/selasar/selasar/internal/trace"
)

// trace records a backend request in the journal, with secrets masked.
func (x Exchange[C, R]) trace(c *Call, a Answer, failed bool, began time.Time) {
	happened := event.RequestAnswered
	switch {
	case failed:
		happened = event.RequestFailed
	case a.Replayed:
		happened = event.RequestReplayed
	}
	headers := shownHeaders(c.HTTP.Header, x.Dialect.Shown)
	if c.Compared.Signature != "" {
		headers[c.Compared.Header] = c.Compared.Signature
	}
	x.Journal.Trace(happened.Entry(event.Scope{
		MiniAppID: c.App.ID, UserID: c.UserID, LaunchID: c.LaunchID, Payment: c.PaymentRef, Message: a.Message, Next: a.Next, Code: a.Status,
		At: x.Clock.Now().UnixMilli(), Duration: time.Since(began), Shown: []string{c.Compared.BodyHash, c.Compared.Signature},
	}, event.Request{
		Method: c.HTTP.Method, Path: c.HTTP.URL.Path, Query: shownQuery(c.HTTP.URL.RawQuery), Status: a.Status,
		Headers: headers, Body: shownBody(c.Body), Response: shownBody(bytes.TrimSuffix(a.Body, []byte("\n"))),
	}))
}

// unroutedHeaders are the headers of a request without a route that the journal shows.
var unroutedHeaders = HeadersNamed("Content-Type", "Debug-Id", "Request-Id", "User-Agent")

// TraceUnrouted records a request for a path that does not exist, except one of a stranger.
func (p Platform) TraceUnrouted(r *http.Request, a Answer) {
	if stranger(r) {
		return
	}
	body, _ := ReadBody(r) // a part of the body tells nothing
	p.Journal.Trace(event.RequestFailed.Entry(event.Scope{
		Message: a.Message, Next: a.Next, Code: a.Status, At: p.Clock.Now().UnixMilli(),
	}, event.Request{
		Method: r.Method, Path: r.URL.Path, Query: shownQuery(r.URL.RawQuery), Status: a.Status,
		Headers: shownHeaders(r.Header, unroutedHeaders), Body: shownBody(body), Response: shownBody(bytes.TrimSuffix(a.Body, []byte("\n"))),
	}))
}

// shownHeaders returns the named headers, and only the scheme of Authorization.
func shownHeaders(h http.Header, list []Header) map[string]string {
	shown := make(map[string]string, len(list)+1)
	for _, one := range list {
		if v := one.Of(h); v != "" {
			shown[one.Name] = Excerpt(v)
		}
	}
	if parent := trace.Parse(h.Get(trace.Header)); parent != "" {
		shown[trace.Header] = string(parent)
	}
	if v := h.Get("Authorization"); v != "" {
		scheme, _, _ := strings.Cut(v, " ")
		shown["Authorization"] = Excerpt(scheme) + " " + mask.Mask
	}
	return shown
}
