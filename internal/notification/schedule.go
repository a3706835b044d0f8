package notification

import (
	"strconv"
	"strings"
	"time"
)

// waits are the times between the tries of a notification: ten tries within
// 76 to 83 hours, as Standard Webhooks suggests, since the BI-SNAP pages do
// not say.
var waits = [...]time.Duration{
	5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour,
	10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour,
}

// Tries is how often a notification is tried before it is dead.
const Tries = len(waits) + 1

// longest is the longest wait, also for a receiver that asks for more.
const longest = 24 * time.Hour

// spread is by which part of itself a wait is made longer at most, so that
// what failed together does not come back together.
const spread = 0.1

// nextTry gives how long to wait after the failed try with a number, of those
// that failed; ok is false when it was the last. Jitter lies in [0, 1); after is what the receiver
// asked to be left alone for.
func nextTry(attempt int, jitter float64, after time.Duration) (wait time.Duration, ok bool) {
	if attempt >= Tries {
		return 0, false
	}
	wait = waits[attempt-1]
	wait += time.Duration(spread * jitter * float64(wait))
	return max(wait, min(after, longest)), true
}

// retryAfter reads the header of that name (RFC 9110, 10.2.3): seconds or a
// date. What cannot be read is zero.
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
