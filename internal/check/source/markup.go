package source

import (
	"regexp"

	"github.com/selasar/selasar/internal/sourcetree"
)

var (
	scriptElement = regexp.MustCompile(`(?is)<script\b[^>]*>(.*?)</script\s*>`)
	comment       = regexp.MustCompile(`(?s)<!--.*?-->`)
	// handler is an attribute with code: onclick="...", @click="...", v-on:click="...".
	handler = regexp.MustCompile(`(?i)\s(?:on[a-z]+|@[\w.:-]+|v-on:[\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')`)
)

// codeOf returns the code of a file. In markup, everything else becomes spaces, so that
// places stay the same.
func codeOf(name, content string) string {
	if !sourcetree.IsMarkup(name) {
		return content
	}
	content = comment.ReplaceAllStringFunc(content, blank)
	code := []byte(blank(content))
	for _, found := range scriptElement.FindAllStringSubmatchIndex(content, -1) {
		copy(code[found[2]:found[3]], content[found[2]:found[3]])
	}
	content = scriptElement.ReplaceAllStringFunc(content, blank)
	for _, found := range handler.FindAllStringSubmatchIndex(content, -1) {
		for group := 2; group < len(found); group += 2 {
			if from, to := found[group], found[group+1]; from >= 0 {
				copy(code[from:to], content[from:to])
				code[to] = ';' // the quote: each handler is a statement of its own
			}
		}
	}
	return string(code)
}

// blank replaces everything but the ends of lines.
func blank(content string) string {
	out := []byte(content)
	for i, c := range out {
		if c != '\n' {
			out[i] = ' '
		}
	}
	return string(out)
}
