package notification

import (
	"bytes"
	"net/url"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/selasar/selasar/internal/journal/event"
)

// verdict is the result of a try.
type verdict struct {
	reason   event.TryReason // the reason of the failure; empty for a success
	error    string          // the error of the network or of this program
	location string          // the whole address that a redirect names
	answer   string          // the first part of a body that does not accept the notification
	gone     bool            // there is no receiver to retry
	for410   bool            // the receiver answered 410: later notifications are dead, too
	cut      bool            // the sender broke off the try
	after    time.Duration   // the Retry-After of the receiver
}

// judge returns the verdict for an answer. Only a 2xx accepts a notification, and
// only with the responseCode 2005600 or an empty body.
func judge(r Reply, now time.Time) verdict {
	switch {
	case r.Status == 410:
		return verdict{reason: event.AnsweredGone, gone: true, for410: true}
	case r.Status >= 300 && r.Status < 400:
		return verdict{reason: event.Redirected, location: cut(r.location(), maxLocation)}
	case r.Status < 200 || r.Status >= 400:
		v := verdict{reason: event.AnsweredError}
		if r.Status == 429 || r.Status == 503 {
			v.after = retryAfter(r.Header("Retry-After"), now)
		}
		return v
	case !r.Whole:
		return verdict{reason: event.AnswerTooLong}
	case !taken(r.Body):
		return verdict{reason: event.NotTaken, answer: cut(string(r.Body), 200)}
	}
	return verdict{}
}

const maxLocation = 2048

// location returns the address that a redirect names, resolved against the address that
// answered.
func (r Reply) location() string {
	named := r.Header("Location")
	from, err := url.Parse(r.URL)
	if err != nil || named == "" {
		return named
	}
	to, err := from.Parse(named)
	if err != nil {
		return named
	}
	return to.String()
}

// taken reports whether the body of a 2xx accepts the notification.
func taken(body []byte) bool {
	if len(bytes.TrimSpace(body)) == 0 {
		return true
	}
	var answer struct {
		Code jsontext.Value `json:"responseCode"`
	}
	return json.Unmarshal(body, &answer) == nil && strings.Trim(string(answer.Code), `"`) == "2005600"
}

// cut returns the first part of a text in valid UTF-8.
func cut(text string, most int) string {
	if len(text) > most {
		text = text[:most] + "..."
	}
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "\ufffd") // PostgreSQL does not store NUL
}
