package event

import (
	"encoding/json"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
)

// Request is the data of a request of a mini app's backend, with its secrets
// masked.
type Request struct {
	Method   string            `json:"method"`
	Path     string            `json:"path"`
	Query    map[string]string `json:"query,omitempty"`
	Status   int               `json:"status"`
	Headers  RequestHeaders    `json:"request_headers"`
	Body     json.RawMessage   `json:"request_body"`
	Response json.RawMessage   `json:"response_body"`
}

// RequestHeaders are the headers that say something about a backend request.
type RequestHeaders struct {
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

var requestTitle = language.Text{English: "{method} {path}", Indonesian: "{method} {path}"}

// The events of requests. Message and next of a failed one quote what the
// backend was answered, and why.
var (
	RequestAnswered = declare[Request](Declaration{
		Name: "request.answered", Kind: journal.Request, Outcome: journal.OK, Title: requestTitle,
		When: "A request of a mini app's backend succeeded; code is the HTTP status.",
	})
	RequestReplayed = declare[Request](Declaration{
		Name: "request.replayed", Kind: journal.Request, Outcome: journal.OK, Title: requestTitle,
		When: "A BI-SNAP request came again and was given its first answer; nothing was done twice.",
		Message: language.Text{
			English:    "the first answer of this X-EXTERNAL-ID, once more",
			Indonesian: "jawaban pertama untuk X-EXTERNAL-ID ini, sekali lagi",
		},
	})
	RequestFailed = declare[Request](Declaration{
		Name: "request.failed", Kind: journal.Request, Outcome: journal.Failed, Title: requestTitle,
		When: "A request of a mini app's backend was answered with an error; code is the HTTP status.",
	})
)
