package signature

import (
	"bytes"
	"iter"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// forms yields the texts that the sender of a body may have hashed:
//
//   - the body as received (Node, Java, Go);
//   - the body without whitespace outside of strings, as documented;
//   - the body as PHP writes it with JSON_UNESCAPED_SLASHES and
//     JSON_UNESCAPED_UNICODE. Midtrans' PHP client hashes this form, but sends
//     the output of json_encode without these options: \/ for a slash, \uXXXX
//     for a character outside ASCII;
//   - the body as JSON.stringify(JSON.parse(body)) writes it: signers in Node often
//     hash a parsed body, see [javascript].
//
// Each text is yielded once, and all of them have equal values. The third form exists
// only for a body that json_encode could have written, the fourth only for one whose
// numbers JavaScript keeps.
func forms(body []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		if !yield(body) {
			return
		}
		minified := minify(body)
		if !bytes.Equal(minified, body) && !yield(minified) {
			return
		}
		plain, ok := unescape(minified)
		if ok && !bytes.Equal(plain, minified) && !yield(plain) {
			return
		}
		if again, ok := javascript(body); ok && !bytes.Equal(again, minified) && !bytes.Equal(again, plain) {
			yield(again)
		}
	}
}

// minify returns JSON without the whitespace outside of strings.
func minify(body []byte) []byte {
	out := make([]byte, 0, len(body))
	inText := false
	for i := 0; i < len(body); i++ {
		c := body[i]
		switch {
		case inText && c == '\\' && i+1 < len(body):
			out = append(out, c)
			i++
			c = body[i]
		case c == '"':
			inText = !inText
		case !inText && (c == ' ' || c == '\t' || c == '\n' || c == '\r'):
			continue
		}
		out = append(out, c)
	}
	return out
}

// unescape replaces the escapes that PHP's json_encode writes by default but not
// with the two options of [forms]. ok is false for a text that json_encode does
// not write by default: one with a bare slash or a byte outside ASCII. Only
// strings contain backslashes, so unescape does not parse the text.
func unescape(body []byte) (plain []byte, ok bool) {
	out := make([]byte, 0, len(body))
	for i := 0; i < len(body); {
		size := 1
		switch {
		case body[i] == '/' || body[i] >= utf8.RuneSelf:
			return nil, false
		case body[i] != '\\' || i+1 == len(body):
			out = append(out, body[i])
		case body[i+1] == '/':
			out, size = append(out, '/'), 2
		case body[i+1] == 'u':
			var r rune
			if r, size = escaped(body[i:]); size > 0 {
				out = utf8.AppendRune(out, r)
				break
			}
			fallthrough
		default:
			out, size = append(out, body[i], body[i+1]), 2
		}
		i += size
	}
	return out, true
}

// escaped reads an escape that PHP replaces by its character with the two
// options: \uXXXX with lower-case digits, or a surrogate pair of them. ASCII and
// the line terminators U+2028 and U+2029 stay escaped. For anything else, size
// is 0.
func escaped(text []byte) (r rune, size int) {
	first, ok := unit(text)
	switch {
	case !ok || first < 0x80 || first == 0x2028 || first == 0x2029:
		return 0, 0
	case !utf16.IsSurrogate(first):
		return first, 6
	}
	second, ok := unit(text[6:])
	if r = utf16.DecodeRune(first, second); !ok || r == utf8.RuneError {
		return 0, 0
	}
	return r, 12
}

func unit(text []byte) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' || bytes.ContainsAny(text[2:6], "ABCDEF+-_") {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(n), err == nil
}
