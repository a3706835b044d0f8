package request_test

import (
	"testing"
	"time"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
)

func TestFlight_refuses_an_id_while_its_first_request_runs(t *testing.T) {
	var f request.Flight
	of := func(app, id string) request.Request { return request.Of(app, id, "refund", nil, time.UnixMilli(0)) }
	end, err := f.Begin(of("kopi", "1"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Begin(of("kopi", "1")); !problem.Is(err, problem.KeyReused) {
		t.Errorf("the same id again: %v", err)
	}
	for name, other := range map[string]request.Request{"another id": of("kopi", "2"), "another mini app": of("teh", "1"), "no id": of("kopi", "")} {
		if _, err := f.Begin(other); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := f.Begin(of("kopi", "")); err != nil {
		t.Errorf("no id again: %v", err)
	}
	end()
	if _, err := f.Begin(of("kopi", "1")); err != nil {
		t.Errorf("after the first has ended: %v", err)
	}
}
