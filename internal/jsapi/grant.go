package jsapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/spelling"
)

// granted reports whether the operator granted the method to the mini app.
func (c *Call) granted() error {
	if Granted(c.App, c.Engine.Dialects, c.Binding.Operation) {
		return nil
	}
	return problem.New(problem.NotGranted, "%s was not granted to %s; add it to jsapis in its manifest, and ask GoPay to grant it", c.Name(), c.App.ID)
}

// Granted reports whether the operator granted an operation to a mini app. A grant names a
// method in any dialect, and counts for the same operation in all of them.
func Granted(app miniapp.App, dialects []*Dialect, op *Operation) bool {
	if app.JSAPIs == nil {
		return true
	}
	for _, d := range dialects {
		for _, b := range d.Bindings {
			if b.Operation == op && slices.ContainsFunc(b.allNames(), app.Grants) {
				return true
			}
		}
	}
	return false
}

// elsewhere returns the end of a message about an unknown method.
func (c *Call) elsewhere() string { return c.Dialect.Elsewhere(c.name, c.Engine.Dialects) }

// Elsewhere returns the end of a message about a method that the dialect lacks: the
// dialects that have it, the nearest name, or all names.
func (d *Dialect) Elsewhere(name string, dialects []*Dialect) string {
	var in []string
	for _, other := range dialects {
		if other != d && other.Binding(name) != nil {
			in = append(in, fmt.Sprintf("%s (generation %s)", other.About.Surface, other.Generation))
		}
	}
	if len(in) > 0 {
		return fmt.Sprintf(" in %s of generation %s; it exists in %s", d.About.Surface, d.Generation, strings.Join(in, " and "))
	}
	return spelling.Near(name, d.names)
}
