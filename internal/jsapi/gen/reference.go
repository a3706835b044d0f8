package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
)

const referenceHead = `<!-- Generated from the bindings in internal/jsapi/dialect/%s. Do not edit. -->
# JSAPI reference

These are the methods of ` + "`%s`" + ` in Selasar. %s

| method | parameters | needs the consent | since GoPay |
| --- | --- | --- | --- |
`

// reference writes docs/jsapi.md.
func reference(d *jsapi.Dialect) string {
	var b strings.Builder
	fmt.Fprintf(&b, referenceHead, cmp.Or(d.Family, d.Name), d.About.Surface, d.About.Envelope)
	for _, m := range d.Bindings {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s | %s |\n", code(signature(m)), strings.ToLower(m.Name()), paramNames(m), orNone(string(m.Operation.Consent)), m.Since)
	}
	for _, m := range d.Bindings {
		section(&b, d, m)
	}
	codes(&b, d)
	return b.String()
}

// sample returns a call of a method, as a page writes it.
func sample(d *jsapi.Dialect, m *jsapi.Binding) string {
	if d.About.Sample == nil {
		return "const result = await miniAppSdk." + signature(m) + ";"
	}
	params := "{}"
	if all := names(m); len(all) > 0 {
		params = "{ " + strings.Join(all, ", ") + " }"
	}
	return d.About.Sample(m.Class, m.Method, params)
}

func section(b *strings.Builder, d *jsapi.Dialect, m *jsapi.Binding) {
	fmt.Fprintf(b, "\n## %s\n\n%s", m.Name(), m.Operation.Summary)
	if len(m.Aliases) > 0 {
		fmt.Fprintf(b, " Also called %s.", code(m.Aliases...))
	}
	fmt.Fprintf(b, " Documented on the page `%s`.\n\n```js\n%s\n```\n", m.Page, sample(d, m))
	if params := m.Takes().Members(); len(params) > 0 {
		b.WriteString("\n| parameter | type | |\n| --- | --- | --- |\n")
		rows(b, params)
	}
	members := m.Gives().Members()
	if len(members) == 0 {
		b.WriteString("\n" + without(d) + "\n")
	} else {
		b.WriteString("\n| `data` | type | |\n| --- | --- | --- |\n")
		rows(b, members)
	}
	if m.BesideSchema != nil {
		b.WriteString("\n| beside `data` | type | |\n| --- | --- | --- |\n")
		rows(b, m.BesideSchema.Members())
	}
}

// without is the sentence for a success without data.
func without(d *jsapi.Dialect) string {
	if d.About.Sample == nil {
		return "`data` is `null` on success."
	}
	return "A success has no `data`."
}

func rows(b *strings.Builder, members []schema.Member) {
	for _, m := range members {
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", m.Name, strings.ReplaceAll(m.TypeScript(""), "|", "\\|"), m.Text())
	}
}

func codes(b *strings.Builder, d *jsapi.Dialect) {
	b.WriteString("\n## Error codes\n\nThe checks run in this order, and the first failure is the answer: launch (203), method and app version (100), device (400),\n" +
		"parameters (200, 201, 202), permission and consent (300), network (401), super app (500). The message starts with the name of\n" +
		"its code, and then describes the mistake and the remedy.\n\n| code | name | when |\n| --- | --- | --- |\n")
	for _, c := range d.Codes {
		fmt.Fprintf(b, "| %d | %s | %s |\n", c.Code, c.Name, c.Meaning)
	}
}

func signature(m *jsapi.Binding) string {
	switch {
	case len(m.Takes().Members()) == 0:
		return m.Name() + "()"
	case m.Positional != "":
		return m.Name() + "(" + m.Positional + ")"
	default:
		return m.Name() + "({ " + strings.Join(names(m), ", ") + " })"
	}
}

func names(m *jsapi.Binding) []string {
	var list []string
	for _, p := range m.Takes().Members() {
		list = append(list, p.Name)
	}
	return list
}

func paramNames(m *jsapi.Binding) string { return orNone(strings.Join(names(m), ", ")) }

func orNone(text string) string {
	if text == "" {
		return "–"
	}
	return code(text)
}

func code(texts ...string) string { return "`" + strings.Join(texts, "`, `") + "`" }
