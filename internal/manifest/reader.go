package manifest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/selasar/selasar/internal/spelling"
)

// reader reads a document into a manifest and collects the problems.
type reader struct{ problems []string }

func (r *reader) problem(line int, format string, args ...any) {
	r.problems = append(r.problems, fmt.Sprintf("line %d: ", line)+fmt.Sprintf(format, args...))
}

// field reads the value of one key of an object; path is the key's full name for messages.
type field struct {
	key  string
	read func(path string, value node)
}

// object reads an object with its fields and returns the keys that it has.
func (r *reader) object(path string, n node, fields []field) map[string]bool {
	seen := map[string]bool{}
	if n.kind != '{' {
		r.problem(n.line, "%s must be an object, got %s", pathOr(path, "the manifest"), n.describe())
		return seen
	}
	known := make([]string, len(fields))
	for i, f := range fields {
		known[i] = f.key
	}
	for _, m := range n.members {
		at := slices.Index(known, m.name)
		switch {
		case at < 0:
			r.problem(m.line, "unknown key %q%s%s", m.name, in(path), spelling.Hint(m.name, known))
		case seen[m.name]:
			r.problem(m.line, "the key %q%s appears twice", m.name, in(path))
		default:
			seen[m.name] = true
			fields[at].read(join(path, m.name), m.value)
		}
	}
	return seen
}

// list reads each item of a list; path names the list.
func (r *reader) list(path string, n node, read func(path string, item node)) {
	if n.kind != '[' {
		r.problem(n.line, "%s must be a list, got %s", path, n.describe())
		return
	}
	for i, item := range n.items {
		read(fmt.Sprintf("%s[%d]", path, i), item)
	}
}

// text reads a string into target when check accepts it. A check returns a description of valid values, or "" for a
// valid value. It may be nil.
func (r *reader) text(target *string, check func(string) string) func(string, node) {
	return func(path string, n node) {
		if n.kind != '"' {
			r.problem(n.line, "%s must be a string, got %s", path, n.describe())
			return
		}
		if check != nil {
			if must := check(n.text); must != "" {
				r.problem(n.line, "%s %s, got %s", path, must, n.describe())
				return
			}
		}
		*target = n.text
	}
}

func (r *reader) boolean(target *bool) func(string, node) {
	return func(path string, n node) {
		if n.kind != 't' && n.kind != 'f' {
			r.problem(n.line, "%s must be true or false, got %s", path, n.describe())
			return
		}
		*target = n.kind == 't'
	}
}

// whole reads a whole number from least to most.
func (r *reader) whole(target *int64, least, most int64) func(string, node) {
	return func(path string, n node) {
		number, err := strconv.ParseInt(n.text, 10, 64)
		if n.kind != '0' || err != nil || number < least || number > most {
			r.problem(n.line, "%s must be a whole number from %d to %d, got %s", path, least, most, n.describe())
			return
		}
		*target = number
	}
}

// texts reads a list of distinct strings. change returns the stored form of an item.
func (r *reader) texts(target *[]string, check func(string) string, change func(string) string) func(string, node) {
	return func(path string, n node) {
		r.list(path, n, func(path string, item node) {
			var text string
			before := len(r.problems)
			r.text(&text, check)(path, item)
			if len(r.problems) > before {
				return
			}
			if text = change(text); slices.Contains(*target, text) {
				r.problem(item.line, "%s repeats %q", path, text)
				return
			}
			*target = append(*target, text)
		})
	}
}

func join(path, key string) string { return strings.TrimPrefix(path+"."+key, ".") }

func in(path string) string {
	if path == "" {
		return ""
	}
	return " in " + path
}

func pathOr(path, otherwise string) string {
	if path == "" {
		return otherwise
	}
	return path
}
