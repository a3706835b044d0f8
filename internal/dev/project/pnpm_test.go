package project

import (
	"strings"
	"testing"
)

func TestPnpmPackages_reads_both_forms_of_a_list(t *testing.T) {
	for name, one := range map[string]struct{ text, want string }{
		"lines":           {"packages:\n  - 'packages/*'\n  - \"apps/**\"\n  # - old\n  - web # the shop\n\n  - '!**/test/**'\n", "packages/* apps/** web !**/test/**"},
		"without indent":  {"packages:\n- a\n- b/{c,d}\nonlyBuiltDependencies:\n- esbuild\n", "a b/{c,d}"},
		"inline":          {"catalog: {}\npackages: ['a/*', \"b\", c] # all\n", "a/* b c"},
		"inline in lines": {"packages: [\n  a, # one\n  'b]'\n]\nother:\n  - c\n", "a b]"},
		"Windows":         {"\"packages\":\r\n  - a/*\r\n  - b\r\n", "a/* b"},
		"another key":     {"onlyBuiltDependencies:\n  - esbuild\n", ""},
		"below a key":     {"x:\n  packages:\n    - a\n", ""},
		"empty":           {"packages:\n", ""},
		"in a comment":    {"# packages:\n#  - a\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(pnpmPackages(one.text), " "); got != one.want {
				t.Errorf("got %q, want %q", got, one.want)
			}
		})
	}
}
