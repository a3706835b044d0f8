package notification

import (
	"strconv"
	"strings"
	"time"
)

// waits are the times between the tries of a notification. Ten tries take 76 to 83
// hours, as Standard Webhooks suggests; the BI-SNAP documentation states no schedule.
var waits = [...]time.Duration{
	5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour,
	10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour,
}

// Tries is the number of tries before a notification is dead.
const Tries = len(waits) + 1

// longest is the longest wait, also for a Retry-After.
const longest = 24 * time.Hour

// spread is the largest jitter as a fraction of a wait. It keeps notifications that
// failed together from being retried together.
const spread = 0.1

// nextTry returns the wait after the given number of failures; ok is false after the last try. jitter is in [0, 1), and
// after is the Retry-After of the receiver.
func nextTry(attempt int, jitter float64, after time.Duration) (wait time.Duration, ok bool) {
	if attempt >= Tries {
		return 0, false
	}
	wait = waits[attempt-1]
	wait += time.Duration(spread * jitter * float64(wait))
	return max(wait, min(after, longest)), true
}

// retryAfter parses a Retry-After header (RFC 9110, 10.2.3): seconds or a date. A
// malformed header is zero.
func retryAfter(text string, now time.Time) time.Duration {
	text = strings.TrimSpace(text)
	if seconds, err := strconv.ParseUint(text, 10, 32); err == nil {
		return time.Duration(seconds) * time.Second
	}
	const httpDate = "Mon, 02 Jan 2006 15:04:05 GMT"
	if at, err := time.Parse(httpDate, text); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}
