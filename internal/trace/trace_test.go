package trace_test

import (
	"testing"

	"github.com/selasar/selasar/internal/trace"
)

const parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

func TestParse_accepts_only_valid_parents(t *testing.T) {
	for header, want := range map[string]trace.Parent{
		parent: parent,
		"":     "",
		"00-00000000000000000000000000000000-b7ad6b7169203331-01": "",
		"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01": "",
		"01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01": "",
		"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01": "",
		parent + "-x":  "",
		parent + "\n":  "",
		"a, " + parent: "",
	} {
		if got := trace.Parse(header); got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
	}
}

func TestChild_keeps_the_trace_with_a_new_span(t *testing.T) {
	p := trace.Parse(parent)
	child := p.Child()
	if child.ID() != p.ID() || child == p || trace.Parse(string(child)) != child || child[len(child)-3:] != "-01" {
		t.Errorf("the child of %s is %s", p, child)
	}
	if trace.Parent("").Child() != "" || trace.Parent("").ID() != "" {
		t.Error("no parent has a child or an id")
	}
	if got := trace.Of(trace.With(t.Context(), p)); got != p {
		t.Errorf("the context has %q", got)
	}
}
