package main

import (
	"strings"
	"testing"
)

// The tests of package toll notice every mutant but that of a function that
// they do not reach.
func TestMeasure_counts_what_the_tests_of_a_package_notice(t *testing.T) {
	r, err := measure("./testdata/toll", options{constants: true, slots: make(chan struct{}, 2)})
	if err != nil {
		t.Fatal(err)
	}
	if r.Mutants != 16 || r.Killed != 15 || len(r.Survivors) != 1 || r.Survivors[0].Name != "toll/toll.go Forgotten: true becomes false" {
		t.Errorf("%+v", r)
	}
	if err := judge([]result{r}, map[string]string{r.Survivors[0].Name: "No test reaches it."}, 85); err != nil {
		t.Errorf("with a reason: %v", err)
	}
	for what, err := range map[string]error{
		"no reason":       judge([]result{r}, nil, 85),
		"too few percent": judge([]result{r}, map[string]string{r.Survivors[0].Name: "No test reaches it."}, 95),
	} {
		if err == nil {
			t.Errorf("%s is accepted", what)
		}
	}
	if names := spare([]result{r}, map[string]string{"toll/toll.go Fee: x": "", "mall/mall.go Fee: x": "", r.Survivors[0].Name: ""}); len(names) != 1 || names[0] != "toll/toll.go Fee: x" {
		t.Errorf("reasons to spare: %q", names)
	}
	if text := markdown([]result{r}, map[string]string{r.Survivors[0].Name: "No test reaches it."}); !strings.Contains(text, "| 16 | 15 | 0 | 93.8 |") || !strings.Contains(text, "No test reaches it.") {
		t.Errorf("the report is\n%s", text)
	}
}

// A constant becomes a variable, so that one program has all of its mutants. Days
// is the length of an array, and stays as it is.
func TestVariable_leaves_out_constants_that_must_stay_constant(t *testing.T) {
	p, err := load("./testdata/toll")
	if err != nil {
		t.Fatal(err)
	}
	constants := only(p.mutants(), func(m *mutant) bool { return m.fn == nil })
	var got []string
	for _, m := range p.variable(nil, constants) {
		got = append(got, m.what)
	}
	const want = "Grown: 18 becomes one more, Full: 1000 becomes one more, Half: 2 becomes one more"
	if strings.Join(got, ", ") != want || len(constants) != 4 {
		t.Errorf("of %d constants, these may become variables: %q", len(constants), got)
	}
}

func TestFailure_is_the_name_of_the_first_test_that_fails(t *testing.T) {
	for text, want := range map[string]string{
		"=== RUN   TestA\n--- PASS: TestA (0.00s)\nPASS\n":              "",
		"--- PASS: TestA (0.00s)\n--- FAIL: TestB (0.10s)\n":            "TestB",
		"    --- FAIL: TestC/with_a_name (0.00s)\n--- FAIL: TestC (0s)": "TestC",
		"    c_test.go:1: --- FAIL: is only said\nPASS":                 "",
		"": "",
	} {
		if got := failure(strings.NewReader(text)); got != want {
			t.Errorf("%q fails in %q, want %q", text, got, want)
		}
	}
}
