package engine

import (
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/selasar/selasar/internal/problem"
)

// checkTexts refuses a string that has a NUL or is not UTF-8, before it is sent.
// PostgreSQL cannot store such a string; SQLite could, but both must behave the same.
func checkTexts(args []any) error {
	for _, arg := range args {
		text, ok := arg.(string)
		if !ok {
			if v := reflect.ValueOf(arg); v.Kind() == reflect.String { // a named type, such as a state
				text = v.String()
			}
		}
		if strings.IndexByte(text, 0) >= 0 || !utf8.ValidString(text) {
			return problem.New(problem.BadRequest, "a text holds a NUL, or is no UTF-8; neither can be kept")
		}
	}
	return nil
}
