package apitest

import (
	"strings"
)

// Awkward are bodies that programs stumble over.
var Awkward = []string{
	"", " ", "{}", "null", "[]", "1", `"x"`, "{", `{"a":1,"a":2}`, "\xff", "\xef\xbb\xbf{}", `{"a":"\ud800"}`, strings.Repeat("[", 500), `{"":null}`, `{"__proto__":{}}`,
}

// HeaderText returns the part of a text that a header can hold.
func HeaderText(text string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' {
			return -1
		}
		return c
	}, text)
}

// Big is a JSON string of so many KiB.
func Big(kib int) string { return `"` + strings.Repeat("x", kib<<10) + `"` }
