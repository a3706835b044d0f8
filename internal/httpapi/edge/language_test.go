package edge

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/problem"
)

func TestLanguage_is_that_of_the_parameter_or_of_the_header(t *testing.T) {
	for _, c := range []struct {
		query, header string
		want          language.Language
	}{
		{"", "", language.English},
		{"", "id", language.Indonesian},
		{"", "fr,de;q=0.5", language.English}, // a browser prefers what it likes
		{"?lang=id", "en", language.Indonesian},
		{"?lang=en-GB", "id", language.English},
	} {
		r := httptest.NewRequest("GET", "/"+c.query, nil)
		r.Header.Set("Accept-Language", c.header)
		if got, err := Language(r); err != nil || got != c.want {
			t.Errorf("%q with Accept-Language %q: got %q, %v", c.query, c.header, got, err)
		}
	}
}

func TestLanguage_refuses_an_unknown_parameter_and_names_the_known_ones(t *testing.T) {
	for _, query := range []string{"?lang=fr", "?lang=", "?lang=english"} {
		r := httptest.NewRequest("GET", "/"+query, nil)
		r.Header.Set("Accept-Language", "id")
		_, err := Language(r)
		if want := "lang is en or id"; !problem.Is(err, problem.BadRequest) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", query, err)
		}
	}
}
