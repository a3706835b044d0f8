package jsapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/spelling"
)

// granted reports whether the operator granted the method to the mini app. A grant names
// a method in any dialect, and counts for the same operation in all of them.
func (c *Call) granted() error {
	if c.App.JSAPIs == nil {
		return nil
	}
	for _, d := range c.Engine.Dialects {
		for _, b := range d.Bindings {
			if b.Operation == c.Binding.Operation && slices.ContainsFunc(b.allNames(), c.App.Grants) {
				return nil
			}
		}
	}
	return problem.New(problem.NotGranted, "%s was not granted to %s; add it to jsapis in its manifest, and ask GoPay to grant it", c.Name(), c.App.ID)
}

// elsewhere returns the end of a message about an unknown method: the dialects that have
// it, the nearest name, or all names.
func (c *Call) elsewhere() string {
	var in []string
	for _, d := range c.Engine.Dialects {
		if d != c.Dialect && d.Binding(c.name) != nil {
			in = append(in, fmt.Sprintf("%s (generation %s)", d.About.Surface, d.Generation))
		}
	}
	if len(in) > 0 {
		return fmt.Sprintf(" in %s of generation %s; it exists in %s", c.Dialect.About.Surface, c.Dialect.Generation, strings.Join(in, " and "))
	}
	return spelling.Near(c.name, c.Dialect.names)
}
