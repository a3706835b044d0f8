package programtest

import (
	"net/http"
	"testing"

	"github.com/selasar/selasar/internal/testkit/storetest"
)

// Concurrent resets, during other requests, delete all data and leave the initial
// users.
func TestReset(t *testing.T) { onBoth(t, testReset) }

func testReset(t *testing.T, at place) {
	c := serve(t, at)
	must(t, 0, c.ask("PATCH", "/control/v1/answers", "", `{"consent":"allow"}`, nil))
	for range storetest.Trials(20, 1000) {
		together(8, func(i int) {
			if i < 3 {
				if err := c.ask("POST", "/control/v1/reset", "", nil, nil); err != nil {
					t.Errorf("resetting: %v", err)
				}
				return
			}
			l, err := c.launch("")
			if err == nil {
				_, err = l.call("getAuthCode", nil)
			}
			if err == nil {
				_, _, err = c.order(100)
			}
			if status(err) >= http.StatusInternalServerError || (err != nil && status(err) == 0) {
				t.Errorf("during a reset: %v", err)
			}
		})
		var state struct {
			Users []struct {
				ID      string
				Current bool
			}
			Current string `json:"current_user"`
		}
		must(t, 0, c.ask("GET", "/control/v1/state", "", nil, &state))
		current := false
		for _, u := range state.Users {
			current = current || (u.Current && u.ID == state.Current)
		}
		if len(state.Users) != 3 || !current {
			t.Fatalf("after the reset there are the users %+v, current %q", state.Users, state.Current)
		}
	}
}
