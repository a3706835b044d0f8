package event

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
)

// A text is a template:
//
//	{amount}         a member of the data by its name in JSON, or mini_app_id or payment of the entry
//	{amount:rupiah}  the same in a format of its own: see formats
//	[ {code}]        left out when a member in it is empty
//
// A member whose type is worded stands for its words, which are a template too.

// template is a compiled text.
type template []part

// part is a literal, a member, or an optional run of parts.
type part struct {
	literal  string
	member   func(data reflect.Value, e *journal.Entry) reflect.Value
	format   string
	optional template
}

// worded is a code, or data with one, that stands for words of its own;
// advising is one that also has advice: what to do about it.
type (
	worded   interface{ wording() language.Text }
	advising interface{ advice() language.Text }
)

// advice is the format in which a code stands for its advice.
const advice = "advice"

var placeholder = regexp.MustCompile(`\{([a-z_]+)(?::([a-z]+))?\}`)

// compile reads a text for data of a type.
func compile(text string, data reflect.Type) (t template, err error) {
	for text != "" {
		open := strings.IndexByte(text, '[')
		end := strings.IndexByte(text, ']')
		if open < 0 || end < open {
			plain, err := compileRun(text, data)
			return append(t, plain...), err
		}
		before, err := compileRun(text[:open], data)
		if err != nil {
			return nil, err
		}
		inner, err := compileRun(text[open+1:end], data)
		if err != nil {
			return nil, err
		}
		t = append(append(t, before...), part{optional: inner})
		text = text[end+1:]
	}
	return t, nil
}

// compileRun reads a text without optional runs.
func compileRun(text string, data reflect.Type) (t template, err error) {
	from := 0
	for _, at := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		if at[0] > from {
			t = append(t, part{literal: text[from:at[0]]})
		}
		p := part{}
		if p.member, err = member(text[at[2]:at[3]], data); err != nil {
			return nil, err
		}
		if at[4] >= 0 {
			if p.format = text[at[4]:at[5]]; !slices.Contains(formats, p.format) {
				return nil, fmt.Errorf("there is no format %q", p.format)
			}
		}
		t, from = append(t, p), at[1]
	}
	if from < len(text) {
		t = append(t, part{literal: text[from:]})
	}
	return t, nil
}

// ofEntry are the members of an entry that a text may name.
var ofEntry = map[string]func(*journal.Entry) string{
	"mini_app_id": func(e *journal.Entry) string { return e.MiniAppID },
	"payment":     func(e *journal.Entry) string { return e.Payment },
}

// member finds what a name stands for: a member of the data first.
func member(name string, data reflect.Type) (func(reflect.Value, *journal.Entry) reflect.Value, error) {
	if data.Kind() == reflect.Struct {
		for _, field := range reflect.VisibleFields(data) {
			tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if tag == name {
				return func(v reflect.Value, _ *journal.Entry) reflect.Value { return v.FieldByIndex(field.Index) }, nil
			}
		}
	}
	if of := ofEntry[name]; of != nil {
		return func(_ reflect.Value, e *journal.Entry) reflect.Value { return reflect.ValueOf(of(e)) }, nil
	}
	return nil, fmt.Errorf("there is no member %q in %s", name, data)
}

func (t template) render(l language.Language, data reflect.Value, e *journal.Entry) string {
	if len(t) == 1 && t[0].member == nil && t[0].optional == nil {
		return t[0].literal
	}
	var b strings.Builder
	t.write(&b, l, data, e)
	return b.String()
}

func (t template) write(b *strings.Builder, l language.Language, data reflect.Value, e *journal.Entry) {
	for _, p := range t {
		switch {
		case p.optional != nil:
			if p.optional.filled(data, e) {
				p.optional.write(b, l, data, e)
			}
		case p.member != nil:
			b.WriteString(formatted(p.format, l, p.member(data, e), data, e))
		default:
			b.WriteString(p.literal)
		}
	}
}

// filled reports whether no member in a run is empty.
func (t template) filled(data reflect.Value, e *journal.Entry) bool {
	for _, p := range t {
		if p.member != nil && empty(p.member(data, e)) {
			return false
		}
	}
	return true
}

func empty(v reflect.Value) bool {
	return v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0
}

// words renders a text that belongs to a value. It is a template over the value
// where that is a struct, else over the data that the value is a member of.
func words(l language.Language, text language.Text, v, data reflect.Value, e *journal.Entry) string {
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() == reflect.Struct {
		data = v
	}
	t, err := compile(text.In(l), data.Type())
	if err != nil {
		return err.Error() // a test renders every text with every data
	}
	return t.render(l, data, e)
}
