package notification

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// verdict is what a try came to.
type verdict struct {
	reason string        // why it failed; empty when the notification was taken
	next   string        // what to do about it
	gone   bool          // there is nobody to try again
	for410 bool          // that is so for all that comes after, too
	cut    bool          // it was ours to break off
	after  time.Duration // the receiver wants to be left alone for so long
}

// toEnable says how a receiver that is gone is told again.
const toEnable = "replay a notification when it is back, or set another notification_url in the manifest"

// expected is the answer that takes a notification (payment-notification-api).
const expected = `{"responseCode":"2005600","responseMessage":"Request has been processed successfully"}`

// judge says what an answer means. A notification is taken by a 2xx whose
// responseCode is 2005600 or whose body is empty, and by nothing else.
func judge(r Reply, now time.Time) verdict {
	switch {
	case r.Status == 410:
		return verdict{
			reason: "the receiver answered 410 Gone: nothing is sent there any more", gone: true, for410: true,
			next: toEnable + "; a receiver that only does not know the payment answers something else",
		}
	case r.Status >= 300 && r.Status < 400:
		return verdict{
			reason: fmt.Sprintf("the receiver answered %d, to %q: redirects are not followed", r.Status, cut(r.Header("Location"), 200)),
			next:   "set notification_url to where it is taken in the end",
		}
	case r.Status < 200 || r.Status >= 300:
		v := verdict{reason: fmt.Sprintf("the receiver answered %d", r.Status), next: "answer 200 with " + expected}
		if r.Status == 429 || r.Status == 503 {
			v.after = retryAfter(r.Header("Retry-After"), now)
		}
		return v
	case !r.Whole:
		return verdict{reason: "the answer is longer than 64 KiB", next: "answer " + expected}
	case !taken(r.Body):
		return verdict{
			reason: fmt.Sprintf("the receiver answered %d without responseCode 2005600: %s", r.Status, cut(string(r.Body), 200)),
			next:   "answer " + expected + ", or nothing",
		}
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
