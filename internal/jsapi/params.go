package jsapi

import (
	"fmt"
	"strings"

	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

// readParams reads the parameters of a call in the dialect's names, and converts them
// to the operation's names. The problem of a missing parameter is ParamMissing, of
// another type ParamType, of an impossible value ParamValue. Unknown names are
// accepted, and returned for the journal.
func (c *Call) readParams() (unknown []string, err error) {
	given, unknown, fault := c.Binding.params.Read(c.raw)
	if fault != nil {
		return unknown, c.wrong(fault, unknown)
	}
	c.Params = c.Binding.in(given)
	return unknown, nil
}

// wrong returns the problem for a fault of the parameters; it names the method.
func (c *Call) wrong(f *schema.Fault, unknown []string) error {
	name := c.Name()
	switch {
	case f.Reason == schema.Missing:
		return problem.New(problem.ParamMissing, "%s needs %s (%s)%s", name, f.Path, f.Type, alsoGot(unknown))
	case f.Path == "" && f.Reason == schema.BadValue:
		return problem.New(problem.ParamValue, "the parameters of %s are not valid JSON: a name twice, or broken text", name)
	case f.Path == "":
		return problem.New(problem.ParamType, "%s", f.In("the parameters of "+name))
	case f.Reason == schema.WrongType:
		return problem.New(problem.ParamType, "%s", f.In(name))
	default:
		return problem.New(problem.ParamValue, "%s", f.In(name))
	}
}

// Name returns the method's name as the page called it: its own or an alias.
func (c *Call) Name() string { return c.name }

// Named returns the dialect's name of a parameter of the operation, for messages.
func (c *Call) Named(param string) string {
	if other, ok := c.Binding.Rename[param]; ok {
		return other
	}
	return param
}

// alsoGot names the unknown parameters: often one is the missing parameter, misspelt.
func alsoGot(unknown []string) string {
	if len(unknown) == 0 {
		return ""
	}
	return fmt.Sprintf("; it does not know %s", quoted(unknown))
}

// The limits for unknown names in a message or a note.
const (
	namesShown = 5
	nameShown  = 40 // bytes of each name
)

// shorten returns the first names, each cut to nameShown bytes, and the number of the
// other names.
func shorten(names []string) (some []string, more int) {
	for _, n := range names[:min(len(names), namesShown)] {
		if len(n) > nameShown {
			n = n[:nameShown] + "…"
		}
		some = append(some, n)
	}
	return some, len(names) - len(some)
}

func quoted(names []string) string {
	some, more := shorten(names)
	var parts []string
	for _, n := range some {
		parts = append(parts, fmt.Sprintf("%q", n))
	}
	if more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(parts, ", ")
}
