package consent

import (
	"fmt"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

func offers(lines ...string) []Offer {
	var list []Offer
	for _, line := range lines {
		name, mandatory := strings.CutSuffix(line, "!")
		list = append(list, NewOffer(miniapp.Consent{Name: name, Mandatory: mandatory}))
	}
	return list
}

func TestDecide(t *testing.T) {
	for _, one := range []struct {
		offers string
		answer Answer
		want   string // the given names, or an error
	}{
		{"location! wifi profile", Answer{Answer: "allow"}, "location wifi profile"},
		{"location! wifi profile", Answer{"allow", []string{"location"}}, "location"},
		{"location! wifi profile", Answer{"allow", []string{"wifi", "location", "wifi"}}, "location wifi"},
		{"location! wifi", Answer{"allow", []string{"getLocation"}}, "location"},
		{"location! wifi", Answer{"decline", []string{"wifi"}}, ""},
		{"wifi profile", Answer{"allow", []string{}}, ""},
		{"", Answer{Answer: "allow"}, ""},
		{"location! wifi", Answer{"allow", []string{"wifi"}}, `error "location" is mandatory`},
		{"location! wifi", Answer{"allow", []string{}}, `error "location" is mandatory`},
		{"location! wifi", Answer{"allow", []string{"location", "camera"}}, `error "camera" was not asked for; the sheet lists location, wifi`},
		{"wifi", Answer{"allow", []string{""}}, `error "" was not asked for`},
		{"wifi", Answer{"allow", []string{"Wifi"}}, `error "Wifi" was not asked for`},
		{"wifi", Answer{}, `error answer ""`},
		{"wifi", Answer{Answer: "ALLOW"}, `error answer "ALLOW"`},
	} {
		decided, err := Decide(offers(strings.Fields(one.offers)...), one.answer)
		if want, fails := strings.CutPrefix(one.want, "error "); fails {
			if !problem.Is(err, problem.AnswerInvalid) || !strings.Contains(err.Error(), want) || decided != nil {
				t.Errorf("%s %+v: %v, %v", one.offers, one.answer, decided, err)
			}
			continue
		}
		want := map[Name]Action{}
		for _, o := range offers(strings.Fields(one.offers)...) {
			want[o.Name] = Refused
		}
		for _, name := range strings.Fields(one.want) {
			want[Name(name)] = Given
		}
		if err != nil || fmt.Sprint(decided) != fmt.Sprint(want) {
			t.Errorf("%s %+v: %v, %v, want %v", one.offers, one.answer, decided, err, want)
		}
	}
}

func TestNames_have_titles_and_wordings_in_both_languages(t *testing.T) {
	for _, name := range Names {
		title := name.Title()
		if title.English == "" || title.Indonesian == "" || title.English == title.Indonesian {
			t.Errorf("%s has the title %+v", name, title)
		}
		o := NewOffer(miniapp.Consent{Name: string(name), Reason: "Why not"})
		for _, locale := range []string{device.English, device.Indonesian} {
			if w := o.Wording(locale); !strings.HasSuffix(w, ": Why not") || !strings.Contains(w, map[string]string{device.English: title.English, device.Indonesian: title.Indonesian}[locale]) {
				t.Errorf("%s in %s: %q", name, locale, w)
			}
		}
		if got, ok := Parse(string(name)); !ok || got != name {
			t.Errorf("%s is read as %s", name, got)
		}
		if !strings.Contains(List(), string(name)) {
			t.Errorf("%s is not in %s", name, List())
		}
	}
	for text, want := range map[string]Name{"getLocation": Location, "getCamera": Camera, "getDeviceInfo": DeviceInfo, "getProfile": Profile,
		"getSystemInfo": DeviceInfo, "getWifiInfo": Wifi, "getBankAccountToken": BankAccount} {
		if got, ok := Parse(text); !ok || got != want {
			t.Errorf("%s is read as %s", text, got)
		}
	}
	for _, text := range []string{"", "Location", "location ", "getWifi", "getBankAccount", "__proto__"} {
		if got, ok := Parse(text); ok {
			t.Errorf("%q is read as %s", text, got)
		}
	}
}

func TestEntry_state(t *testing.T) {
	for action, want := range map[Action]State{
		"": StateNeverAsked, Given: StateGiven, Refused: StateRefused, Revoked: StateRevoked, Forgotten: StateNeverAsked, "else": StateNeverAsked,
	} {
		if got := (Entry{Action: action}).State(); got != want {
			t.Errorf("%q is %s, want %s", action, got, want)
		}
	}
}
