package request_test

import (
	"testing"

	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func TestBegin_refuses_a_second_request_until_the_first_has_ended(t *testing.T) {
	var f request.Flight
	r := request.Request{MiniAppID: "kopi", Space: request.ExternalID, ID: "a"}
	begin := func(what string, r request.Request, want string) func() {
		end, err := f.Begin(r)
		stage.Is(t, what, stage.Code(err), want)
		return end
	}
	end := begin("the first", r, "none")
	begin("a second", r, "request_id_reused")
	for what, other := range map[string]request.Request{
		"another mini app's": {MiniAppID: "teh", Space: r.Space, ID: "a"},
		"of another header":  {MiniAppID: "kopi", Space: request.OrderID, ID: "a"},
		"of another id":      {MiniAppID: "kopi", Space: r.Space, ID: "b"},
	} {
		begin(what, other, "none")()
	}
	for range 2 {
		defer begin("without an id", request.Request{MiniAppID: "kopi", Space: r.Space}, "none")()
	}
	end()
	begin("after the first", r, "none")()
}
