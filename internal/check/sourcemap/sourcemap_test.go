package sourcemap

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The script and its map in testdata are from esbuild, of src/pay.ts and src/main.ts.
func TestSource_finds_the_place_before_bundling(t *testing.T) {
	script, err := os.ReadFile(filepath.Join("testdata", "main.js"))
	if err != nil {
		t.Fatal(err)
	}
	reference := Reference(string(script))
	if reference != "main.js.map" {
		t.Fatalf("the script refers to %q", reference)
	}
	data, err := os.ReadFile(filepath.Join("testdata", reference))
	if err != nil {
		t.Fatal(err)
	}
	m, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{
		`n("pay"`:        "src/pay.ts:6:10",
		`e.deeplink`:     "src/pay.ts:6:22",
		`document.title`: "src/main.ts:3:1",
		`(()=>{`:         "",
	} {
		got := ""
		if name, line, col, ok := m.Source(1, strings.Index(string(script), code)+1); ok {
			got = fmt.Sprintf("%s:%d:%d", Readable(name, "/main.js"), line, col)
		}
		if got != want {
			t.Errorf("%s is from %q, want %q", code, got, want)
		}
	}
	if _, _, _, ok := m.Source(99, 1); ok {
		t.Error("a line beyond the script has a source")
	}
}

func TestParse_refuses_what_it_cannot_read(t *testing.T) {
	for name, data := range map[string]string{
		"no JSON":          `)]}`,
		"another version":  `{"version":2,"sources":[],"mappings":""}`,
		"sections":         `{"version":3,"sections":[],"sources":["a"],"mappings":"!"}`,
		"no such source":   `{"version":3,"sources":["a"],"mappings":"ACAA"}`,
		"an unended digit": `{"version":3,"sources":["a"],"mappings":"g"}`,
		"a huge number":    `{"version":3,"sources":["a"],"mappings":"ggggggggggggA"}`,
	} {
		if m, err := Parse([]byte(data)); err == nil {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

func TestReadable(t *testing.T) {
	for _, one := range [][3]string{
		{"../src/pay.ts", "/dist/main.js", "src/pay.ts"},
		{"pay.ts", "/src/pay.ts", "src/pay.ts"},
		{"webpack://kopi/./src/pay.ts", "/main.js", "src/pay.ts"},
		{"../../../../pay.ts", "/main.js", "pay.ts"},
		{"/home/sari/kopi/src/pay.ts", "/main.js", "home/sari/kopi/src/pay.ts"},
	} {
		if got := Readable(one[0], one[1]); got != one[2] {
			t.Errorf("%s of %s is %s, want %s", one[0], one[1], got, one[2])
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`{"version":3,"sources":["a"],"mappings":"AAAA;ACAA,CAAC"}`, 1, 1)
	f.Fuzz(func(_ *testing.T, data string, line, col int) {
		if m, err := Parse([]byte(data)); err == nil {
			m.Source(line, col)
		}
	})
}
