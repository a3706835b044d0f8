package document

import (
	"regexp"
	"strings"
)

// HeaderLinks changes the value of a Link header: https://www.rfc-editor.org/rfc/rfc8288. A link to GoPay's script leads
// to Selasar's, and loses the hash.
func (r *Rewriter) HeaderLinks(value string) string {
	parts := splitLinks(value)
	for i, part := range parts {
		start, end := strings.IndexByte(part, '<'), strings.IndexByte(part, '>')
		if start < 0 || end < start {
			continue
		}
		reference := part[start+1 : end]
		with, ok := r.replacement(reference)
		if !ok && r.isHost(reference) {
			with, ok = r.scriptOrigin(), true
		}
		if ok {
			r.replaced(reference)
			parts[i] = part[:start+1] + with + ">" + integrity.ReplaceAllString(part[end+1:], "")
		}
	}
	return strings.Join(parts, ",")
}

var integrity = regexp.MustCompile(`(?i);\s*integrity\s*=\s*("[^"]*"|[^;,\s]*)`)

// splitLinks cuts a Link header at the commas between its links.
func splitLinks(value string) (parts []string) {
	start, quoted, address := 0, false, false
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"' && !address:
			quoted = !quoted
		case c == '<' && !quoted:
			address = true
		case c == '>' && !quoted:
			address = false
		case c == ',' && !quoted && !address:
			parts = append(parts, value[start:i])
			start = i + 1
		}
	}
	return append(parts, value[start:])
}
