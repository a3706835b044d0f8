package strict

import (
	"encoding/json"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

// FuzzLoosely_accepts_only_valid_JSON looks for a text that a decoder into a struct or a
// map accepts, although two readers could understand it differently.
func FuzzLoosely_accepts_only_valid_JSON(f *testing.F) {
	for _, seed := range []string{
		`{"a":"x","b":{"c":1},"d":[1,{"e":2}]}`, `{"x":1,"x":2}`, `{"x":{"y":1,"y":2}}`, `{"b":{"c":1,"c":2}}`, `{"d":[{"e":1,"e":2}]}`,
		"{\"x\":\"\xff\"}", "{\"\xff\":1}", `{"raw":{"a":1,"a":2}}`, `{"any":{"a":1,"a":2}}`, `{"a":"x"} {}`, `{"a":"x"}x`, `{"x":"\ud800"}`, `null x`,
		`{"a":null,"\u0061":"x"}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var one struct {
			A   string            `json:"a"`
			B   map[string]int    `json:"b"`
			D   []struct{ E int } `json:"d"`
			Raw json.RawMessage   `json:"raw"`
			Any any               `json:"any"`
		}
		var all map[string]any
		for _, v := range []any{&one, &all} {
			if err := Loosely([]byte(text), v); err == nil && !jsontext.Value(text).IsValid() {
				t.Errorf("%q is accepted into %T", text, v)
			}
		}
	})
}
