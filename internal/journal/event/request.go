package event

import (
	"encoding/json"
	"slices"
	"strconv"

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

// AppendJSON appends the data as JSON. Body and Response are valid JSON.
func (r Request) AppendJSON(b []byte) []byte {
	b = slices.Grow(b, 400+len(r.Body)+len(r.Response))
	b = journal.AppendText(append(b, `{"method":`...), r.Method)
	b = journal.AppendText(append(b, `,"path":`...), r.Path)
	if len(r.Query) > 0 {
		b = appendTexts(append(b, `,"query":`...), r.Query)
	}
	b = strconv.AppendInt(append(b, `,"status":`...), int64(r.Status), 10)
	b = appendTexts(append(b, `,"request_headers":`...), r.Headers)
	b = journal.AppendValue(append(b, `,"request_body":`...), r.Body)
	b = journal.AppendValue(append(b, `,"response_body":`...), r.Response)
	return append(b, '}')
}

// appendTexts appends an object of texts, in the order of their names.
func appendTexts(b []byte, texts map[string]string) []byte {
	if texts == nil {
		return append(b, "null"...)
	}
	names := make([]string, 0, 16) // enough for the headers of a request
	for name := range texts {
		names = append(names, name)
	}
	slices.Sort(names)
	b = append(b, '{')
	for i, name := range names {
		if i > 0 {
			b = append(b, ',')
		}
		b = journal.AppendText(b, name)
		b = journal.AppendText(append(b, ':'), texts[name])
	}
	return append(b, '}')
}

// Foreign is the data of the refused requests of other websites' pages. They are counted
// and not kept: any website can send them, as many as it likes.
type Foreign struct {
	Count  int    `json:"count"` // since the entry's time
	LastAt int64  `json:"last_at"`
	Method string `json:"method"` // of the last one, as the next two
	Path   string `json:"path"`
	Origin string `json:"origin,omitempty"`
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
	PageForeign = declare[Foreign](Declaration{
		Name: "page.foreign", Kind: journal.Warning, Outcome: journal.Warn,
		When:  "Pages of other websites sent requests, and all were refused. They share one entry: it comes again with the same id and a higher count, at most once a second.",
		Title: language.Text{English: "requests of other websites refused: {count}", Indonesian: "permintaan dari situs lain ditolak: {count}"},
		Message: language.Text{
			English:    "the last one was {method} {path}[, from a page at {origin}]; nothing of them is kept",
			Indonesian: "yang terakhir {method} {path}[, dari halaman di {origin}]; isinya tidak disimpan",
		},
		Next: language.Text{
			English:    "if the page is your own, open it as the mini app, or call these APIs from the mini app's backend",
			Indonesian: "jika halaman itu milik Anda, buka sebagai mini app, atau panggil API ini dari backend mini app",
		},
	})
	RequestFailed = declare[Request](Declaration{
		Name: "request.failed", Kind: journal.Request, Outcome: journal.Failed, Title: requestTitle,
		When: "A request of a mini app's backend failed; code is the HTTP status.",
	})
)
