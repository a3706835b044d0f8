package main

import (
	"fmt"
	"strings"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/jsapi/schema"
)

const asksHead = `// Code generated from the declarations in internal/ask. DO NOT EDIT.

/** Each kind of ask: whether a person answers it, and the answer of a host that has none. */
export const ASK_KINDS = {
`

// asks writes the kinds of asks. The types of asks and answers are generated from
// spec/openapi.yaml.
func asks(all []ask.Declaration) string {
	var b strings.Builder
	b.WriteString(asksHead)
	for _, d := range all {
		fmt.Fprintf(&b, "  %s: { personal: %v, default: %q },\n", d.Kind, d.Personal, d.Default)
	}
	b.WriteString("} as const;\n")
	return b.String()
}

// titledIn returns the titled schemas in the contents of asks and events, without
// duplicates.
func titledIn(all declared) (list []schema.Schema) {
	seen := map[string]bool{}
	var look func(s schema.Schema)
	look = func(s schema.Schema) {
		for _, m := range s.Members() {
			look(m.Schema)
		}
		if k := s.Kind(); k == schema.KindList || k == schema.KindMap {
			look(s.Entry())
		}
		if name := s.Title(); name != "" && !seen[name] {
			seen[name] = true
			list = append(list, s)
		}
	}
	for _, d := range all.asks {
		look(d.Show)
	}
	for _, d := range all.events {
		look(d.Data)
	}
	return list
}
