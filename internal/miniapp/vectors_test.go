package miniapp

import (
	"encoding/json"
	"os"
	"testing"
)

func TestVectors_deeplinks(t *testing.T) {
	data, err := os.ReadFile("../../spec/vectors/deeplinks.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Allow []string
		Cases []struct {
			Link    string
			Allowed bool
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	allowed := 0
	for _, c := range file.Cases {
		if got := Allowed(file.Allow, c.Link); got != c.Allowed {
			t.Errorf("%q is allowed: %v, want %v", c.Link, got, c.Allowed)
		}
		if c.Allowed {
			allowed++
		}
	}
	if allowed < 5 || len(file.Cases) < allowed+30 {
		t.Errorf("%d of %d are allowed", allowed, len(file.Cases))
	}
}
