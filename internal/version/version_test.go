package version

import (
	"encoding/json"
	"testing"
)

func TestAtLeast_compares_numbers_and_not_texts(t *testing.T) {
	for _, one := range []struct {
		have, gate string
		want       bool
	}{
		{"1.9.0", "1.36.0", false}, {"1.36.0", "1.9.0", true}, {"1.36.0", "1.36.0", true}, {"1.35.99", "1.36.0", false}, {"1.36.1", "1.36.0", true},
		{"1.100.0", "1.36.0", true}, {"2.0.0", "1.36.0", true}, {"10.0.0", "9.0.0", true}, {"2", "1.52.0", true}, {"1.52", "1.52.0", true}, {"v1.52.0", "1.52.0", true},
		{"1.52.0-beta.1", "1.52.0", true}, {"1.51.9-rc", "1.52.0", false}, {"1.52.0+build", "1.52.0", true}, {"0.0.0", "0.0.0", true},
	} {
		if got := Must(one.have).AtLeast(Must(one.gate)); got != one.want {
			t.Errorf("%s is at least %s: %v", one.have, one.gate, got)
		}
	}
	if (Version{}).AtLeast(Must("0.0.0")) || !Must("0.0.1").AtLeast(Version{}) || !(Version{}).AtLeast(Version{}) {
		t.Error("the zero version is older than any, and no gate")
	}
}

func TestParse_refuses_malformed_versions(t *testing.T) {
	for _, text := range []string{"", " ", "new", "1.2.3.4", "1..2", "-1", "1.2.x", "1,36", "1.36.0 ", "99999999999999999999.0.0", "１.2.3"} {
		if v, err := Parse(text); err == nil {
			t.Errorf("%q is %s", text, v)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("Must takes anything")
		}
	}()
	Must("x")
}

func TestVersion_keeps_its_original_text(t *testing.T) {
	var v struct{ V Version }
	for _, text := range []string{`{"V":"2.10.0"}`, `{"V":"v1.9"}`, `{"V":"1.52.0-beta+7"}`} {
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		if again, err := json.Marshal(v); err != nil || string(again) != text {
			t.Errorf("%s became %s, %v", text, again, err)
		}
	}
	for _, text := range []string{`{"V":2}`, `{"V":"x"}`, `{"V":[]}`} {
		if json.Unmarshal([]byte(text), &v) == nil {
			t.Errorf("%s was read", text)
		}
	}
	if (Version{}).String() != "" {
		t.Errorf("the zero version is %q", Version{})
	}
}
