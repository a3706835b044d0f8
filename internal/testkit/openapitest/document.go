// Package openapitest compares a server with its OpenAPI document: the operations, and
// the form of each answer.
package openapitest

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// Document is an OpenAPI document, with a compiler for the schemas in it.
type Document struct {
	Root map[string]any

	compiler *jsonschema.Compiler
	lock     sync.Mutex
	schemas  map[string]*jsonschema.Schema
}

const documentURL = "https://selasar.example/openapi.json"

// Parse parses a document of the repository in YAML. It panics on a text that is no
// document.
func Parse(text []byte) *Document {
	var root map[string]any
	if err := yaml.Unmarshal(text, &root); err != nil {
		panic(err)
	}
	data, err := json.Marshal(root)
	if err != nil {
		panic(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		panic(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource(documentURL, value); err != nil {
		panic(err)
	}
	return &Document{Root: value.(map[string]any), compiler: compiler, schemas: map[string]*jsonschema.Schema{}}
}

// At returns the value at a path of names below the pointer where. It follows references.
// The second result is the pointer to the value.
func (d *Document) At(where string, names ...string) (value any, pointer string) {
	value, pointer = d.Root, ""
	for _, name := range append(split(where), names...) {
		members, _ := value.(map[string]any)
		value, pointer = members[name], pointer+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
		members, _ = value.(map[string]any)
		if ref, ok := members["$ref"].(string); ok {
			pointer = strings.TrimPrefix(ref, "#")
			value, _ = d.At(pointer)
		}
	}
	return value, pointer
}

func split(pointer string) (names []string) {
	if pointer == "" {
		return nil
	}
	for _, name := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		names = append(names, strings.NewReplacer("~1", "/", "~0", "~").Replace(name))
	}
	return names
}

// Validate validates a value against the schema at a pointer.
func (d *Document) Validate(pointer string, value any) error {
	d.lock.Lock()
	defer d.lock.Unlock()
	schema := d.schemas[pointer]
	if schema == nil {
		var err error
		if schema, err = d.compiler.Compile(documentURL + "#" + pointer); err != nil {
			return err
		}
		d.schemas[pointer] = schema
	}
	return schema.Validate(value)
}

// Operations returns all operations by name: "METHOD /path".
func (d *Document) Operations() map[string]map[string]any {
	all := map[string]map[string]any{}
	for path, item := range d.Root["paths"].(map[string]any) {
		for _, method := range strings.Fields("GET PUT POST DELETE PATCH") {
			if operation, ok := item.(map[string]any)[strings.ToLower(method)].(map[string]any); ok {
				all[method+" "+path] = operation
			}
		}
	}
	return all
}

// operationOf returns the name of the operation of a request; empty for none.
func (d *Document) operationOf(method, path string) (name string) {
	parts := strings.Split(path, "/")
	for candidate := range d.Operations() {
		wanted, template, _ := strings.Cut(candidate, " ")
		if wanted == method && matches(strings.Split(template, "/"), parts) && (name == "" || strings.Contains(name, "{")) {
			name = candidate
		}
	}
	return name
}

func matches(template, parts []string) bool {
	return slices.EqualFunc(template, parts, func(want, got string) bool {
		return want == got || strings.HasPrefix(want, "{") && got != ""
	})
}
