// Package language names the two languages that Selasar speaks to people, and
// finds the one that a reader prefers. It holds no texts: each stands beside
// its subject, in both languages.
package language

import (
	"strconv"
	"strings"
)

// Language is a language by its ISO 639-1 code.
type Language string

// The languages.
const (
	English    Language = "en"
	Indonesian Language = "id"
)

// All lists the languages, English first.
var All = []Language{English, Indonesian}

// Text is one text in both languages.
type Text struct{ English, Indonesian string }

// In returns the text in a language; English for one that is not known.
func (t Text) In(l Language) string {
	if l == Indonesian {
		return t.Indonesian
	}
	return t.English
}

// Parse returns the language of a tag such as "id" or "en-GB"; ok is false for
// another language.
func Parse(tag string) (l Language, ok bool) {
	name, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	switch name {
	case "en":
		return English, true
	case "id", "in": // "in" is the code from before the revision of ISO 639 in 1989
		return Indonesian, true
	default:
		return "", false
	}
}

// Preferred returns the language with the highest weight in an Accept-Language
// header (RFC 9110, section 12.5.4), the first of several with the same
// weight; otherwise when the header names neither language.
func Preferred(acceptLanguage string, otherwise Language) Language {
	best, chosen := 0.0, otherwise
	for part := range strings.SplitSeq(acceptLanguage, ",") {
		tag, weight, weighted := strings.Cut(part, ";")
		q := 1.0
		if weighted {
			_, number, _ := strings.Cut(weight, "=")
			q, _ = strconv.ParseFloat(strings.TrimSpace(number), 64) // a weight that is no number counts as 0
		}
		if l, ok := Parse(tag); ok && q > best {
			best, chosen = q, l
		}
	}
	return chosen
}
