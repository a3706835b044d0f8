package server

import (
	"slices"
	"strings"
	"testing"
)

// A mini app's command is not told where Selasar keeps everything.
func TestEnvironment_hides_the_database(t *testing.T) {
	t.Setenv("SELASAR_DATABASE", "postgres://selasar:geheim@127.0.0.1/kopi")
	t.Setenv("SELASAR_OTHER", "stays")
	all := environment()
	if !slices.Contains(all, "SELASAR_OTHER=stays") || strings.Contains(strings.Join(all, "\n"), "geheim") {
		t.Errorf("the environment is %q", all)
	}
}
