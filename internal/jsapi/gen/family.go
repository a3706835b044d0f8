package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/jsapi"
)

// methodTypes writes the types of the methods and events of a family of dialects, for a
// script that calls methods by class and name.
func methodTypes(family string, dialects []*jsapi.Dialect) string {
	var b strings.Builder
	var from, docs []string
	for _, d := range dialects {
		from = append(from, "internal/jsapi/dialect/"+family+" ("+d.Name+")")
		docs = append(docs, fmt.Sprintf("%s, page `%s`", d.About.Generation, d.About.Page))
	}
	fmt.Fprintf(&b, "// Code generated from the bindings in %s. DO NOT EDIT.\n\n", strings.Join(from, ", "))
	name := sentence(family)
	fmt.Fprintf(&b, "/** The methods of %s: %s. `beside` has the members next to `data`. */\nexport interface %sMethods {\n",
		dialects[0].About.Surface, strings.Join(docs, "; "), name)
	events := map[string]string{}
	seen := map[string]bool{}
	for _, d := range dialects {
		for _, m := range d.Bindings {
			for event := range m.Events.Names() {
				events[event] = m.Operation.Event.TypeScript("  ")
			}
			for _, method := range append([]string{m.Name()}, m.Aliases...) {
				if !seen[method] {
					seen[method] = true
					methodType(&b, method, m, within(method, dialects))
				}
			}
		}
	}
	b.WriteString("}\n\n/** The events on `document`, by name, with their payload. */\n")
	fmt.Fprintf(&b, "export interface %sEvents {\n", name)
	for _, event := range slices.Sorted(maps.Keys(events)) {
		fmt.Fprintf(&b, "  %q: %s;\n", event, events[event])
	}
	b.WriteString("}\n")
	return b.String()
}

func methodType(b *strings.Builder, method string, m *jsapi.Binding, generations []string) {
	beside := "unknown"
	if m.BesideSchema != nil {
		beside = m.BesideSchema.TypeScript("    ")
	}
	fmt.Fprintf(b, "  /** %s In %s. */\n  %q: {\n    params: %s;\n    data: %s;\n    beside: %s;\n  };\n",
		m.Operation.Summary, strings.Join(generations, " and "), method, m.Takes().TypeScript("    "), m.Gives().TypeScript("    "), beside)
}

// within returns the dialects that have a method.
func within(method string, dialects []*jsapi.Dialect) (names []string) {
	for _, d := range dialects {
		if d.Binding(method) != nil {
			names = append(names, d.Name)
		}
	}
	return names
}
