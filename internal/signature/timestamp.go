package signature

import (
	"errors"
	"regexp"
	"strings"
	"time"
)

// Window is how far a timestamp may be from the server's clock, both ways,
// unless the operator says otherwise. The documentation says that X-TIMESTAMP is checked for freshness, not how.
const Window = 5 * time.Minute

// rfc3339 is what time.Parse is too lenient for (Go issue 54580).
var rfc3339 = regexp.MustCompile(`^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,30})?([Zz]|[+-]\d\d:[0-5]\d)$`)

// ParseTime reads X-TIMESTAMP: any form of RFC 3339, whatever its offset and
// fraction of a second.
func ParseTime(text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, strings.ToUpper(text)) // t and z are allowed (RFC 3339, 5.6)
	if err != nil || !rfc3339.MatchString(text) {
		return time.Time{}, errors.New("a timestamp reads 2006-01-02T15:04:05+07:00")
	}
	return t, nil
}

// Fresh says whether a timestamp is within the window around now, its ends
// included.
func Fresh(t, now time.Time, window time.Duration) bool {
	age := now.Sub(t)
	return -window <= age && age <= window
}
