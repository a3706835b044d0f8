package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/money"
)

// typescript returns the module with the data of every event.
func typescript() string {
	var b strings.Builder
	b.WriteString("// Generated from internal/journal/event by `go generate`; do not edit.\n\n")
	b.WriteString("export interface Money {\n  value: string;\n  currency: string;\n}\n\n")
	b.WriteString(shapes())
	b.WriteString("/** The data of each event, by its name. */\nexport interface EventData {\n")
	for _, d := range event.Declared() {
		fmt.Fprintf(&b, "  /** %s */\n  %q: %s;\n", d.When, d.Name, typeOf(d.Data))
	}
	b.WriteString("}\n\nexport type EventName = keyof EventData;\n\n")
	union(&b)
	for _, list := range event.Codes() {
		words(&b, list)
	}
	b.WriteString("/** The noun that a title begins with, in English and Indonesian; it names the kind. */\n")
	b.WriteString("export const NOUNS: Partial<Record<EventName, { en: string; id: string }>> = {\n")
	for _, d := range event.Declared() {
		if d.Noun.English != "" {
			fmt.Fprintf(&b, "  %q: { en: %q, id: %q },\n", d.Name, d.Noun.English, d.Noun.Indonesian)
		}
	}
	b.WriteString("};\n")
	return b.String()
}

// union writes the union of all entries by their event, and the kinds of entry.
func union(b *strings.Builder) {
	var kinds []string
	b.WriteString("/** The event of an entry with the kind and the data that belong to it. Switch over `event`. */\nexport type Told =\n")
	for _, d := range event.Declared() {
		fmt.Fprintf(b, "  | { event: %q; kind: %q; detail%s: %s }\n", d.Name, d.Kind, optional(d.Data), typeOf(d.Data))
		if kind := strconv.Quote(string(d.Kind)); !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	fmt.Fprintf(b, "  /** Of a version before events had names. */\n  | { event?: undefined; kind: Kind; detail?: unknown };\n\nexport type Kind = %s;\n\n", strings.Join(kinds, " | "))
}

func optional(data reflect.Type) string {
	if typeOf(data) == "undefined" {
		return "?"
	}
	return ""
}

// words writes the texts of a list of codes, for a page that shows a code beside the
// entry's own texts. A text that needs other data is not in the list.
func words(b *strings.Builder, list event.CodeList) {
	if slices.ContainsFunc(list.Codes, func(c event.Code) bool { return strings.Contains(c.Words.English, "{") }) {
		return
	}
	name := list.Type.Name()
	fmt.Fprintf(b, "export const %s_TEXTS: Record<%s, { en: string; id: string }> = {\n", strings.ToUpper(name), name)
	for _, code := range list.Codes {
		fmt.Fprintf(b, "  %q: { en: %q, id: %q },\n", code.Code, code.Words.English, code.Words.Indonesian)
	}
	b.WriteString("};\n\n")
}

// shapes returns the types of codes and data that the events use, by name.
func shapes() string {
	used := map[string]string{}
	for _, d := range event.Declared() {
		collect(d.Data, used)
	}
	for _, more := range []reflect.Type{reflect.TypeFor[event.CallCheck](), reflect.TypeFor[event.CallResult]()} { // of members of any type
		collect(more, used)
	}
	var b strings.Builder
	for _, name := range sortedKeys(used) {
		b.WriteString(used[name] + "\n")
	}
	return b.String()
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// collect adds the declaration of a type and of the types of its members.
func collect(t reflect.Type, used map[string]string) {
	switch {
	case t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8:
		collect(t.Elem(), used)
	case codesOf(t) != nil:
		used[t.Name()] = fmt.Sprintf("export type %s = %s;\n", t.Name(), strings.Join(codesOf(t), " | "))
	case t.Kind() == reflect.Struct && t != reflect.TypeFor[event.None]() && used[typeOf(t)] == "":
		used[typeOf(t)] = "export interface " + typeOf(t) + " {\n" + members(t) + "}\n"
		for _, field := range reflect.VisibleFields(t) {
			if !field.Anonymous {
				collect(field.Type, used)
			}
		}
	}
}

func members(t reflect.Type) string {
	var b strings.Builder
	for _, field := range reflect.VisibleFields(t) {
		if field.Anonymous {
			continue
		}
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		optional := ""
		if options == "omitempty" {
			optional = "?"
		}
		fmt.Fprintf(&b, "  %s%s: %s;\n", name, optional, memberType(field, options))
	}
	return b.String()
}

func memberType(field reflect.StructField, options string) string {
	if written := field.Tag.Get("ts"); written != "" {
		return written
	}
	t := typeOf(field.Type)
	if options != "omitempty" && (field.Type.Kind() == reflect.Slice && t != "unknown" || field.Type.Kind() == reflect.Pointer) {
		return t + " | null"
	}
	return t
}

// codesOf returns the codes of a type in quotes; nil for another type.
func codesOf(t reflect.Type) (codes []string) {
	for _, list := range event.Codes() {
		if list.Type == t {
			for _, code := range list.Codes {
				codes = append(codes, strconv.Quote(code.Code))
			}
		}
	}
	return codes
}

// typeOf returns the name of a type in TypeScript.
func typeOf(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[money.Rupiah]():
		return "Money"
	case t == reflect.TypeFor[json.RawMessage]():
		return "unknown"
	case t == reflect.TypeFor[event.Patch]():
		return "Record<string, unknown>"
	case t == reflect.TypeFor[event.None]():
		return "undefined"
	case codesOf(t) != nil:
		return t.Name()
	}
	switch t.Kind() {
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int64, reflect.Float64:
		return "number"
	case reflect.Pointer:
		return typeOf(t.Elem())
	case reflect.Slice:
		return typeOf(t.Elem()) + "[]"
	case reflect.Map:
		return "Record<string, " + typeOf(t.Elem()) + ">"
	case reflect.Struct:
		return t.Name() + "Data"
	default:
		return "unknown"
	}
}
