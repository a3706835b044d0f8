package signature

import (
	"errors"
	"regexp"
	"strings"
	"time"
)

// Window is how far a timestamp may be before or after the server's clock, unless the operator configures another value.
// The documentation says that X-TIMESTAMP must be fresh, but states no limit.
const Window = 5 * time.Minute

// rfc3339 is stricter than time.Parse, which accepts malformed times (Go issue 54580).
var rfc3339 = regexp.MustCompile(`^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,30})?([Zz]|[+-]\d\d:[0-5]\d)$`)

// ParseTime reads X-TIMESTAMP in any form of RFC 3339, with any offset and any
// fraction of a second.
func ParseTime(text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, strings.ToUpper(text)) // t and z are allowed (RFC 3339, 5.6)
	if err != nil || !rfc3339.MatchString(text) {
		return time.Time{}, errors.New("a timestamp reads 2006-01-02T15:04:05+07:00")
	}
	return t, nil
}

// Fresh reports whether t is at most window before or after now.
func Fresh(t, now time.Time, window time.Duration) bool {
	age := now.Sub(t)
	return -window <= age && age <= window
}
