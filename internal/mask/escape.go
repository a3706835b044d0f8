package mask

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// A token may be written with escapes, such as ab\u002dcd or ab%2Dcd. Escapes end the words
// that the mask by shape looks at, so it looks at the text without them too.

// layers is how many escapes of escapes are removed. A text could have thousands, and each
// takes a walk through the text.
const layers = 6

// maxBackslashes is the number before an escape that JSON writes for layers of strings.
const maxBackslashes = 1 << layers

// plain returns a text in which the characters of tokens stand without escapes. Also an
// escape that is escaped itself, such as \\u002d or %255F, is removed.
func plain(text string) string {
	for range layers {
		next := unescape(text)
		if len(next) == len(text) {
			break
		}
		text = next
	}
	return text
}

// unescape removes one layer of escapes.
func unescape(text string) string {
	if !strings.ContainsAny(text, `\%`) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		c, length := escaped(text[i:])
		if length == 0 {
			c, length = text[i], 1
		}
		b.WriteByte(c)
		i += length
	}
	return b.String()
}

// escaped returns the character for which the escape at the start of a text stands, and
// the length of the escape, which is 0 if there is none.
func escaped(text string) (c byte, length int) {
	digits := ""
	backslashes := 0
	for backslashes < min(len(text), maxBackslashes) && text[backslashes] == '\\' {
		backslashes++
	}
	switch unescaped := text[backslashes:]; {
	case backslashes > 0 && len(unescaped) >= 5 && unescaped[:3] == "u00":
		digits, length = unescaped[3:5], backslashes+5
	case len(text) >= 3 && text[0] == '%':
		digits, length = text[1:3], 3
	default:
		return 0, 0
	}
	code, err := strconv.ParseUint(digits, 16, 8)
	c = byte(code)
	switch {
	case err != nil:
		return 0, 0
	case letter(c) || c == '-' || c == '_' || c == '\\' || c == '%':
		return c, length
	case base64Letter(c) && text[0] == '\\': // base64Written reads the others
		return c, length
	default:
		return 0, 0
	}
}

// content hides probable secrets in the content of a JSON string. A string with a secret
// that has escapes is written again.
func (m *masked) content(from, to int) {
	written := m.text[from:to]
	if short(written) || !bytes.ContainsAny(written, `\%`) {
		m.words(from, to, true)
		return
	}
	var text string
	if json.Unmarshal([]byte(`"`+string(written)+`"`), &text) != nil || !bytes.Contains(written, []byte(`\u`)) && plain(text) == text {
		m.words(from, to, true)
		return
	}
	if hidden := Text(text); hidden != text {
		quoted, _ := json.Marshal(hidden) // a text
		m.replace(from, to, string(quoted[1:len(quoted)-1]))
	}
}
