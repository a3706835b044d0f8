package main

import (
	"fmt"
	"strings"

	"github.com/selasar/selasar/internal/jsapi"
)

// firstVersions returns the simulator's table of the app versions that methods need, for each generation.
func firstVersions(dialects []*jsapi.Dialect) string {
	var b strings.Builder
	b.WriteString("// Code generated from the bindings in internal/jsapi/dialect. DO NOT EDIT.\n\n")
	b.WriteString("/** The first GoPay app version that has each method of a generation. The methods of drafts are not in it. */\n")
	b.WriteString("export const FIRST_VERSIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {\n")
	for _, d := range dialects {
		fmt.Fprintf(&b, "  %q: {\n", d.Name)
		for _, m := range d.Bindings {
			if !m.Draft {
				fmt.Fprintf(&b, "    %s: %q,\n", property(m.Name()), m.Since)
			}
		}
		b.WriteString("  },\n")
	}
	b.WriteString("};\n")
	return b.String()
}
