package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/dialect"
	"github.com/selasar/selasar/internal/jsapi/operation"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

const root = "../../.."

func TestFiles_agree_with_the_declarations(t *testing.T) {
	files, err := written(root, dialect.All)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range files {
		got, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
		if err != nil || string(got) != want {
			t.Errorf("%s differs from its declarations (%v): run make generate", path, err)
		}
	}
}

func TestOpenAPI_has_each_kind_of_ask_event_code_and_method(t *testing.T) {
	text, err := openapi(root, declared{dialect.All, ask.Declarations, bus.Declarations})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range ask.Declarations {
		names = append(names, d.Type, d.Answer)
	}
	for _, d := range bus.Declarations {
		names = append(names, d.Type)
	}
	for i, d := range dialect.All {
		for _, b := range d.Bindings {
			names = append(names, typeOf(d, b, i == 0)+"Params")
			if b.Gives().Kind() != schema.KindNull {
				names = append(names, typeOf(d, b, i == 0)+"Data")
			}
		}
	}
	for _, name := range append(names, "OpenAsk", "Answer", "DeviceReading", "DeviceAnswer", "LaunchEvent", "EndReason", "JsapiCode", "CallParams", "CallData", "AskedConsent", "Money") {
		if n := strings.Count(text, "\n    "+name+":"); n != 1 {
			t.Errorf("%s occurs %d times", name, n)
		}
	}
}

// other is a second dialect, with classes and a code that the first one lacks.
var other = jsapi.MustDialect(jsapi.Dialect{
	Name: "toy", About: jsapi.About{Surface: "Toy", Generation: "generation T", Page: "list-of-toys", Envelope: "Each returns a toy."},
	Bindings: []*jsapi.Binding{{Operation: operation.ReadLocation, Class: "GPToy", Method: "whereAmI"}},
	Codes:    []jsapi.CodeInfo{{Code: 7007, Name: "Toy broken", Constant: "ToyBroken", Meaning: "the toy is broken"}},
	Success:  func(*jsapi.Call, json.RawMessage, json.RawMessage) json.RawMessage { return nil },
	Failure:  func(*jsapi.Call, *problem.Problem) jsapi.Failure { return jsapi.Failure{} },
	AskFor:   func(consent.Name) string { return "" },
})

func TestFiles_contain_every_dialect(t *testing.T) {
	alone, err := written(root, dialect.All)
	if err != nil {
		t.Fatal(err)
	}
	both, err := written(root, append(slices.Clone(dialect.All), other))
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range alone {
		if path != "spec/openapi.yaml" && path != "web/simulator/src/control/methods.gen.ts" && both[path] != text {
			t.Errorf("a second dialect changes %s", path)
		}
	}
	for path, wants := range map[string][]string{
		"spec/openapi.yaml":                     {"\n    ToyGPToyWhereAmIParams:", "schemas/ToyGPToyWhereAmIData", "- 7007\n", "- \"toy\"\n"},
		"sdk/protocol/src/catalogue.toy.gen.ts": {"dialect/toy (toy)", "interface ToyMethods", `"GPToy.whereAmI": {`, "generation T", "list-of-toys"},
		"sdk/protocol/src/codes.toy.gen.ts":     {"ToyBroken: 7007", "list-of-toys"},
		"docs/jsapi-toy.md":                     {"methods of `Toy`", "Each returns a toy.", "GPToy.whereAmI"},

		"web/simulator/src/control/methods.gen.ts": {"  \"toy\": {\n    \"GPToy.whereAmI\": "},
		"spec/vectors/jsapi-toy.json":              {`"GPToy.whereAmI"`, "7007"},
	} {
		for _, want := range wants {
			if !strings.Contains(both[path], want) {
				t.Errorf("%s lacks %s", path, want)
			}
		}
	}
}
