package strict

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"
)

// Texts refuses JSON with a control character in a text or a name, other than a tab and
// the ends of lines. PostgreSQL cannot store a NUL, and a screen cannot show the others.
// It accepts what is not JSON; a decoder refuses that.
func Texts(data []byte) error {
	if !mayHoldControl(data) {
		return nil
	}
	decoder := jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	for {
		token, err := decoder.ReadToken()
		if err != nil {
			return nil // the end, or a syntax error
		}
		if token.Kind() != '"' {
			continue
		}
		text := token.String()
		if at := strings.IndexFunc(text, control); at >= 0 {
			found := []rune(text[at:])[0]
			return &Error{Kind: Text, Path: strings.Map(shown, path(decoder.StackPointer())), Message: fmt.Sprintf("holds a control character (%U); leave it out", found)}
		}
	}
}

// mayHoldControl reports whether JSON has an escape of a control character, or one of
// the control characters that need no escape: DEL, and U+0080 to U+009F.
func mayHoldControl(data []byte) bool {
	var last byte
	for _, c := range data {
		switch {
		case c == 0x7f, last == '\\' && (c == 'u' || c == 'b' || c == 'f'), last == 0xc2 && c < 0xa0:
			return true
		}
		last = c
	}
	return false
}

// control reports whether no text may hold a character.
func control(r rune) bool { return unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' }

// shown replaces control characters of a name for an error.
func shown(r rune) rune {
	if unicode.IsControl(r) {
		return unicode.ReplacementChar
	}
	return r
}
