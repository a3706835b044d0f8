package edge

import (
	"regexp"
	"slices"
	"strings"
)

// words are what code sends for a value that it does not have.
var words = []string{"undefined", "null", "nil", "none", "nan", "token", "true", "false"}

// unfilled matches the places of templates, such as ${token}, {{token}}, <token>, %TOKEN%,
// $TOKEN and process.env.TOKEN, and JavaScript's texts of objects and functions.
var unfilled = regexp.MustCompile(`^(\$?\{.*\}|<.*>|%\w+%|\$\w+|process\.env\.\w+|\[object \w+\]|(async )?function\b.*)$`)

// arrow matches JavaScript's text of a function that is written with =>. It reads a whole
// credential before it fails, so it runs on texts with => only.
var arrow = regexp.MustCompile(`^\(?[\w, ]*\)? ?=>.*$`)

// Placeholder returns what stands in place of a credential, such as "the word undefined";
// otherwise an empty string.
func Placeholder(credential string) string {
	text := strings.TrimSpace(credential)
	bare := strings.Trim(text, "\"'")
	scheme, rest, _ := strings.Cut(text, " ")
	switch {
	case slices.Contains(words, strings.ToLower(bare)):
		return "the word " + Excerpt(text)
	case unfilled.MatchString(bare) || strings.Contains(bare, "=>") && arrow.MatchString(bare):
		return "the text " + Excerpt(text)
	case bare != text && len(bare) > 0:
		return "quotation marks around the value"
	case rest != "" && (strings.EqualFold(scheme, "Bearer") || strings.EqualFold(scheme, "Basic")):
		return "the word " + scheme + " twice"
	default:
		return ""
	}
}
