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

func TestNear_names_the_closest_words_of_a_long_list(t *testing.T) {
	var many []string
	for _, class := range []string{"GPLocation", "GPMotion", "GPSystem"} {
		for _, method := range []string{"start", "stop", "read", "write"} {
			many = append(many, class+"."+method)
		}
	}
	for word, want := range map[string]string{
		"GPMotion.strat":  `, did you mean "GPMotion.start"?`,
		"Payment.process": " (the nearest are GPSystem.read, GPSystem.write, GPMotion.read, GPMotion.write)",
	} {
		if got := Near(word, many); got != want {
			t.Errorf("Near(%q) = %q, want %q", word, got, want)
		}
	}
	if got, want := Near("x", many[:3]), " (there are GPLocation.start, GPLocation.stop, GPLocation.read)"; got != want {
		t.Errorf("of a short list: %q, want %q", got, want)
	}
}
