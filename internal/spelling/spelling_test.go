package spelling

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	known := []string{"id", "name", "entry", "deeplinks", "notification_url", "device_info"}
	for word, want := range map[string]string{
		"nmae":                   "name",
		"Name":                   "name",
		"entri":                  "entry",
		"deeplink":               "deeplinks",
		"notificationUrl":        "notification_url",
		"deviceInfo":             "device_info",
		"ID":                     "id",
		"x":                      "",
		"colour":                 "",
		"":                       "",
		strings.Repeat("a", 900): "",
	} {
		if got, ok := Nearest(word, known); ok != (want != "") || ok && got != want {
			t.Errorf("Nearest(%q) = %q, %v, want %q", word, got, ok, want)
		}
	}
	if _, ok := Nearest("name", nil); ok {
		t.Error("found a word where there is none")
	}
}

func TestHint_names_the_nearest_word_or_lists_all(t *testing.T) {
	if got := Hint("entri", []string{"entry", "icon"}); got != `, did you mean "entry"?` {
		t.Error(got)
	}
	if got := Hint("colour", []string{"entry", "icon"}); got != ` (there are entry, icon)` {
		t.Error(got)
	}
}
