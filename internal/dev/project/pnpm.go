package project

import (
	"regexp"
	"strings"
)

// The parts of a pnpm-workspace.yaml: the key, the start of the next key, and the items of the two forms of a list, with
// double quotes, single quotes or none.
var (
	packagesKey = regexp.MustCompile(`(?m)^["']?packages["']?[ \t]*:[ \t]*`)
	nextKey     = regexp.MustCompile(`(?m)^[^\s#\]-]`)
	lineItem    = regexp.MustCompile(`(?m)^[ \t]*-[ \t]+(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s#"'].*))`)
	inlineItem  = regexp.MustCompile(`#.*|"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s,\[\]#"'][^\n,\]]*)|\]`)
)

// pnpmPackages returns the patterns under "packages" in a pnpm-workspace.yaml. It reads the two forms of a list, lines with
// "- " and [...], and no other YAML: a whole reader of YAML would add 0.35 MiB to the program.
func pnpmPackages(text string) (patterns []string) {
	at := packagesKey.FindStringIndex(text)
	if at == nil {
		return nil
	}
	list, item := text[at[1]:], lineItem
	if strings.HasPrefix(list, "[") {
		item = inlineItem
	} else if end := nextKey.FindStringIndex(list); end != nil {
		list = list[:end[0]]
	}
	for _, found := range item.FindAllStringSubmatch(list, -1) {
		if found[0] == "]" {
			break
		}
		if pattern := patternOf(found[1], found[2], found[3]); pattern != "" {
			patterns = append(patterns, pattern)
		}
	}
	return patterns
}

// patternOf returns the text of an item, of which one form is not empty.
func patternOf(double, single, plain string) string {
	plain, _, _ = strings.Cut(plain, " #")
	return strings.ReplaceAll(double, `\\`, `\`) + strings.ReplaceAll(single, "''", "'") + strings.TrimSpace(plain)
}
