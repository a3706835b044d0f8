package apitest

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/selasar/selasar/spec"
)

// document is spec/openapi.yaml, with a compiler for the schemas in it.
type document struct {
	Root     map[string]any
	compiler *jsonschema.Compiler
	lock     sync.Mutex
	schemas  map[string]*jsonschema.Schema
	answered map[string]bool // operations that the tests have seen succeed
}

var OpenAPI = sync.OnceValue(func() *document {
	var root map[string]any
	if err := yaml.Unmarshal(spec.OpenAPI, &root); err != nil {
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
	return &document{Root: value.(map[string]any), compiler: compiler, schemas: map[string]*jsonschema.Schema{}, answered: map[string]bool{}}
})

const documentURL = "https://selasar.example/openapi.json"

// At gives what stands under a path of names, following references; where is
// the pointer to it.
func (d *document) At(where string, names ...string) (value any, pointer string) {
	value, pointer = d.Root, ""
	for _, name := range append(pointed(where), names...) {
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

func pointed(pointer string) (names []string) {
	if pointer == "" {
		return nil
	}
	for _, name := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		names = append(names, strings.NewReplacer("~1", "/", "~0", "~").Replace(name))
	}
	return names
}

// Validate checks a value against the schema at a pointer.
func (d *document) Validate(pointer string, value any) error {
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

// Operations are all of the document, as "METHOD /path".
func (d *document) Operations() map[string]map[string]any {
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

// operationOf finds the operation of a request; empty for none.
func (d *document) operationOf(method, path string) (name string) {
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
