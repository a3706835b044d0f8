package architecture

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var quoted = regexp.MustCompile("`([^`]+)`")

// Each threat of docs/threats.md names guards and a test that exist.
func TestThreats_name_guards_and_tests_that_exist(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "docs/threats.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "## Threats with a guard")
	table, _, _ = strings.Cut(table, "## Threats without a guard")
	rows := 0
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		if len(cells) != 4 || strings.HasPrefix(line, "| ---") || strings.Contains(cells[1], "threat") {
			continue
		}
		rows++
		checkGuards(t, cells[1], cells[2])
		checkTest(t, cells[1], cells[3])
	}
	if rows < 40 {
		t.Errorf("the table has %d threats: the test misses some", rows)
	}
}

// checkGuards checks the paths of a guard.
func checkGuards(t *testing.T, threat, cell string) {
	t.Helper()
	paths := 0
	for _, found := range quoted.FindAllStringSubmatch(cell, -1) {
		if !strings.Contains(found[1], "/") && found[1] != "npm" {
			continue // a flag or a header
		}
		paths++
		if _, err := os.Stat(filepath.Join(root, found[1])); err != nil {
			t.Errorf("%s: there is no %s", threat, found[1])
		}
	}
	if paths == 0 {
		t.Errorf("%s: the guard names no file", threat)
	}
}

// checkTest checks that a file has a test of a name: of a function in Go, else of a part
// of its title.
func checkTest(t *testing.T, threat, cell string) {
	t.Helper()
	found := quoted.FindStringSubmatch(cell)
	if found == nil {
		t.Errorf("%s: no test", threat)
		return
	}
	path, name, _ := strings.Cut(found[1], ": ")
	text, err := os.ReadFile(filepath.Join(root, path))
	if strings.HasSuffix(path, ".go") {
		name = "func " + name + "("
	}
	if err != nil || name == "" || !strings.Contains(string(text), name) {
		t.Errorf("%s: %s has no test %q", threat, path, name)
	}
}
