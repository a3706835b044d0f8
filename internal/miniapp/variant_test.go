package miniapp

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

func TestCheckVariant(t *testing.T) {
	for _, c := range []struct{ name, reading, wrong string }{
		{"error-keys", "both", ""},
		{"events", "param+detail", ""},
		{"events", "both", `the variant events has no reading "both"; there are param+detail, param, detail`},
		{"events", "", `has no reading ""`},
		{"event", "param", `there is no variant "event", did you mean "events"?`},
		{"Events", "param", `did you mean "events"?`},
		{"", "", `there is no variant ""`},
	} {
		if got := CheckVariant(c.name, c.reading); (got == "") != (c.wrong == "") || !strings.Contains(got, c.wrong) {
			t.Errorf("%s=%s: %q, want %q", c.name, c.reading, got, c.wrong)
		}
	}
}

func TestVariants_are_those_of_the_schemas(t *testing.T) {
	type property struct{ Enum []string }
	var manifest struct {
		Properties struct {
			Variants struct{ Properties map[string]property }
		}
	}
	var document struct {
		Components struct {
			Schemas struct {
				Variants struct{ Properties map[string]property } `yaml:"Variants"`
			}
		}
	}
	read := func(path string, decode func([]byte, any) error, into any) {
		data, err := os.ReadFile("../../spec/" + path)
		if err == nil {
			err = decode(data, into)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	read("manifest.schema.json", json.Unmarshal, &manifest)
	read("openapi.yaml", yaml.Unmarshal, &document)
	for file, properties := range map[string]map[string]property{
		"manifest.schema.json": manifest.Properties.Variants.Properties, "openapi.yaml": document.Components.Schemas.Variants.Properties,
	} {
		if len(properties) != len(Variants) {
			t.Errorf("%s has %d variants, want %d", file, len(properties), len(Variants))
		}
		for _, v := range Variants {
			if got := properties[string(v.Name)].Enum; !slices.Equal(got, v.Readings) {
				t.Errorf("%s: %s has %q, want %q", file, v.Name, got, v.Readings)
			}
		}
	}
}
