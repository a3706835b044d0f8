package edge

import (
	"net/http"
	"strings"

	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/problem"
)

// Language returns the language of the texts in a response: that of the parameter lang,
// or the one that Accept-Language prefers, or English. The problem of another lang is
// BadRequest: a program that names a language wants that one.
func Language(r *http.Request) (language.Language, error) {
	query := r.URL.Query()
	if !query.Has("lang") {
		return language.Preferred(r.Header.Get("Accept-Language"), language.English), nil
	}
	l, ok := language.Parse(query.Get("lang"))
	if !ok {
		known := make([]string, len(language.All))
		for i, one := range language.All {
			known[i] = string(one)
		}
		return "", problem.New(problem.BadRequest, "there is no language %q: lang is %s", Excerpt(query.Get("lang")), strings.Join(known, " or "))
	}
	return l, nil
}
