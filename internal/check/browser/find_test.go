package browser

import (
	"errors"
	"slices"
	"testing"
)

func TestFind_names_what_is_missing(t *testing.T) {
	t.Setenv(Variable, "")
	t.Setenv("PATH", t.TempDir())
	if _, err := Find(); err != nil && !errors.Is(err, ErrMissing) { // a machine may have one outside PATH
		t.Errorf("Find: %v", err)
	}
	t.Setenv(Variable, "/no/such/browser")
	_, err := Find()
	if err == nil || err.Error() != "SELASAR_CHROMIUM names /no/such/browser, which cannot be run; name the program of Chromium, Chrome or Edge" {
		t.Errorf("Find: %v", err)
	}
}

func TestCandidates_has_the_paths_of_each_system(t *testing.T) {
	env := func(name string) string {
		return map[string]string{"HOME": "/Users/sari", "ProgramFiles": "C:", "LocalAppData": "D:"}[name]
	}
	for system, want := range map[string][]string{
		"linux":   {"chromium", "google-chrome", "microsoft-edge", "/snap/bin/chromium"},
		"darwin":  {"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Users/sari/Applications/Chromium.app/Contents/MacOS/Chromium"},
		"windows": {`C:\Google\Chrome\Application\chrome.exe`, `D:\Microsoft\Edge\Application\msedge.exe`},
	} {
		got := candidates(system, env)
		for _, one := range want {
			if !slices.Contains(got, one) {
				t.Errorf("%s: %s is not in %v", system, one, got)
			}
		}
	}
}
