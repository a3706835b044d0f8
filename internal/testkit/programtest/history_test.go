package programtest

import (
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/testkit/history"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// The answers about codes are linearizable across kills: some sequential order of
// the operations explains them. An operation without an answer may or may not have
// happened.
func TestHistoriesAcrossKills(t *testing.T) { onBoth(t, testHistories) }

func testHistories(t *testing.T, at place) {
	dir := folder(t, "")
	for range storetest.Bar(5, 400) {
		p := start(t, dir, at)
		_, l := customer(t, p.client, "Sari", 0)
		key, err := secret.Open(filepath.Join(at.data, "master.key"))
		must(t, key, err)
		var all []*ofCode
		for range 8 {
			code := must1(t)(l.code())
			unsealed, _ := key.Unseal("auth code", code)
			all = append(all, &ofCode{code: code, token: key.Token(unsealed).Text})
		}
		var callers sync.WaitGroup
		for _, h := range all {
			for range 5 {
				callers.Go(func() { h.act(t, p.client, 8) })
			}
		}
		time.Sleep(rand.N(60 * time.Millisecond)) // a random moment
		if err := p.end(syscall.SIGKILL); err == nil {
			t.Fatal("the program was not killed")
		}
		callers.Wait()
		p = start(t, dir, at)
		for _, h := range all {
			h.act(t, p.client, 6)
			if !h.Linearizable() {
				t.Errorf("no order of these operations explains the answers:\n%s", h)
			}
		}
		must(t, 0, p.end(syscall.SIGTERM))
	}
}

// ofCode records the operations on one code.
type ofCode struct {
	history.History
	code, token string
}

// act performs n operations, or fewer when the program is gone.
func (h *ofCode) act(t *testing.T, c *client, n int) {
	told := history.Lives
	for i := 0; i < n && told != history.CutOff; i++ {
		if rand.IntN(3) == 0 {
			told = h.Look(func() history.Told {
				return toldBy(t, c.profile(h.token), map[int]history.Told{200: history.Lives, 401: history.Dead})
			})
			continue
		}
		request := []string{"a", "a", "a", "a", "b", ""}[rand.IntN(6)]
		id := request
		if id != "" {
			id += h.code // request ids differ between codes
		}
		told = h.Redeem(request, func() history.Told {
			_, err := c.exchange(h.code, id)
			return toldBy(t, status(err), map[int]history.Told{200: history.Granted, 400: history.Replayed})
		})
	}
}

// toldBy returns the outcome for a status. Status 0 means that there was no answer.
func toldBy(t *testing.T, status int, meaning map[int]history.Told) history.Told {
	told, ok := meaning[status]
	if !ok && status != 0 {
		t.Errorf("the status is %d %s", status, http.StatusText(status))
	}
	if !ok {
		return history.CutOff
	}
	return told
}
