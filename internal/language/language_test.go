package language

import "testing"

func TestPreferred_takes_the_highest_weight_of_a_known_language(t *testing.T) {
	for header, want := range map[string]Language{
		"":                        English,
		"*":                       English,
		"fr, de;q=0.9":            English,
		"id":                      Indonesian,
		"ID-id, en;q=0.8":         Indonesian,
		"in":                      Indonesian,
		"en-US,en;q=0.9,id;q=0.8": English,
		"en;q=0.5, id;q=0.7":      Indonesian,
		"en; q=0.5, id; q = 0.7":  Indonesian,
		"id;q=0, en;q=0.1":        English,
		"id;q=0":                  English,
		"id;q=x":                  English,
		"id, en":                  Indonesian,
		"en, id":                  English,
	} {
		if got := Preferred(header, English); got != want {
			t.Errorf("Accept-Language %q prefers %s, want %s", header, got, want)
		}
	}
	if got := Preferred("fr", Indonesian); got != Indonesian {
		t.Errorf("a header without a known language prefers %s, want the fallback", got)
	}
}

func TestParse_refuses_other_languages(t *testing.T) {
	for tag, want := range map[string]Language{"id": Indonesian, "en_GB": "", "en-GB": English, " EN ": English, "": "", "ido": "", "fr": ""} {
		if got, ok := Parse(tag); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %t; want %q", tag, got, ok, want)
		}
	}
}

func TestText_In_falls_back_to_English(t *testing.T) {
	text := Text{English: "paid", Indonesian: "dibayar"}
	for l, want := range map[Language]string{English: "paid", Indonesian: "dibayar", "fr": "paid", "": "paid"} {
		if got := text.In(l); got != want {
			t.Errorf("in %q: %s, want %s", l, got, want)
		}
	}
}
