package mask

import (
	"bytes"
	"encoding/json"
	"strings"
)

// The code that makes an entry masks its known secrets. But a secret can also be in an
// unexpected place: a code under a misspelt name, a token without its scheme, a
// password as Request-Id. The mask by shape hides every word that is as long as a code,
// in the alphabets of hex, base64 and base64url, and every key, whole or line by line.

const (
	// longest is the longest word that an entry may contain. Codes and tokens
	// are longer; identifiers, reference numbers and account ids are shorter.
	longest = 39
	// longestLine is the longest allowed run of base64. A line of a key has 64
	// characters.
	longestLine = 59
)

// Text hides all but the ends of long words of ASCII letters and digits, which are
// probably secrets. It hides PEM keys completely.
func Text(text string) string {
	if len(text) <= longest && !strings.Contains(text, string(pemStart)) {
		return text // it is too short for a secret
	}
	if written := plain(text); written != text {
		if hidden := string(byShape([]byte(written), false)); hidden != written {
			return hidden
		}
	}
	hidden := string(byShape([]byte(text), false))
	if hidden == text {
		return text
	}
	return Text(hidden) // without the escapes, what is left may be one word
}

// short reports whether a text is too short for a secret.
func short(text []byte) bool { return len(text) <= longest && !bytes.Contains(text, pemStart) }

// JSON is Text for the strings in a JSON text. Other values, such as long numbers,
// stay unchanged.
func JSON(text json.RawMessage) json.RawMessage { return byShape(text, true) }

func byShape(text []byte, isJSON bool) []byte {
	m := masked{text: text}
	if !isJSON {
		m.words(0, len(text), false)
		return m.done()
	}
	for i := 0; i < len(text); {
		quote := bytes.IndexByte(text[i:], '"')
		if quote < 0 {
			break
		}
		from := i + quote + 1
		end := stringEnd(text, from)
		m.content(from, end)
		i = end + 1
	}
	return m.done()
}

// stringEnd returns the position of the closing quote of the JSON string whose content
// starts at i, or the end of the text.
func stringEnd(text []byte, i int) int {
	for i < len(text) && text[i] != '"' {
		if text[i] == '\\' {
			i++
		}
		i++
	}
	return min(i, len(text))
}

// words hides probable secrets in a part of the text. In JSON, the part is the content
// of one string.
func (m *masked) words(from, to int, isJSON bool) {
	if short(m.text[from:to]) {
		return
	}
	text := m.text[:to]
	start, joined := true, false // whether a word may start at i, and a run of base64 ends there
	for i := from; i < to; {
		switch c := text[i]; {
		case isJSON && c == '\\':
			i += 2
			if i <= to && text[i-1] == 'u' {
				i += 4
			}
			start, joined = true, false
		case c == '-' && bytes.HasPrefix(text[i:], pemStart):
			end := pemEnd(text, i)
			m.hide(i, end)
			start, joined, i = true, false, end
		case start && urlToken(text[i:]) > 0:
			end := i + urlToken(text[i:])
			m.token(i, end, joined)
			start, joined, i = true, false, end
		case base64Letter(c):
			end := base64End(text, i)
			m.run(i, end)
			start, joined, i = end < to && letter(text[end]), true, end
		default:
			start, joined = c != '-' && c != '_', false
			i++
		}
	}
}

// base64End returns the end of the run of base64 characters that starts at i: after its
// last character, or before a word that [urlToken] recognizes.
func base64End(text []byte, i int) int {
	end, inWord := i, true
	for n := 1; n > 0; n = base64Written(text[end:]) {
		if !inWord && urlToken(text[end:]) > 0 {
			break
		}
		inWord = n == 1 && letter(text[end])
		end += n
	}
	return end
}

// masked is a text while parts of it are being hidden.
type masked struct {
	text, out []byte // out is nil until something is hidden
	kept      int    // the end of the part of text that is already in out
}

func (m *masked) hide(from, to int) { m.replace(from, to, Mask) }

func (m *masked) replace(from, to int, with string) {
	m.out = append(append(m.out, m.text[m.kept:from]...), with...)
	m.kept = to
}

// run hides the long parts of a run of base64 characters: the whole run if it is
// certainly base64, otherwise its long words.
func (m *masked) run(from, to int) {
	run, most := m.text[from:to], longestLine
	if bytes.IndexByte(run, '+') >= 0 || to < len(m.text) && m.text[to] == '=' {
		most = longest // no path
	}
	if to-from > most && mixed(run) {
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

// maxPrefix is the longest prefix of a token that is shown, with its separator.
const maxPrefix = 8

// urlToken returns the length of the word at the start of a text if it is probably
// base64url with a dash or underscore, otherwise 0.
func urlToken(text []byte) int {
	end, separators, last := 0, 0, 0
	for end < len(text) && (letter(text[end]) || text[end] == '_' || text[end] == '-') && !bytes.HasPrefix(text[end:], pemStart) {
		if end++; !letter(text[end-1]) {
			separators, last = separators+1, end
		}
	}
	if end <= longest || separators == 0 || !mixed(text[:end]) {
		return 0
	}
	if separators == 1 && last <= maxPrefix && end-last > longest {
		return 0 // a prefix before a long word, such as slt_
	}
	return end
}

// token hides a word. It keeps no end at which base64 continues: a part of the word
// would then belong to another word.
func (m *masked) token(from, to int, joined bool) {
	if !joined {
		from += 3
	}
	if base64Written(m.text[to:]) == 0 {
		to -= 3
	}
	m.hide(from, to)
}

func (m *masked) done() []byte {
	if m.out == nil {
		return m.text
	}
	return append(m.out, m.text[m.kept:]...)
}

var pemStart, pemStop, pemDashes = []byte("-----BEGIN"), []byte("-----END"), []byte("-----")

// pemEnd returns the end of the key that starts at i: after its last line, or at the
// end of the text.
func pemEnd(text []byte, i int) int {
	_, rest, ok := bytes.Cut(text[i:], pemStop)
	if !ok {
		return len(text)
	}
	if _, rest, ok = bytes.Cut(rest, pemDashes); !ok {
		return len(text)
	}
	return len(text) - len(rest)
}

// mixed reports whether a text has lower-case letters, capitals and digits. Lines of a
// key usually have all three, file paths rarely.
func mixed(text []byte) bool {
	var small, capital, digit bool
	for _, c := range text {
		small = small || 'a' <= c && c <= 'z'
		capital = capital || 'A' <= c && c <= 'Z'
		digit = digit || '0' <= c && c <= '9'
	}
	return small && capital && digit
}

// base64Written returns the length of the base64 character at the start of a text, or
// 0. The character may be plain, \/ in a JSON text, or %2B and %2F in a URL.
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
