package journal

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Whoever makes an entry masks what is secret in it. Yet a secret can come
// where nobody looks for it: a code under a misspelt name, a token without its
// scheme, a password for a Request-Id. So every entry also loses whatever is
// as long as a code, and written like one; and every key, whole or line by
// line.

const (
	// longest is the longest word that an entry may hold. Codes and tokens are
	// longer; identifiers, reference numbers and account ids are shorter.
	longest = 39
	// longestLine is the longest run of base64: a line of a key has 64 letters.
	longestLine = 59
)

// Mask hides all but the ends of the words in a text that are too long to be
// anything but a secret: words of ASCII letters and digits. Keys in PEM it
// hides whole.
func Mask(text string) string { return string(mask([]byte(text), false)) }

// MaskJSON is Mask for the strings in a JSON text; what stands outside of
// strings, such as long numbers, stays as it is.
func MaskJSON(text json.RawMessage) json.RawMessage { return mask(text, true) }

func mask(text []byte, isJSON bool) []byte {
	m := masked{text: text}
	inText := !isJSON
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case isJSON && inText && c == '\\':
			i += 2
			if i <= len(text) && text[i-1] == 'u' {
				i += 4
			}
		case isJSON && c == '"':
			inText = !inText
			i++
		case inText && c == '-' && bytes.HasPrefix(text[i:], pemStart):
			end := pemEnd(text, i, isJSON)
			m.hide(i, end)
			i = end
		case inText && base64Letter(c):
			end := i
			for n := 1; n > 0; n = base64Written(text[end:]) {
				end += n
			}
			m.run(i, end)
			i = end
		default:
			i++
		}
	}
	return m.done()
}

// masked is a text of which parts are hidden.
type masked struct {
	text, out []byte // out is nil while nothing is hidden
	kept      int    // up to where text is in out
}

func (m *masked) hide(from, to int) {
	m.out = append(append(m.out, m.text[m.kept:from]...), "•••"...)
	m.kept = to
}

// run hides what is too long in a run of base64 letters: all of it when it can
// only be base64, or its words.
func (m *masked) run(from, to int) {
	if to-from > longestLine && mixed(m.text[from:to]) {
		if from += 3; m.text[from-1] == '\\' { // of an escaped slash
			from--
		}
		m.hide(from, to-3)
		return
	}
	for i := from; i < to; i++ {
		word := i
		for i < to && letter(m.text[i]) {
			i++
		}
		if i-word > longest {
			m.hide(word+3, i-3)
		}
	}
}

func (m *masked) done() []byte {
	if m.out == nil {
		return m.text
	}
	return append(m.out, m.text[m.kept:]...)
}

var pemStart, pemStop, pemDashes = []byte("-----BEGIN"), []byte("-----END"), []byte("-----")

// pemEnd is where a key that begins at i ends: after its last line, or with
// the string that it stands in.
func pemEnd(text []byte, i int, isJSON bool) int {
	limit := i
	for limit < len(text) && (!isJSON || text[limit] != '"') {
		if isJSON && text[limit] == '\\' {
			limit++
		}
		limit++
	}
	limit = min(limit, len(text))
	_, rest, ok := bytes.Cut(text[i:limit], pemStop)
	if !ok {
		return limit
	}
	if _, rest, ok = bytes.Cut(rest, pemDashes); !ok {
		return limit
	}
	return limit - len(rest)
}

// mixed says whether a text has small letters, capitals and digits. The lines
// of a key have, the paths of files seldom.
func mixed(text []byte) bool {
	var small, capital, digit bool
	for _, c := range text {
		small = small || 'a' <= c && c <= 'z'
		capital = capital || 'A' <= c && c <= 'Z'
		digit = digit || '0' <= c && c <= '9'
	}
	return small && capital && digit
}

// base64Written is how long the letter of base64 is that a text begins with,
// as it may be written: plain, \/ in a JSON text, %2B and %2F in an address. 0
// when it begins with none.
func base64Written(text []byte) int {
	switch {
	case len(text) > 0 && base64Letter(text[0]):
		return 1
	case len(text) > 1 && text[0] == '\\' && text[1] == '/':
		return 2
	case len(text) > 2 && text[0] == '%' && text[1] == '2' && strings.IndexByte("BbFf", text[2]) >= 0:
		return 3
	default:
		return 0
	}
}

func base64Letter(c byte) bool { return letter(c) || c == '+' || c == '/' }

func letter(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}
