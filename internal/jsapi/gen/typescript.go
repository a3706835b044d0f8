package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/selasar/selasar/internal/jsapi"
)

// typescript writes the catalogue for the SDKs.
func typescript(d *jsapi.Dialect) string {
	methods := d.Bindings
	var b strings.Builder
	fmt.Fprintf(&b, "// Code generated from the bindings in internal/jsapi/dialect/%s. DO NOT EDIT.\n\n", d.Name)
	fmt.Fprintf(&b, "/** The methods of %s, in the order of the page `%s`. */\nexport const METHODS = [\n", d.About.Generation, d.About.Page)
	for _, m := range methods {
		fmt.Fprintf(&b, "  %q,\n", m.Name())
	}
	b.WriteString("] as const;\n\n/** A method's name in the catalogue. */\nexport type MethodName = (typeof METHODS)[number];\n\n")
	b.WriteString("/** The first GoPay app version that has the method. */\nexport const SINCE: Record<MethodName, string> = {\n")
	for _, m := range methods {
		fmt.Fprintf(&b, "  %s: %q,\n", property(m.Name()), m.Since)
	}
	b.WriteString("};\n\n")
	aliases(&b, methods)
	params(&b, methods)
	results(&b, methods)
	entries(&b, d)
	return b.String()
}

func aliases(b *strings.Builder, methods []*jsapi.Binding) {
	b.WriteString("/** Other names that a page may call a method by. */\nexport const ALIASES: Readonly<Record<string, MethodName>> = {\n")
	for _, m := range methods {
		for _, alias := range m.Aliases {
			fmt.Fprintf(b, "  %s: %q,\n", property(alias), m.Name())
		}
	}
	b.WriteString("};\n\n")
}

func params(b *strings.Builder, methods []*jsapi.Binding) {
	b.WriteString("/** What each method takes. */\nexport interface Params {\n")
	for _, m := range methods {
		fmt.Fprintf(b, "  %s: %s;\n", property(m.Name()), m.Takes().TypeScript("  "))
	}
	b.WriteString("}\n\n")
}

func results(b *strings.Builder, methods []*jsapi.Binding) {
	b.WriteString("/** What each method's `data` holds on success. */\nexport interface Results {\n")
	for _, m := range methods {
		fmt.Fprintf(b, "  %s: %s;\n", property(m.Name()), m.Gives().TypeScript("  "))
	}
	b.WriteString("}\n\n")
}

const entryTypes = `/** One parameter of a method. */
export interface ParamEntry {
  name: string;
  type: "string" | "number" | "boolean" | "object" | "array";
  required: boolean;
}

/** One method as the catalogue declares it. */
export interface CatalogueEntry {
  aliases: readonly string[];
  /** The parameter that the page may pass bare, ` + "`getConsent(\"location\")`" + `. */
  positional?: string;
  since: string;
  /** The consent that the user must have given. */
  consent?: string;
  params: readonly ParamEntry[];
}

/** Every method of %s. */
export const CATALOGUE: Record<MethodName, CatalogueEntry> = {
`

func entries(b *strings.Builder, d *jsapi.Dialect) {
	fmt.Fprintf(b, entryTypes, d.About.Generation)
	for _, m := range d.Bindings {
		parts := []string{"aliases: " + list(m.Aliases)}
		if m.Positional != "" {
			parts = append(parts, fmt.Sprintf("positional: %q", m.Positional))
		}
		parts = append(parts, fmt.Sprintf("since: %q", m.Since))
		if m.Operation.Consent != "" {
			parts = append(parts, fmt.Sprintf("consent: %q", m.Operation.Consent))
		}
		var given []string
		for _, p := range m.Takes().Members() {
			given = append(given, fmt.Sprintf("{ name: %q, type: %q, required: %v }", p.Name, p.JSONType(), !p.Optional))
		}
		parts = append(parts, "params: ["+strings.Join(given, ", ")+"]")
		fmt.Fprintf(b, "  %s: { %s },\n", property(m.Name()), strings.Join(parts, ", "))
	}
	b.WriteString("};\n")
}

// property returns a name as a key of an object; a name with a class needs quotes.
func property(name string) string {
	if strings.Contains(name, ".") {
		return strconv.Quote(name)
	}
	return name
}

func list(texts []string) string {
	quoted := make([]string, len(texts))
	for i, t := range texts {
		quoted[i] = fmt.Sprintf("%q", t)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
