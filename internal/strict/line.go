package strict

import (
	"strings"
	"unicode"
)

// directions are the characters that reverse the text after them, so that a name could make the text around it read
// otherwise (Unicode Technical Report 36, section 2.10).
var directions = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x061C, Hi: 0x061C, Stride: 1}, {Lo: 0x200E, Hi: 0x200F, Stride: 1}, {Lo: 0x202A, Hi: 0x202E, Stride: 1}, {Lo: 0x2066, Hi: 0x2069, Stride: 1},
}}

// Line reports whether a text can be shown in one line beside other text: it has no control characters, line separators
// and characters that change the direction of text.
func Line(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(directions, r) || r == '\u2028' || r == '\u2029'
	})
}
