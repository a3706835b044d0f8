package sqlstore

import (
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/selasar/selasar/internal/problem"
)

// keepable refuses what holds a text that PostgreSQL does not keep, before it
// is sent, on every database alike: SQLite would keep it.
func keepable(args []any) error {
	for _, arg := range args {
		text, ok := arg.(string)
		if !ok {
			if v := reflect.ValueOf(arg); v.Kind() == reflect.String { // a name or a state
				text = v.String()
			}
		}
		if strings.IndexByte(text, 0) >= 0 || !utf8.ValidString(text) {
			return problem.New(problem.BadRequest, "a text holds a NUL, or is no UTF-8; neither can be kept")
		}
	}
	return nil
}
