package signature

import (
	"bytes"
	"iter"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// forms are the texts that the sender of a body may have hashed, each once:
//
//   - the body as it came (Node, Java, Go);
//   - without whitespace outside of strings, as the documentation has it;
//   - as PHP writes it with JSON_UNESCAPED_SLASHES and JSON_UNESCAPED_UNICODE.
//     Midtrans' client for PHP hashes that, and sends what json_encode writes
//     without them: \/ for a slash, \uXXXX for what is not ASCII.
//
// Nothing else is changed: numbers and the order of members stay as they are.
// Two bodies that differ in more than the whitespace between tokens are never
// taken for one another, since the last form is there only for a body that is
// wholly as json_encode writes it.
func forms(body []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		if !yield(body) {
			return
		}
		minified := minify(body)
		if !bytes.Equal(minified, body) && !yield(minified) {
			return
		}
		if plain, ok := unescape(minified); ok && !bytes.Equal(plain, minified) {
			yield(plain)
		}
	}
}

// minify drops the whitespace of JSON that stands outside of strings.
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

// unescape writes out the escapes that PHP's json_encode writes by default and
// not with the two options; ok is false for a text that it does not write:
// with a bare slash, or with what is not ASCII. Only strings have backslashes,
// so the rest of the text needs no reading.
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

// escaped reads \uXXXX, or two of them for a character beyond the first plane,
// where PHP would have written the character: not for ASCII, not for the line
// terminators U+2028 and U+2029, and with digits in lower case. The size is 0
// for anything else.
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
