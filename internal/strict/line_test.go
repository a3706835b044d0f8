package strict

import "testing"

func TestLine(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "Sari Wulandari": true, "Ünïcödé 日本語 \U0001F600": true, "عربي": true, "a\u200db": true,
		"a\nb": false, "a\x00": false, "a\u202eb": false, "\u2066a": false, "a\u200f": false, "\u061c": false, "a\u2028b": false, "\u0085": false,
	} {
		if got := Line(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
