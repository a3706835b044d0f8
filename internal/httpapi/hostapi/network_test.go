package hostapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestCalls_cross_the_network_of_the_device(t *testing.T) {
	t.Parallel()
	d := apitest.StartWith(t, strict)
	l := d.Open(apitest.AllowAll)
	d.Patch("/control/v1/device", `{"network":{"loss_percent":50,"latency_ms":60}}`).OK(200)
	start := time.Now()
	for i, want := range []string{"true", "false", "true", "false"} {
		got := l.Call("getLocation", "")
		if got.Member("result.success") != want {
			t.Errorf("call %d: got %s", i+1, got.Body)
		}
		if want == "false" && (got.Member("result.error.code") != "401" || !strings.Contains(got.Text("result.error.message"), "the network lost the call")) {
			t.Errorf("call %d: got %s", i+1, got.Body)
		}
	}
	if took := time.Since(start); took < 4*60*time.Millisecond {
		t.Errorf("4 calls with a latency of 60 ms took %s", took)
	}
	// A wrong call is wrong on every network.
	if got := l.Call("getLocatio", ""); got.Member("result.error.code") != "100" {
		t.Errorf("got %s", got.Body)
	}
	d.Patch("/control/v1/device", `{"network":null}`).OK(200)
	if got := l.Call("getLocation", ""); got.Member("result.success") != "true" {
		t.Errorf("got %s", got.Body)
	}
	d.Send("PATCH", "/control/v1/device", `{"network":{"loss_percent":101}}`).Refused(400, "bad_request", "network.loss_percent lies between 0 and 100, got 101")
	d.Send("PATCH", "/control/v1/device", `{"user_agent":"Kafé"}`).Refused(400, "bad_request", "user_agent holds the byte 0xc3")
}
