package main

import (
	"strings"
	"testing"
)

// The tests of package toll notice every mutant but that of a function that
// they do not reach.
func TestMeasure_counts_what_the_tests_of_a_package_notice(t *testing.T) {
	r, err := measure("./testdata/toll", options{constants: true, atOnce: 2})
	if err != nil {
		t.Fatal(err)
	}
	if r.Mutants != 8 || r.Killed != 7 || len(r.Survivors) != 1 || r.Survivors[0].Name != "toll/toll.go Forgotten: true becomes false" {
		t.Errorf("%+v", r)
	}
	if err := judge([]result{r}, map[string]string{r.Survivors[0].Name: "No test reaches it."}, 85); err != nil {
		t.Errorf("with a reason: %v", err)
	}
	for what, err := range map[string]error{
		"no reason":       judge([]result{r}, nil, 85),
		"too few percent": judge([]result{r}, map[string]string{r.Survivors[0].Name: "No test reaches it."}, 90),
	} {
		if err == nil {
			t.Errorf("%s is accepted", what)
		}
	}
	if text := markdown([]result{r}, map[string]string{r.Survivors[0].Name: "No test reaches it."}); !strings.Contains(text, "| 8 | 7 | 87.5 |") || !strings.Contains(text, "No test reaches it.") {
		t.Errorf("the report is\n%s", text)
	}
}
