package simulator

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/problem"
)

// The cases of RFC 7396, appendix A, that concern objects.
func TestApply_is_a_JSON_merge_patch(t *testing.T) {
	for _, one := range [][3]string{
		{`{"a":"b"}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"b"}`, `{"b":"c"}`, `{"a":"b","b":"c"}`},
		{`{"a":"b"}`, `{"a":null}`, `{}`},
		{`{"a":"b","b":"c"}`, `{"a":null}`, `{"b":"c"}`},
		{`{"a":["b"]}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"c"}`, `{"a":["b"]}`, `{"a":["b"]}`},
		{`{"a":{"b":"c"}}`, `{"a":{"b":"d","c":null}}`, `{"a":{"b":"d"}}`},
		{`{"a":[{"b":"c"}]}`, `{"a":[1]}`, `{"a":[1]}`},
		{`{"e":null}`, `{"a":1}`, `{"a":1,"e":null}`},
		{`{}`, `{"a":{"bb":{"ccc":null}}}`, `{"a":{"bb":{}}}`},
		{`{"a":"foo"}`, `{"a":{"b":1}}`, `{"a":{"b":1}}`},
	} {
		var target, patch map[string]any
		if json.Unmarshal([]byte(one[0]), &target) != nil || json.Unmarshal([]byte(one[1]), &patch) != nil {
			t.Fatal(one)
		}
		got, err := json.Marshal(apply(target, patch))
		if err != nil || string(got) != one[2] {
			t.Errorf("%s with %s is %s, want %s", one[0], one[1], got, one[2])
		}
	}
}

func TestMerge_changes_nothing_after_an_error(t *testing.T) {
	before := NewDevice()
	for _, patch := range []string{`{"modle":"x"}`, `{"modle":null}`, `{"wifi":{"sid":null}}`, `{"model":1}`, `{"wifi":{"ssid":[]}}`, `[]`, `{`, `"x"`, `{"model":"a","model":"b"}`, "\xff"} {
		got, err := merge(before, []byte(patch))
		if !problem.Is(err, problem.BadRequest) || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "Go ") {
			t.Errorf("%s: %v", patch, err)
		}
		if encoded(got) != encoded(before) {
			t.Errorf("%s changed it", patch)
		}
	}
}

func TestMerge_does_not_change_its_arguments(t *testing.T) {
	before := NewDevice()
	before.Location.Path = &Path{Points: []Point{{1, 1}, {2, 2}}, SpeedMPS: 1}
	was := encoded(before)
	after, err := merge(before, []byte(`{"location":{"path":{"speed_mps":9,"points":[{"latitude":3,"longitude":3},{}]}}}`))
	if err != nil || after.Location.Path.SpeedMPS != 9 || after.Location.Path.Points[0].Latitude != 3 || encoded(before) != was {
		t.Errorf("%v: %s", err, encoded(after))
	}
	if none, err := merge(after, []byte(`{"location":{"path":null}}`)); err != nil || none.Location.Path != nil || after.Location.Path == nil {
		t.Errorf("%v: %s", err, encoded(none))
	}
}

func encoded(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

func FuzzMerge(f *testing.F) {
	for _, seed := range []string{
		`{}`, `null`, `{"os":"ios"}`, `{"location":{"latitude":1e308}}`, `{"location":{"path":{"points":[{},{}],"speed_mps":1,"started_at":9e18}}}`,
		`{"wifi":null}`, `{"app_version":"1.9.0"}`, `{"app_version":{}}`, `{"location":{"path":{"points":null}}}`, `{"":1}`, `{"online":"true"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, patch []byte) {
		before := NewDevice()
		after, err := merge(before, patch)
		if err != nil {
			if !problem.Is(err, problem.BadRequest) || encoded(after) != encoded(before) {
				t.Fatalf("%q: %v", patch, err)
			}
			return
		}
		again, err := merge(before, []byte(encoded(after)))
		if err != nil || encoded(again) != encoded(after) {
			t.Fatalf("%q results in %s, which as a patch results in %s (%v)", patch, encoded(after), encoded(again), err)
		}
		if after.validate() == nil {
			_, _ = after.state(), after.systemInfo()
			_ = after.Location.position(time.UnixMilli(1_795_000_000_000))
		}
	})
}
