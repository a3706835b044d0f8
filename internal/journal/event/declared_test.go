package event

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/miniapp"
)

var form = regexp.MustCompile(`^[a-z]+(_[a-z]+)*\.[a-z]+$`)

func TestDeclared_names_are_unique_and_in_the_form_noun_dot_verb(t *testing.T) {
	seen := map[journal.Name]bool{}
	for _, d := range Declared() {
		if !form.MatchString(string(d.Name)) || seen[d.Name] {
			t.Errorf("the name %q is taken, or not of the form noun.verb", d.Name)
		}
		seen[d.Name] = true
		if d.Kind == "" || d.Outcome == "" || !strings.HasSuffix(d.When, ".") {
			t.Errorf("%s lacks its kind, its outcome or the sentence that says when it happens", d.Name)
		}
	}
	if len(seen) < 50 {
		t.Errorf("only %d events are declared", len(seen))
	}
}

func TestDeclared_texts_are_there_in_both_languages_or_in_none(t *testing.T) {
	for _, d := range Declared() {
		if d.Title.English == "" {
			t.Errorf("%s has no title", d.Name)
		}
		for what, text := range map[string]language.Text{"noun": d.Noun, "title": d.Title, "message": d.Message, "next": d.Next} {
			if (text.English == "") != (text.Indonesian == "") {
				t.Errorf("the %s of %s is there in one language only: %+v", what, d.Name, text)
			}
		}
	}
}

// codes are the types of codes with the values that data can have.
func codes(t *testing.T) map[reflect.Type][]string {
	list := map[reflect.Type][]string{}
	known := map[string]reflect.Type{}
	for _, of := range []reflect.Type{
		reflect.TypeFor[Reason](), reflect.TypeFor[Settler](), reflect.TypeFor[TryReason](), reflect.TypeFor[NoteCode](), reflect.TypeFor[RewardAdvice](),
		reflect.TypeFor[UnreachReason](), reflect.TypeFor[ExitReason](), reflect.TypeFor[MessageKind](), reflect.TypeFor[RewardType](), reflect.TypeFor[ConsentName](),
	} {
		known[of.Name()] = of
	}
	for of, values := range constants(t, "*.go") {
		if known[of] != nil {
			list[known[of]] = values
		}
	}
	list[known["MessageKind"]] = []string{string(miniapp.PushTemplate), string(miniapp.ReminderTemplate)}
	for _, one := range miniapp.RewardTypes {
		list[known["RewardType"]] = append(list[known["RewardType"]], string(one))
	}
	list[known["ConsentName"]] = constants(t, "../../consent/name.go")["Name"] // its package imports this one
	for name, of := range known {
		if len(list[of]) == 0 {
			t.Errorf("no value of %s is known", name)
		}
	}
	return list
}

// constants reads the typed constants in files, by the name of their type.
func constants(t *testing.T, pattern string) map[string][]string {
	found := map[string][]string{}
	files, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || spec.Type == nil || len(spec.Values) != 1 {
				return true
			}
			of, named := spec.Type.(*ast.Ident)
			value, literal := spec.Values[0].(*ast.BasicLit)
			if named && literal && value.Kind == token.STRING {
				text, _ := strconv.Unquote(value.Value)
				found[of.Name] = append(found[of.Name], text)
			}
			return true
		})
	}
	return found
}

func TestCodes_have_words_in_both_languages(t *testing.T) {
	for of, values := range codes(t) {
		for _, value := range values {
			v := reflect.New(of).Elem()
			v.SetString(value)
			if of == reflect.TypeFor[NoteCode]() {
				v = reflect.ValueOf(CallNote{Code: NoteCode(value)})
			}
			if text := v.Interface().(worded).wording(); text.English == "" || text.Indonesian == "" {
				t.Errorf("%s %q lacks words: %+v", of.Name(), value, text)
			}
			if code, ok := v.Interface().(advising); ok {
				if text := code.advice(); (text.English == "") != (text.Indonesian == "") {
					t.Errorf("%s %q has advice in one language only: %+v", of.Name(), value, text)
				}
			}
		}
	}
}

// Every event is rendered with every value of every code in its data.
func TestDeclared_render_without_a_placeholder_left_over(t *testing.T) {
	codes := codes(t)
	for _, d := range Declared() {
		for n := range 16 { // the longest list of codes is shorter
			data := reflect.New(d.Data)
			fill(data.Elem(), codes, n)
			detail, err := json.Marshal(data.Interface())
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range language.All {
				e := journal.Entry{Event: d.Name, MiniAppID: "kopi", Payment: "ref", Detail: detail}
				byName[d.Name].word(&e, must1(byName[d.Name].decode(detail)), l)
				for _, text := range []string{e.Title, e.Message, e.Next} {
					if placeholder.MatchString(text) || strings.Contains(text, "there is no member") || strings.ContainsAny(text, "[]") || strings.Contains(text, "  ") || strings.TrimSpace(text) != text {
						t.Errorf("%s in %s: %q", d.Name, l, text)
					}
				}
				if e.Title == "" || (d.Message.English != "" && !strings.HasPrefix(d.Message.English, "[") && e.Message == "") {
					t.Errorf("%s in %s reads %q, %q", d.Name, l, e.Title, e.Message)
				}
			}
		}
	}
}

func must1(v reflect.Value, err error) reflect.Value {
	if err != nil {
		panic(err)
	}
	return v
}

// fill gives every member a value, a code its n-th.
func fill(v reflect.Value, codes map[reflect.Type][]string, n int) {
	switch values := codes[v.Type()]; {
	case values != nil:
		v.SetString(values[n%len(values)])
	case v.Type() == reflect.TypeFor[json.RawMessage](), v.Type() == reflect.TypeFor[Patch]():
		v.SetBytes([]byte(`{}`))
	case v.Kind() == reflect.String:
		v.SetString("text")
	case v.CanInt():
		v.SetInt(5)
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), codes, n+i)
		}
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), codes, n)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), codes, n)
		}
	}
}

func TestCompile_refuses_what_the_data_lacks(t *testing.T) {
	for _, text := range []string{"{amuont}", "{amount:rupees}", "[{amuont}]", "a [b {c}] d"} {
		if _, err := compile(text, reflect.TypeFor[Payment]()); err == nil {
			t.Errorf("%q is taken for a text about a payment", text)
		}
	}
	if !slices.Contains(formats, "rupiah") {
		t.Error("there is no format for money")
	}
}
