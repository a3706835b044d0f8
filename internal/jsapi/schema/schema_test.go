package schema_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/jsapi/schema"
)

// order is an object with a value of every kind.
var order = schema.Object(
	schema.Required("name", schema.String().Length(2, 5)),
	schema.Optional("count", schema.Integer().Range(0, 9)),
	schema.Default("size", schema.Enum("small", "large"), "small"),
	schema.Optional("ratio", schema.Number().Range(-1, 1)),
	schema.Optional("hot", schema.Boolean()),
	schema.Optional("tags", schema.List(schema.String()).Length(0, 2)),
	schema.Optional("notes", schema.Map(schema.Object(schema.Required("text", schema.String())))),
	schema.Optional("photo", schema.Blob()),
	schema.Optional("extra", schema.Any()),
)

func TestRead_returns_reason_and_path_of_a_fault(t *testing.T) {
	for raw, want := range map[string]struct {
		reason schema.Reason
		text   string
	}{
		`{}`:            {schema.Missing, "name is missing"},
		``:              {schema.Missing, "name is missing"},
		`null`:          {schema.Missing, "name is missing"},
		`{"name":null}`: {schema.WrongType, "name must be a string, got null"},
		`{"name":"abc","notes":{"a":{"text":null}}}`: {schema.WrongType, "notes.a.text must be a string, got null"},
		`[]`:                                  {schema.WrongType, "the value must be an object, got array"},
		`{"name":1}`:                          {schema.WrongType, "name must be a string, got number"},
		`{"name":"a"}`:                        {schema.BadValue, "name is 1 bytes long; at least 2"},
		`{"name":""}`:                         {schema.BadValue, "name is empty"},
		`{"name":"abcdef"}`:                   {schema.BadValue, "name is 6 bytes long; at most 5"},
		`{"name":"abc","count":1.5}`:          {schema.BadValue, "count must be a whole number"},
		`{"name":"abc","count":10}`:           {schema.BadValue, "count must be from 0 to 9"},
		`{"name":"abc","count":-1}`:           {schema.BadValue, "count must be from 0 to 9"},
		`{"name":"abc","ratio":-1.01}`:        {schema.BadValue, "ratio must be from -1 to 1"},
		`{"name":"abc","size":"huge"}`:        {schema.BadValue, "size must be one of small, large"},
		`{"name":"abc","hot":"yes"}`:          {schema.WrongType, "hot must be a boolean, got string"},
		`{"name":"abc","tags":["a",1]}`:       {schema.WrongType, "tags[1] must be a string, got number"},
		`{"name":"abc","tags":["a","b","c"]}`: {schema.BadValue, "tags has 3 entries; at most 2"},
		`{"name":"abc","notes":{"a":{}}}`:     {schema.Missing, "notes.a.text is missing"},
		`{"name":"abc","photo":1}`:            {schema.WrongType, "photo must be a string, got number"},
		`{"name":"abc","name":"abd"}`:         {schema.BadValue, "the value is not valid JSON: a name twice, or broken text"},
	} {
		_, _, fault := order.Read([]byte(raw))
		if fault == nil || fault.Reason != want.reason || fault.Error() != want.text {
			t.Errorf("%s: got %v, want %q", raw, fault, want.text)
		}
	}
}

func TestRead_fills_defaults_and_reports_unknown_names(t *testing.T) {
	v, unknown, fault := order.Read([]byte(`{"z":1,"name":"abc","a":{"b":1},"count":3,"hot":true,"ratio":null,"extra":[1]}`))
	if fault != nil {
		t.Fatal(fault)
	}
	if v.Text("name") != "abc" || v.Number("count") != 3 || !v.Bool("hot") || v.Text("size") != "small" {
		t.Errorf("read %v", v)
	}
	if _, there := v["ratio"]; there {
		t.Errorf("null was read as a value: %v", v)
	}
	if strings.Join(unknown, " ") != "a z" {
		t.Errorf("unknown: %v", unknown)
	}
	if _, _, fault := order.Read([]byte(`{"name":"abc","notes":{"a":{"text":"x","other":1}}}`)); fault != nil {
		t.Errorf("an unknown name further inside: %v", fault)
	}
}

func TestRead_limits_a_string_without_its_own_limit(t *testing.T) {
	s := schema.Object(schema.Required("a", schema.String()))
	long := `{"a":"` + strings.Repeat("x", 4097) + `"}`
	if _, _, fault := s.Read([]byte(long)); fault == nil {
		t.Error("4097 bytes were read")
	}
	if fault := s.Check([]byte(long)); fault != nil {
		t.Errorf("a long string in a result is refused: %v", fault)
	}
}

func TestCheck_refuses_an_invalid_result(t *testing.T) {
	for raw, want := range map[string]string{
		`{"name":"abc"}`: "",
		`{"name":"abc","size":"large","hot":false}`:       "",
		`{"name":"abc","other":1}`:                        "other is not declared",
		`{"name":"abc","hot":null}`:                       "hot is missing",
		`{"name":"abc","notes":{"a":{"text":"x","b":1}}}`: "notes.a.b is not declared",
		`null`: "the value must be an object, got null",
	} {
		fault := order.Check([]byte(raw))
		if got := ""; fault != nil && fault.Error() != want || fault == nil && want != got {
			t.Errorf("%s: got %v, want %q", raw, fault, want)
		}
	}
	if fault := schema.Null().Check([]byte("null")); fault != nil {
		t.Error(fault)
	}
}

func TestMask_masks_secrets_only(t *testing.T) {
	s := schema.Object(
		schema.Required("open", schema.String()),
		schema.Optional("code", schema.String().Secret()),
		schema.Optional("list", schema.List(schema.Object(schema.Required("pin", schema.String().Secret())))),
		schema.Optional("map", schema.Map(schema.String().Secret())),
	)
	for raw, want := range map[string]string{
		`{"open":"abcdefghijkl"}`:                               "same",
		`{"open":"a", "code":"abcdefghijkl"}`:                   `{"open":"a","code":"abc•••jkl"}`,
		`{"code":"12345678"}`:                                   `{"code":"•••"}`,
		`{"code":{"a":"abcdefghijkl"}}`:                         `{"code":"•••"}`,
		`{"c\u006fde":"abcdefghijkl"}`:                          `{"c\u006fde":"abc•••jkl"}`,
		`{"list":[{"pin":"123456789"},{"other":1}],"open":"x"}`: `{"list":[{"pin":"123•••789"},{"other":1}],"open":"x"}`,
		`{"list":"123456789"}`:                                  `{"list":"•••"}`,
		`{"map":{"a":"123456789","b":"1"}}`:                     `{"map":{"a":"123•••789","b":"•••"}}`,
		`["123456789"]`:                                         `"•••"`,
		`{"code":"abc`:                                          `"•••"`,
		`{"code":"abcdefghijkl","code":"mnopqrstuvwx"}`:         `{"code":"abc•••jkl","code":"mno•••vwx"}`,
		`null`: "same",
	} {
		if want == "same" {
			want = raw
		}
		if got := string(s.Mask([]byte(raw))); got != want {
			t.Errorf("%s: got %s, want %s", raw, got, want)
		}
	}
	if raw := []byte(`{broken`); string(order.Mask(raw)) != string(raw) {
		t.Error("a schema without secrets changed a text")
	}
}

func TestTypeScript(t *testing.T) {
	s := schema.Object(
		schema.Required("a", schema.Number().Doc("One.")),
		schema.Optional("b-c", schema.List(schema.Enum("x", "y"))),
		schema.Required("d", schema.Object(schema.Required("e", schema.Integer())).Titled("Inner")),
		schema.Required("f", schema.Map(schema.Any())),
	)
	want := `{
  /** One. */
  a: number;
  "b-c"?: ("x" | "y")[];
  d: Inner;
  f: Record<string, unknown>;
}`
	if got := s.TypeScript(""); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestJSONSchema(t *testing.T) {
	s := schema.Object(
		schema.Required("a", schema.Integer().Range(0, 5).Doc("One.")),
		schema.Default("b", schema.Enum("x", "y"), "x"),
		schema.Optional("c", schema.List(schema.Object().Titled("Inner")).Length(1, 2)),
		schema.Optional("d", schema.Map(schema.String().Length(0, 9))),
		schema.Optional("e", schema.Any()),
	)
	want := "[{type object} {required [a]} {properties [{a [{type integer} {description One.} {minimum 0} {maximum 5}]} " +
		"{b [{enum [x y]} {default x}]} {c [{type array} {minItems 1} {maxItems 2} {items [{$ref #/Inner}]}]} " +
		"{d [{type object} {additionalProperties [{type string} {maxLength 9}]}]} {e []}]} {additionalProperties false}]"
	if got := fmt.Sprint(s.JSONSchema("#/")); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestRenamed_leaves_the_original_unchanged(t *testing.T) {
	renamed := order.Renamed(map[string]string{"name": "title", "none": "x"})
	if _, ok := renamed.Member("title"); !ok {
		t.Error("the member does not have its new name")
	}
	if _, ok := order.Member("name"); !ok {
		t.Error("the original lost its member")
	}
}
