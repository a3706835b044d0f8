package engine

import (
	"strconv"
	"strings"
)

// ordinal writes the parameters $1, $2, ... of a query as ?. SQLite counts those by
// itself, while a name costs the driver a look-up and an allocation for each
// execution. A query that does not name its parameters once each, in order, stays
// unchanged.
func ordinal(query string) string {
	var b strings.Builder
	rest := query
	for n := 1; ; n++ {
		before, after, found := strings.Cut(rest, "$")
		if !found {
			b.WriteString(rest)
			return b.String()
		}
		number := strconv.Itoa(n)
		after, found = strings.CutPrefix(after, number)
		if !found || after != "" && '0' <= after[0] && after[0] <= '9' {
			return query
		}
		b.WriteString(before)
		b.WriteByte('?')
		rest = after
	}
}
