package id

import (
	"regexp"
	"testing"
)

func TestNumber_has_the_documented_form(t *testing.T) {
	form := regexp.MustCompile(`^0120261122190000[A-Z2-7]{10}ID$`)
	seen := map[string]bool{}
	for range 1000 {
		n := Number("01", noon)
		if !form.MatchString(n) || seen[n] {
			t.Fatalf("%q came after %d others", n, len(seen))
		}
		seen[n] = true
	}
}
