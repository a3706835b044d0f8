package check

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func script(t *testing.T, text string) ([]Step, error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "steps")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return ReadScript(name)
}

func TestReadScript(t *testing.T) {
	got, err := script(t, `
# Orders a coffee.
click "Pay \"now\""
  click #pay > button.big
type "Phone number" "0812 \"3\""
type input[name="phone"] "0812"
wait "Thank you"
wait [data-state="paid"]
pause 500ms
`)
	want := []Step{
		{Line: 3, Verb: "click", Target: Target{Text: `Pay "now"`}},
		{Line: 4, Verb: "click", Target: Target{Selector: "#pay > button.big"}},
		{Line: 5, Verb: "type", Target: Target{Text: "Phone number"}, Text: `0812 "3"`},
		{Line: 6, Verb: "type", Target: Target{Selector: `input[name="phone"]`}, Text: "0812"},
		{Line: 7, Verb: "wait", Target: Target{Text: "Thank you"}},
		{Line: 8, Verb: "wait", Target: Target{Selector: `[data-state="paid"]`}},
		{Line: 9, Verb: "pause", Pause: 500 * time.Millisecond},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestReadScript_says_what_is_wrong(t *testing.T) {
	for line, want := range map[string]string{
		"klick #pay":            `there is no step "klick", did you mean "click"?`,
		"click":                 `"click" cannot be read; write click "Text" or click SELECTOR`,
		`click "Pay`:            `"click \"Pay" cannot be read`,
		`click "Pay" now`:       `cannot be read; write click "Text"`,
		"type #phone":           `write type "Label" "text" or type SELECTOR "text"`,
		`type "0812"`:           `write type "Label" "text" or type SELECTOR "text"`,
		"pause":                 "write pause 500ms, at most 1m",
		"pause 2h":              "at most 1m",
		"# only a comment":      "has no step",
		"wait x\nopen the door": ":2: there is no step",
	} {
		if _, err := script(t, line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", line, err)
		}
	}
	if _, err := ReadScript("/no/such/file"); err == nil || !strings.Contains(err.Error(), "--script: open /no/such/file") {
		t.Errorf("a missing file: %v", err)
	}
}
