package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/version"
)

func at(file string, line, column int) *Place { return &Place{file, line, column} }

// A finding that was found in two ways is one, and errors come before warnings.
func TestFindings_are_joined_and_sorted(t *testing.T) {
	var all findings
	all.add(Finding{Kind: Page, Place: at("a.js", 1, 1), Message: "x", Found: []Way{InSources}})
	all.add(Finding{Kind: Unknown, Method: "GP.pay", Place: at("b.js", 9, 1), Found: []Way{InSources}})
	all.add(Finding{Kind: Unknown, Method: "GP.pay", Place: at("b.js", 2, 9), Found: []Way{InSources}})
	all.add(Finding{Kind: Unknown, Method: "GP.pay", Place: at("b.js", 2, 4), Found: []Way{AtLoad}})
	all.add(Finding{Kind: Form, Method: "GP.pay", Place: at("b.js", 2, 4), Found: []Way{ByScript}})
	all.add(Finding{Kind: Page, Place: at("a.js", 1, 1), Message: "y", Found: []Way{InSources}})
	want := []Finding{
		{Severity: Error, Kind: Form, Method: "GP.pay", Place: at("b.js", 2, 4), Found: []Way{ByScript}},
		{Severity: Error, Kind: Unknown, Method: "GP.pay", Place: at("b.js", 2, 9), Found: []Way{AtLoad, InSources}},
		{Severity: Error, Kind: Unknown, Method: "GP.pay", Place: at("b.js", 9, 1), Found: []Way{InSources}},
		{Severity: Warning, Kind: Page, Place: at("a.js", 1, 1), Message: "x", Found: []Way{InSources}},
		{Severity: Warning, Kind: Page, Place: at("a.js", 1, 1), Message: "y", Found: []Way{InSources}},
	}
	if diff := cmp.Diff(want, all.sorted()); diff != "" {
		t.Error(diff)
	}
}

func TestJudge_decides_without_running(t *testing.T) {
	app := miniapp.App{
		ID: "kopi", Generation: miniapp.ContainerV2, Consents: []miniapp.Consent{{Name: "location"}},
		JSAPIs: []string{"GPLocation.getLocation", "getSystemInfo", "GP.launchPayment", "GPMiniAppAuth.getAuthCode"},
	}
	j := judge{app, version.Must("1.40.0")}
	for _, one := range []struct {
		container bool
		method    string
		kind      Kind
		says      string
	}{
		{true, "GPLocation.getLocation", "", ""},
		{false, "getLocation", "", ""}, // the same operation
		{true, "GPBase.getAuthCode", "", ""},
		{true, "GPLocation.getLocaton", Unknown, `did you mean "GPLocation.getLocation"?`},
		{false, "GPLocation.getLocation", Unknown, "it exists in gpContainer"},
		{true, "GP.launchPayment", Version, "GP.launchPayment needs GoPay 1.45.0, the device has 1.40.0"},
		{true, "GPBase.getLocale", Ungranted, "add it to jsapis"},
		{true, "GPSystem.getSystemInfo", Ungranted, `not permitted to ask for "device_info"`},
	} {
		kind, message := j.of(one.container, one.method)
		if kind != one.kind || !strings.Contains(message, one.says) {
			t.Errorf("%s: %s %q, want %s %q", one.method, kind, message, one.kind, one.says)
		}
	}
}

// What differs between two visits under one reading says nothing about another reading.
func TestDifferences_ignores_what_is_never_the_same(t *testing.T) {
	first, again := count([]string{"Kopi", "code a1", "Rp1"}), count([]string{"Kopi", "code b2", "Rp1"})
	if got := differences(first, again, count([]string{"Kopi", "code c3", "Rp1"})); len(got) != 1 || got[0].what != "code c3" {
		t.Errorf("a new code: %v", got) // a new line; the caller knows that the page never shows the same
	}
	got := differences(first, again, count([]string{"Kopi", "Rp1", "Rp1"}))
	if len(got) != 1 || got[0] != (difference{"Rp1", 1, 2}) {
		t.Errorf("a line twice: %v", got)
	}
	if got := differences(first, again, count([]string{"Kopi", "NaN"})); len(got) != 2 || got[0] != (difference{"Rp1", 1, 0}) {
		t.Errorf("another line: %v", got)
	}
}

func TestText_is_for_people(t *testing.T) {
	r := Report{
		MiniApp: "kopi", Generation: miniapp.ContainerV2, OS: "android", AppVersion: "2.10.0", NeedsVersion: "1.45.0", Files: 1, Skipped: 1, Busy: true,
		Calls: Calls{Load: 1, Script: 2, Sources: 3, Unreadable: 1},
		Findings: []Finding{
			{Severity: Error, Kind: Unknown, Place: at("app.js", 7, 15), Method: "GP.pay", Message: "there is no method", Advice: "correct it", Found: []Way{AtLoad, InSources}},
			{Severity: Warning, Kind: Variant, Message: "it differs", Advice: "accept both", Found: []Way{AtLoad}},
		},
		Variants: []*VariantReport{{Name: "codes", Reading: "number", Outcome: Differs}, {Name: "data", Reading: "string", Outcome: NotReached}},
	}
	want := `kopi (container-v2) on GoPay 2.10.0, android

errors
  app.js:7:15  [unknown, load + source]
      GP.pay: there is no method
      → correct it

warnings
  (no place)  [variant, load]
      it differs
      → accept both

variants
  codes=number                 differs
  no call depends on: data=string

1 call at load, 2 calls by the script, 3 calls in 1 file; 1 call more without literal names; 1 file skipped because of the size
the page never became quiet, so its later calls were not seen
the calls need GoPay 1.45.0 or newer
2 findings
`
	var out strings.Builder
	if err := r.Text(&out); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}
