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
	Headers  map[string]string `json:"request_headers"` // a selection; of Authorization only the scheme
	Body     json.RawMessage   `json:"request_body"`
	Response json.RawMessage   `json:"response_body"`
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
		When: "A repeated BI-SNAP request got its first answer, without a second effect.",
		Message: language.Text{
			English:    "the first answer of this X-EXTERNAL-ID, once more",
			Indonesian: "jawaban pertama untuk X-EXTERNAL-ID ini, sekali lagi",
		},
	})
	RequestFailed = declare[Request](Declaration{
		Name: "request.failed", Kind: journal.Request, Outcome: journal.Failed, Title: requestTitle,
		When: "A request of a mini app's backend failed; code is the HTTP status.",
	})
)
