package httpapi_test

import (
	"strings"
	"sync"
	"testing"
)

// Who reads while the platform is reset sees it as it was or as it is then,
// never emptied and not yet filled.
func TestControl_nobody_sees_half_a_reset(t *testing.T) {
	t.Parallel()
	d := start(t)
	over := make(chan struct{})
	var readers sync.WaitGroup
	for _, see := range []func(){
		func() { d.send("GET", "/control/v1/wallet", "").ok(200) },
		func() { d.send("GET", "/control/v1/messages", "").ok(200) },
		func() { d.send("GET", "/control/v1/consents", "").ok(200) },
		func() { d.send("POST", "/host/v1/launches", "").ok(201) },
		func() {
			state := d.send("GET", "/control/v1/state", "").ok(200)
			if now := state.text("current_user"); now == "" || !strings.Contains(state.member("users"), now) {
				t.Errorf("the current user is %q of %s", now, state.member("users"))
			}
		},
	} {
		readers.Go(func() {
			for !t.Failed() {
				select {
				case <-over:
					return
				default:
					see()
				}
			}
		})
	}
	for range 40 {
		d.post("/control/v1/reset", "").ok(204)
	}
	close(over)
	readers.Wait()
}
