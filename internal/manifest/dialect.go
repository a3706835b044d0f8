package manifest

import (
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/jsapi/dialect"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/spelling"
)

// checkMethod accepts the name of a method in any dialect.
func checkMethod(name string) string {
	known := dialect.Methods()
	if slices.Contains(known, name) {
		return ""
	}
	return "must be a JSAPI such as getLocation or GPLocation.getLocation" + spelling.Near(name, known)
}

// variants reads the chosen readings of the documentation.
func (r *reader) variants(m *Manifest) func(string, node) {
	return func(path string, n node) {
		m.Variants = map[miniapp.VariantName]string{}
		fields := make([]field, 0, len(miniapp.Variants))
		for _, v := range miniapp.Variants {
			fields = append(fields, field{string(v.Name), func(path string, n node) {
				var reading string
				check := func(text string) string {
					if miniapp.CheckVariant(string(v.Name), text) == "" {
						return ""
					}
					return "must be one of " + strings.Join(v.Readings, ", ")
				}
				if r.text(&reading, check)(path, n); reading != "" {
					m.Variants[v.Name] = reading
				}
			}})
		}
		r.object(path, n, fields)
	}
}
