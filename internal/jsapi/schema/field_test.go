package schema

import (
	"reflect"
	"testing"

	jsonx "github.com/go-json-experiment/json"
)

func TestRead_returns_the_values_that_a_JSON_decoder_returns(t *testing.T) {
	s := Object(Required("a", Any()))
	for _, text := range []string{
		`null`, `true`, `false`, `0`, `-0`, `-6.25e3`, `1E400`, `9007199254740993`, `""`, `"a b"`, `"☕"`, `"a\n\u00e9"`, `[1,"x"]`, `{"b":{}}`,
	} {
		raw := []byte(` {"a" : ` + text + `} `)
		var want map[string]any
		if err := jsonx.Unmarshal(raw, &want); err != nil {
			want = nil
		}
		got, unknown, fault := s.Read(raw)
		if (fault == nil) != (want != nil) || len(unknown) > 0 {
			t.Errorf("%s: the fault is %v, the unknown names are %v", raw, fault, unknown)
		}
		if fault == nil && !reflect.DeepEqual(map[string]any(got), want) {
			t.Errorf("%s is read as %#v, want %#v", raw, got, want)
		}
	}
}

func TestRead_refuses_objects_that_are_not_valid_JSON(t *testing.T) {
	s := Object(Optional("a", Any()))
	for _, text := range []string{`{`, `{"a"`, `{"a":1`, `{"a":1,}`, `{"a":1}{`, `{"a":1} x`, `{"a":1,"a":2}`, `{"\u0061":1,"a":2}`, `{"a":{"b":1,"b":2}}`, "{\"a\":\"\xff\"}", "{\"\xff\":1}", `{"a":01}`, `{"a":tru}`} {
		if _, _, fault := s.Read([]byte(text)); fault == nil || fault.Reason != BadValue {
			t.Errorf("%s: the fault is %v", text, fault)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	s := Object(Required("latitude", Number().Range(-90, 90)), Required("longitude", Number().Range(-180, 180)), Required("time", Number()))
	b.ReportAllocs()
	for b.Loop() {
		if fault := s.Check([]byte(`{"latitude":-6.2,"longitude":106.8,"time":1764000000000}`)); fault != nil {
			b.Fatal(fault)
		}
	}
}
