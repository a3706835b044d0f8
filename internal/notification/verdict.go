package notification

import (
	"bytes"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/selasar/selasar/internal/journal/event"
)

// verdict is the outcome of a try.
type verdict struct {
	reason   event.TryReason // why it failed; empty when the notification was taken
	error    string          // of the network or this program
	location string          // of a redirect
	answer   string          // the beginning of a body that does not take the notification
	gone     bool            // there is no receiver to try again
	for410   bool            // nor for later notifications
	cut      bool            // the sender itself broke the try off
	after    time.Duration   // how long the receiver asked not to be called
}

// judge says what an answer means. A notification is taken by a 2xx whose
// responseCode is 2005600 or whose body is empty, and by nothing else.
func judge(r Reply, now time.Time) verdict {
	switch {
	case r.Status == 410:
		return verdict{reason: event.AnsweredGone, gone: true, for410: true}
	case r.Status >= 300 && r.Status < 400:
		return verdict{reason: event.Redirected, location: cut(r.Header("Location"), 200)}
	case r.Status < 200 || r.Status >= 300:
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

// taken says whether the body of a 2xx takes the notification.
func taken(body []byte) bool {
	if len(bytes.TrimSpace(body)) == 0 {
		return true
	}
	var answer struct {
		Code jsontext.Value `json:"responseCode"`
	}
	return json.Unmarshal(body, &answer) == nil && strings.Trim(string(answer.Code), `"`) == "2005600"
}

// cut gives the beginning of a text, in valid UTF-8.
func cut(text string, most int) string {
	if len(text) > most {
		text = text[:most] + "..."
	}
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "\ufffd") // PostgreSQL keeps no NUL
}
