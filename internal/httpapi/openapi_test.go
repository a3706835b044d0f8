package httpapi_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"mime"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/spec"
)

// document is spec/openapi.yaml, with a compiler for the schemas in it.
type document struct {
	root     map[string]any
	compiler *jsonschema.Compiler
	lock     sync.Mutex
	schemas  map[string]*jsonschema.Schema
	answered map[string]bool // operations that the tests have seen succeed
}

var openAPI = sync.OnceValue(func() *document {
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
	return &document{root: value.(map[string]any), compiler: compiler, schemas: map[string]*jsonschema.Schema{}, answered: map[string]bool{}}
})

const documentURL = "https://selasar.example/openapi.json"

// at gives what stands under a path of names, following references; where is
// the pointer to it.
func (d *document) at(where string, names ...string) (value any, pointer string) {
	value, pointer = d.root, ""
	for _, name := range append(pointed(where), names...) {
		members, _ := value.(map[string]any)
		value, pointer = members[name], pointer+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
		members, _ = value.(map[string]any)
		if ref, ok := members["$ref"].(string); ok {
			pointer = strings.TrimPrefix(ref, "#")
			value, _ = d.at(pointer)
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

// validate checks a value against the schema at a pointer.
func (d *document) validate(pointer string, value any) error {
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

// operations are all of the document, as "METHOD /path".
func (d *document) operations() map[string]map[string]any {
	all := map[string]map[string]any{}
	for path, item := range d.root["paths"].(map[string]any) {
		for _, method := range strings.Fields("GET PUT POST DELETE PATCH") {
			if operation, ok := item.(map[string]any)[strings.ToLower(method)].(map[string]any); ok {
				all[method+" "+path] = operation
			}
		}
	}
	return all
}

// securities are what stands in the document for what a route demands.
var securities = map[httpapi.Demand]string{
	httpapi.OwnOrigin: "", httpapi.LocalHost: "", httpapi.Socket: "", "none": "", httpapi.Launch: "launchToken", httpapi.Basic: "basic", httpapi.Bearer: "authToken",
	httpapi.ClientKey: "clientKey rsaSignature", httpapi.Signed: "accessToken hmacSignature", httpapi.ServerKey: "serverKey",
}

func TestOpenAPI_has_every_route_with_what_it_demands_and_no_other(t *testing.T) {
	want := map[string]httpapi.Demand{}
	for _, r := range start(t).api.Routes() {
		want[r.Pattern] = r.Demand
	}
	for _, open := range []string{"GET /healthz", "GET /openapi.yaml", "GET /sdk/{file}", "GET /"} {
		want[open] = "none"
	}
	for name, operation := range openAPI().operations() {
		demand, ok := want[name]
		if !ok {
			t.Errorf("the server has no %s", name)
		}
		delete(want, name)
		var schemes []string
		list, _ := operation["security"].([]any)
		for _, one := range list {
			schemes = append(schemes, slices.Sorted(maps.Keys(one.(map[string]any)))...)
		}
		if operation["x-demand"] != string(demand) || strings.Join(schemes, " ") != securities[demand] {
			t.Errorf("%s demands %q, the document says %q with %q", name, demand, operation["x-demand"], schemes)
		}
		for _, member := range []string{"summary", "operationId", "tags", "responses"} {
			if operation[member] == nil {
				t.Errorf("%s has no %s", name, member)
			}
		}
	}
	for name := range want {
		t.Errorf("the document has no %s", name)
	}
}

// The server's source names what it mounts beside the doors' prefixes.
func TestOpenAPI_has_all_that_the_server_mounts(t *testing.T) {
	source, err := os.ReadFile("../dev/doors.go")
	must(t, err)
	_, handler, _ := strings.Cut(string(source), "\nfunc (d *Platform) handler()")
	handler, _, _ = strings.Cut(handler, "\n}\n")
	mounts := start(t).api.Prefixes()
	for _, mount := range regexp.MustCompile(`"(/[^"]*)"`).FindAllStringSubmatch(handler, -1) {
		mounts = append(mounts, mount[1])
	}
	if len(mounts) < 8 || !slices.Contains(mounts, "/sdk/") {
		t.Fatalf("found %q", mounts)
	}
	for _, mount := range mounts {
		found := false
		for path := range openAPI().root["paths"].(map[string]any) {
			found = found || path == mount || mount != "/" && strings.HasSuffix(mount, "/") && strings.HasPrefix(path, mount)
		}
		if !found {
			t.Errorf("nothing in the document lies below %s", mount)
		}
	}
}

func TestOpenAPI_examples_are_valid(t *testing.T) {
	checked := 0
	var walk func(pointer string, value any)
	walk = func(pointer string, value any) {
		switch value := value.(type) {
		case []any:
			return
		case map[string]any:
			if content, ok := value["content"].(map[string]any); ok {
				for kind := range content {
					checked += checkExamples(t, pointer+"/content/"+strings.ReplaceAll(kind, "/", "~1"))
				}
			}
			for name, member := range value {
				walk(pointer+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(name), member)
			}
		}
	}
	walk("", openAPI().root)
	if checked < 60 {
		t.Errorf("only %d examples", checked)
	}
}

func checkExamples(t *testing.T, pointer string) (checked int) {
	t.Helper()
	value, _ := openAPI().at(pointer)
	media := value.(map[string]any)
	examples := map[string]any{}
	if one, ok := media["example"]; ok {
		examples["example"] = one
	}
	several, _ := media["examples"].(map[string]any)
	for name, one := range several {
		examples[name] = one.(map[string]any)["value"]
	}
	for name, example := range examples {
		if err := openAPI().validate(pointer+"/schema", example); err != nil {
			t.Errorf("%s %s: %v", pointer, name, err)
		}
	}
	return len(examples)
}

func TestOpenAPI_is_served_to_every_page(t *testing.T) {
	t.Parallel()
	got := start(t).get("/openapi.yaml", with("Origin", "https://editor.example"))
	if !bytes.Equal(got.body, spec.OpenAPI) || got.header.Get("Access-Control-Allow-Origin") != "*" || got.header.Get("Content-Type") != "application/yaml" {
		t.Errorf("%v %.80s", got.header, got.body)
	}
}

func TestOpenAPI_names_the_SDK_files(t *testing.T) {
	t.Parallel()
	d := start(t)
	parameter := openAPI().operations()["GET /sdk/{file}"]["parameters"].([]any)[0].(map[string]any)
	for _, file := range parameter["schema"].(map[string]any)["enum"].([]any) {
		d.get("/sdk/" + file.(string))
	}
}

// operationOf finds the operation of a request; empty for none.
func (d *document) operationOf(method, path string) (name string) {
	parts := strings.Split(path, "/")
	for candidate := range d.operations() {
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

// documented checks that an answer of the server is one that stands in the
// document. Every answer that the tests of this package get passes here.
func (a answer) documented(r *http.Request) {
	a.t.Helper()
	d := openAPI()
	name := d.operationOf(r.Method, r.URL.Path)
	if name == "" {
		return
	}
	method, path, _ := strings.Cut(name, " ")
	value, pointer := d.at("/paths", path, strings.ToLower(method), "responses", strconv.Itoa(a.status))
	response, ok := value.(map[string]any)
	if !ok {
		a.t.Errorf("%s: the document has no status %d: %.300s", a.what, a.status, a.body)
		return
	}
	if a.status < 400 {
		d.lock.Lock()
		d.answered[name] = true
		d.lock.Unlock()
	}
	content, _ := response["content"].(map[string]any)
	kind, _, _ := mime.ParseMediaType(a.header.Get("Content-Type"))
	switch {
	case content == nil && len(a.body) == 0 || a.status == http.StatusSeeOther:
	case content[kind] == nil:
		a.t.Errorf("%s: the document has no %q for status %d: %.300s", a.what, kind, a.status, a.body)
	case kind == "application/json":
		body, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.body))
		if err == nil {
			err = d.validate(pointer+"/content/application~1json/schema", body)
		}
		if err != nil {
			a.t.Errorf("%s: status %d is not as the document says: %v\n%.600s", a.what, a.status, err, a.body)
		}
	}
}
