package edge

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/journal"
)

// requestDetail is what the journal shows of a backend request.
type requestDetail struct {
	Method   string            `json:"method"`
	Path     string            `json:"path"`
	Query    map[string]string `json:"query,omitempty"`
	Status   int               `json:"status"`
	Headers  map[string]string `json:"request_headers"`
	Body     json.RawMessage   `json:"request_body"`
	Response json.RawMessage   `json:"response_body"`
}

// trace records a backend request in the journal, with secrets masked.
func (x Exchange[C, R]) trace(c *Call, a Answer, failed bool, began time.Time) {
	e := journal.Entry{
		Kind: journal.Request, MiniAppID: c.App.ID, UserID: c.UserID, LaunchID: c.LaunchID, Payment: c.PaymentRef,
		Title: c.HTTP.Method + " " + c.HTTP.URL.Path, Outcome: journal.OK, Message: a.Message, Next: a.Next, Code: a.Status,
		At: x.Clock.Now().UnixMilli(), Duration: time.Since(began).Microseconds(),
	}
	if failed {
		e.Outcome = journal.Failed
	}
	e.Detail = journal.Detail(requestDetail{
		Method: c.HTTP.Method, Path: c.HTTP.URL.Path, Query: maskedQuery(c.HTTP.URL.RawQuery), Status: a.Status,
		Headers: shownHeaders(c.HTTP.Header, x.Dialect.Shown), Body: maskedJSON(c.Body), Response: maskedJSON(bytes.TrimSuffix(a.Body, []byte("\n"))),
	})
	x.Journal.Trace(e)
}

// shownHeaders returns the named headers, and of Authorization its scheme only.
func shownHeaders(h http.Header, names []string) map[string]string {
	shown := make(map[string]string, len(names)+1)
	for _, name := range names {
		if v := h.Get(name); v != "" {
			shown[name] = Excerpt(v)
		}
	}
	if v := h.Get("Authorization"); v != "" {
		scheme, _, _ := strings.Cut(v, " ")
		shown["Authorization"] = Excerpt(scheme) + " " + mask
	}
	return shown
}
