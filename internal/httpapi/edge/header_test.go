package edge

import (
	"net/http"
	"testing"
)

func TestHeader_finds_the_names_of_net_http(t *testing.T) {
	h := HeaderNamed("X-EXTERNAL-ID")
	from := http.Header{}
	if got := h.Of(from); got != "" {
		t.Errorf("without the header: %q", got)
	}
	from.Set("x-external-id", "17")
	from.Add("X-External-ID", "18")
	if got := h.Of(from); got != "17" || h.Name != "X-EXTERNAL-ID" {
		t.Errorf("%s is %q", h.Name, got)
	}
	h.Set(from, "19")
	if got := from.Values("X-External-Id"); len(got) != 1 || got[0] != "19" {
		t.Errorf("set to 19, it is %q", got)
	}
	if n := testing.AllocsPerRun(100, func() { _ = h.Of(from) }); n != 0 {
		t.Errorf("reading it takes %v allocations", n)
	}
}
