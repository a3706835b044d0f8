package httpapi

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/problem"
)

// requestDetail is what the journal shows of a backend request.
type requestDetail struct {
	Method   string            `json:"method"`
	Path     string            `json:"path"`
	Query    map[string]string `json:"query,omitempty"`
	Status   int               `json:"status"`
	Headers  headersShown      `json:"request_headers"`
	Body     json.RawMessage   `json:"request_body"`
	Response json.RawMessage   `json:"response_body"`
}

// traceRequest tells the journal of a backend request, with nothing secret.
func (a *API) traceRequest(c *backendCall, status int, body envelope, failed error, began time.Time) {
	e := journal.Entry{
		Kind: journal.Request, MiniAppID: c.App.ID, UserID: c.Session.User.ID, LaunchID: c.Session.LaunchID,
		Title: c.HTTP.Method + " " + c.HTTP.URL.Path, Outcome: journal.OK, Code: status, At: a.Clock.Now().UnixMilli(), Duration: time.Since(began).Microseconds(),
	}
	if failed != nil {
		e.Outcome = journal.Failed
		e.Message = body.Error.Description
		e.Next = problem.Of(failed).Message
	}
	e.Detail = journal.Detail(requestDetail{
		Method: c.HTTP.Method, Path: c.HTTP.URL.Path, Query: maskedQuery(c.HTTP.URL.RawQuery), Status: status,
		Headers: shownHeaders(c.HTTP.Header), Body: maskedJSON(c.Body), Response: maskedJSON(journal.Detail(body)),
	})
	a.Journal.Trace(e)
}

// headersShown are the headers that say something about a backend request.
type headersShown struct {
	Authorization string `json:"Authorization,omitempty"` // its scheme only
	ContentType   string `json:"Content-Type,omitempty"`
	DebugID       string `json:"Debug-Id,omitempty"`
	RequestID     string `json:"Request-Id,omitempty"`
	UserAgent     string `json:"User-Agent,omitempty"`

	// Of BI-SNAP.
	Timestamp  string `json:"X-TIMESTAMP,omitempty"`
	ClientKey  string `json:"X-CLIENT-KEY,omitempty"`
	PartnerID  string `json:"X-PARTNER-ID,omitempty"`
	ExternalID string `json:"X-EXTERNAL-ID,omitempty"`
	ChannelID  string `json:"CHANNEL-ID,omitempty"`
}

func shownHeaders(h http.Header) headersShown {
	shown := headersShown{
		ContentType: cut(h.Get("Content-Type")), DebugID: cut(h.Get("Debug-Id")),
		RequestID: cut(h.Get("Request-Id")), UserAgent: cut(h.Get("User-Agent")),
	}
	if v := h.Get("Authorization"); v != "" {
		scheme, _, _ := strings.Cut(v, " ")
		shown.Authorization = cut(scheme) + " " + mask
	}
	return shown
}
