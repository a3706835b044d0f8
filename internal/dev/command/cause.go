package command

import (
	"regexp"
	"slices"
	"strings"
)

// noise matches lines that package managers, runtimes and shells print around the cause of an exit.
var noise = regexp.MustCompile(strings.Join([]string{
	`^[^\pL\pN]*$`, // brackets and carets
	`^npm (error|ERR!)$`,
	`^npm (error|ERR!) (code|errno|syscall|path|workspace|location|command|signal|dest|cwd|enoent)( |$)`,
	`^npm (error|ERR!) +(/|[A-Z]:\\|npm run|npm help)`,
	`^npm (error|ERR!) (A complete log of this run|Lifecycle script|To see a list of scripts|Failed at the|This is probably not a problem|Did you mean|Exit status)`,
	`^npm (notice|warn|WARN)( |$)`,
	`^(error|info|warning) (Command failed with|Visit https://yarnpkg)`,
	`ELIFECYCLE`,
	`(?i)^(\[[^\]]*\] )?.*\b(exited|exit|failed) with (exit )?(code|status) -?\d+\.?$`,
	`(?i)^(\[[^\]]*\] )?exit status -?\d+$`,
	`^g?make(\[\d+\])?: \*\*\* `,
	`^error: script ".*" (exited|was terminated)`, // bun
	`^\s+at `,          // a stack of JavaScript or Java
	`^\s+[\w$']+: .*$`, // a member of an error that Node prints
	`^Emitted '`, `^Require stack:$`, `^- (/|[A-Z]:\\|node:)`,
	`^(Node\.js|Bun) v\d`,
	`^(node|file|/|[A-Z]:\\)\S*:\d+$`, // the place of an error
	`^\s+(throw|triggerUncaughtException)\b`,
	`^goroutine \d+ `, `^\S+\(.*\)$`, `^\t\S+\.go:\d+`, `^\[signal `, // a stack of Go
	`^  File ".*", line \d+`,
	`^> `, // the command as npm shows it
}, "|"))

// reasons matches a line of npm that names the cause behind a word that is otherwise noise.
var reasons = regexp.MustCompile(`^npm (error|ERR!) enoent Could not `)

// causeOf returns the last line that says something about an exit, without colours. If no line does, it returns the last one.
func causeOf(lines []string) string {
	for _, line := range slices.Backward(lines) {
		if line = strings.TrimRight(plain(line), " \t"); reasons.MatchString(line) || !noise.MatchString(line) {
			return strings.TrimSpace(line)
		}
	}
	if len(lines) == 0 {
		return ""
	}
	return strings.TrimSpace(plain(lines[len(lines)-1]))
}
