package programtest

import (
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

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

// A kill during a reset leaves all of the data or none of it, and the credentials in both
// cases. The next start works with either, and a reset that was cut off leaves no file.
func TestKill_during_a_reset(t *testing.T) { onBoth(t, testKillDuringReset) }

func testKillDuringReset(t *testing.T, at place) {
	dir, kept, gone := folder(t, ""), 0, 0
	p := start(t, dir, at)
	key := p.privateKey()
	began := time.Now()
	must(t, 0, p.ask("POST", "/control/v1/reset", "", nil, nil))
	took := time.Since(began)
	for round := range storetest.Bar(16, 300) {
		_, err := p.person("Saksi", 100_000, "5200130014001")
		must(t, 0, err)
		_, _, err = p.order(100)
		must(t, 0, err)
		reset := make(chan error, 1)
		go func(p *program) { reset <- p.ask("POST", "/control/v1/reset", "", nil, nil) }(p)
		time.Sleep(rand.N(2 * took))
		_ = p.end(syscall.SIGKILL) // an error: the program did not end by itself
		answered := <-reset == nil
		p = start(t, dir, at)
		if now := p.privateKey(); now != key || now == "" {
			t.Fatalf("round %d: the mini app has another private key", round)
		}
		users, payments := p.count("users"), p.count("payments")
		switch {
		case users == 4 && payments == 1 && !answered:
			kept++
			must(t, 0, p.ask("POST", "/control/v1/reset", "", nil, nil))
		case users == 3 && payments == 0:
			gone++
		default:
			t.Fatalf("round %d: %d users and %d payments; the reset was answered: %t", round, users, payments, answered)
		}
	}
	must(t, 0, p.ask("POST", "/control/v1/reset", "", nil, nil))
	files, err := os.ReadDir(at.data)
	must(t, 0, err)
	for _, file := range files {
		if filepath.Ext(file.Name()) == ".new" {
			t.Errorf("a reset after the kills leaves %s", file.Name())
		}
	}
	t.Logf("%d kills kept the data, %d came after it was gone", kept, gone)
}

// count returns the number of rows in a list of the control API.
func (c *client) count(list string) int {
	var got map[string]any
	if c.ask("GET", "/control/v1/"+list, "", nil, &got) != nil {
		return -1
	}
	rows, _ := got[list].([]any)
	return len(rows)
}

// privateKey returns the private key of the mini app's backend, or "". It is random, so
// a lost one is not made again.
func (c *client) privateKey() string {
	var got struct {
		Snap struct {
			PrivateKey string `json:"private_key"`
		}
	}
	_ = c.ask("GET", "/control/v1/credentials", "", nil, &got) // the key is empty then
	return got.Snap.PrivateKey
}
