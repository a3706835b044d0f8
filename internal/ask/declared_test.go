package ask_test

import (
	"slices"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/ask"
)

func TestDeclarations_agree_with_the_kinds(t *testing.T) {
	seen := map[ask.Kind]bool{}
	for _, d := range ask.Declarations {
		if seen[d.Kind] {
			t.Errorf("%s is declared twice", d.Kind)
		}
		seen[d.Kind] = true
		if d.Personal != d.Kind.Personal() {
			t.Errorf("%s: declared personal %v", d.Kind, d.Personal)
		}
		if want := map[bool]time.Duration{true: 10 * time.Minute, false: 10 * time.Second}[d.Personal]; d.Kind.Patience() != want {
			t.Errorf("%s: the host has %v, want %v", d.Kind, d.Kind.Patience(), want)
		}
		if !slices.ContainsFunc(d.Answers, func(f ask.Form) bool { return f.Answer == d.Default }) {
			t.Errorf("%s: the default %q is no answer of it", d.Kind, d.Default)
		}
	}
	for _, k := range []ask.Kind{ask.Consent, ask.Payment, ask.Deeplink, ask.Location, ask.SystemInfo, ask.WifiInfo, ask.Share, ask.Camera, ask.URI} {
		if !seen[k] {
			t.Errorf("%s is not declared", k)
		}
	}
}

func TestLocation_answer_is_a_place_on_earth(t *testing.T) {
	i := slices.IndexFunc(ask.Declarations, func(d ask.Declaration) bool { return d.Kind == ask.Location })
	form := ask.Declarations[i].Answers[0]
	for _, one := range []struct {
		latitude, longitude string
		ok                  bool
	}{
		{"0", "0", true}, {"90", "180", true}, {"-90", "-180", true},
		{"90.5", "0", false}, {"-90.5", "0", false}, {"0", "180.5", false}, {"0", "-180.5", false},
	} {
		answer := `{"data":{"latitude":` + one.latitude + `,"longitude":` + one.longitude + `}}`
		if fault := form.Beside.Check([]byte(answer)); (fault == nil) != one.ok {
			t.Errorf("%s: %+v", answer, fault)
		}
	}
}
