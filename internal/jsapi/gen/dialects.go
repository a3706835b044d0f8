package main

import (
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
)

// dialectSchemas writes the names and the codes of the dialects, and the parameters and
// results of their methods. Parameters of any form are accepted, because a call with
// wrong ones has a result too.
func dialectSchemas(dialects []*jsapi.Dialect) schema.Node {
	results := []any{schema.Node{{Name: "type", Value: "null"}}}
	var params, codes []any
	var names []string
	var methods schema.Node
	for i, d := range dialects {
		for _, name := range []string{d.Name, d.Family} {
			if name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		for _, c := range d.Codes {
			if code := int(c.Code); !slices.Contains(codes, any(code)) {
				codes = append(codes, code)
			}
		}
		for _, b := range d.Bindings {
			name := typeOf(d, b, i == 0)
			params = append(params, ref(name+"Params"))
			methods = append(methods, schema.Pair{Name: name + "Params", Value: b.Takes().Definition(components)})
			if b.Gives().Kind() != schema.KindNull {
				results = append(results, ref(name+"Data"))
				methods = append(methods, schema.Pair{Name: name + "Data", Value: b.Gives().Definition(components)})
			}
		}
	}
	params = append(params, schema.Node{{Name: "description", Value: "Other parameters have a result with the code of the mistake."}})
	all := schema.Node{
		{Name: "DialectName", Value: schema.Enum(names...).Doc("The dialect of a call; the default is " + names[0] + ".").Definition(components)},
		{Name: "JsapiCode", Value: schema.Node{{Name: "enum", Value: codes}}},
	}
	return append(append(all, methods...),
		schema.Pair{Name: "CallParams", Value: schema.Node{{Name: "anyOf", Value: params}}},
		schema.Pair{Name: "CallData", Value: schema.Node{{Name: "anyOf", Value: results}}},
	)
}

// typeOf returns the name of a method in names of types: "GetLocation" in the default
// dialect, "ToyGPLocationGetLocation" in another.
func typeOf(d *jsapi.Dialect, b *jsapi.Binding, first bool) string {
	if first {
		return typeName(b.Class, b.Method)
	}
	return typeName(d.Name, b.Class, b.Method)
}

func typeName(parts ...string) string {
	var name strings.Builder
	for _, part := range parts {
		for word := range strings.SplitSeq(part, "-") {
			if word != "" {
				name.WriteString(sentence(word))
			}
		}
	}
	return name.String()
}
