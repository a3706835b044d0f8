package control_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// A read during a reset sees the state before it or after it, never an empty
// platform.
func TestControl_reset_is_atomic_for_readers(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	over := make(chan struct{})
	var readers sync.WaitGroup
	for _, see := range []func(){
		func() { d.Send("GET", "/control/v1/wallet", "").OK(200) },
		func() { d.Send("GET", "/control/v1/messages", "").OK(200) },
		func() { d.Send("GET", "/control/v1/consents", "").OK(200) },
		func() { d.Send("POST", "/host/v1/launches", "").OK(201) },
		func() {
			state := d.Send("GET", "/control/v1/state", "").OK(200)
			if now := state.Text("current_user"); now == "" || !strings.Contains(state.Member("users"), now) {
				t.Errorf("the current user is %q of %s", now, state.Member("users"))
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
		d.Post("/control/v1/reset", "").OK(204)
	}
	close(over)
	readers.Wait()
}
