package main

import (
	_ "embed"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// reasonsText says of each survivor why it may live: a line that names it, and
// after it an indented line with the reason.
//
//go:embed reasons.txt
var reasonsText string

func readReasons() (map[string]string, error) {
	reasons := map[string]string{}
	var named []string
	for line := range strings.Lines(reasonsText) {
		reason, indented := strings.CutPrefix(strings.TrimRight(line, "\n"), "\t")
		switch {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
		case !indented:
			named = append(named, reason)
		case len(named) == 0:
			return nil, fmt.Errorf("reasons.txt: a reason without a mutant: %s", reason)
		default:
			for _, one := range named {
				reasons[one] = reason
			}
			named = nil
		}
	}
	return reasons, nil
}

// head explains the figures.
const head = `# Mutants

%s, on commit %s. ` + "`make mutants`" + ` measures these figures anew.

A mutant is the code with one place broken. It is killed when a test of its own package fails, or does not end: it takes five times its usual processor time, or waits twenty times its usual time. The tests of other packages do not count.

| package | mutants | killed | of these, without an end | percent |
| --- | ---: | ---: | ---: | ---: |
`

// operators explain how a place is broken, and which places are left out.
const operators = `
## How a place is broken

- A comparison gets the neighbouring operator and the opposite one. ` + "`&&` and `||`, `+` and `-`, `*` and `/`, `min` and `max`" + ` change places. A ` + "`!` or `-`" + ` goes.
- A condition is negated. The body of an ` + "`if`, `else`, `case` or loop" + ` is emptied.
- A statement is removed: a call, an assignment, a ` + "`continue`" + `.
- A result is returned as its zero value, and an error as nil. A problem gets the code ` + "`internal`" + `.
- A number becomes one more, also in constants. ` + "`true` and `false`" + ` change places.
- A member is left out of a literal.

## What is left out

- Prose: what ` + "`fmt.Errorf`, `errors.New`, `panic`, `slog`" + ` and the text of a problem say. Messages are for people and may change without a test.
- The members of journal entries and events. The tests of their own packages hold them; that an entry is appended at all is a place like any other.
- Locks and ` + "`defer`" + `. A missing lock shows in races, which are run against each database (` + "`internal/testkit/storetest`" + `).
- Mutants that do not compile.
`

// commit names the state of the working tree.
func commit() (string, error) {
	out, err := exec.Command("git", "describe", "--always", "--dirty").Output()
	if err != nil {
		return "", fmt.Errorf("asking git for the commit: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

// markdown returns the report on results that were all measured on one commit.
func markdown(results []result, reasons map[string]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, head, time.Now().Format(time.DateOnly), results[0].Commit)
	var all result
	for _, one := range results {
		fmt.Fprintf(&b, "| `%s` | %d | %d | %d | %.1f |\n", one.Package, one.Mutants, one.Killed, one.Endless, one.percent())
		all.Mutants += one.Mutants
		all.Killed += one.Killed
		all.Endless += one.Endless
		all.Took += one.Took
		all.Worked += one.Worked
	}
	fmt.Fprintf(&b, "| all | %d | %d | %d | %.1f |\n", all.Mutants, all.Killed, all.Endless, all.percent())
	fmt.Fprintf(&b, "\nThe run took %.0f minutes on %d cores. The tests themselves took %.0f minutes of processor time.\n", all.Took.Minutes(), runtime.NumCPU(), all.Worked.Minutes())
	b.WriteString(operators + "\n## Survivors\n")
	for _, one := range results {
		if len(one.Survivors) > 0 {
			fmt.Fprintf(&b, "\n### `%s`\n\n", one.Package)
		}
		seen := map[string]bool{}
		for _, m := range one.Survivors {
			if !seen[m.Name] {
				_, place, _ := strings.Cut(m.Name, "/")
				fmt.Fprintf(&b, "- `` %s ``: %s\n", place, reasons[m.Name])
			}
			seen[m.Name] = true
		}
	}
	return b.String()
}
