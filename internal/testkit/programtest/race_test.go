package programtest

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/selasar/selasar/internal/dev"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// serve starts the real server in this process, so that the race detector observes it.
func serve(t *testing.T, at place) *client {
	t.Helper()
	d, err := dev.Start(t.Context(), dev.Config{
		Target: folder(t, ""), Listen: "127.0.0.1:0", AppListen: "127.0.0.1:0", Data: at.data, Database: at.database, Output: io.Discard,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return newClient(t, d.URLs.API)
}

// together runs fn n times at once. All goroutines are ready before the first call.
func together(n int, fn func(i int)) {
	var ready, done sync.WaitGroup
	gate := make(chan struct{})
	ready.Add(n)
	for i := range n {
		done.Go(func() {
			ready.Done()
			<-gate
			fn(i)
		})
	}
	ready.Wait()
	close(gate)
	done.Wait()
}

func must[T any](t testing.TB, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// customer creates a user with every consent and opens the mini app.
func customer(t testing.TB, c *client, name string, balance int) (string, *launched) {
	t.Helper()
	id, err := c.person(name, balance, "5200130014001")
	must(t, id, err)
	for _, consent := range []string{"profile", "bank_account", "location", "wifi"} {
		must(t, 0, c.decide(id, consent, "given"))
	}
	l, err := c.launch(id)
	must(t, l, err)
	if l.State != "open" {
		t.Fatalf("the launch is %s", l.State)
	}
	return id, l
}

func TestCode(t *testing.T) { onBoth(t, testCode) }

func testCode(t *testing.T, at place) {
	c := serve(t, at)
	_, l := customer(t, c, "Sari", 0)
	t.Run("one of many racers over HTTP wins", func(t *testing.T) {
		for _, one := range []struct{ racers, trials int }{{2, 60}, {16, 40}, {64, 20}} {
			for range storetest.Trials(one.trials, 100*one.trials) {
				code := must1(t)(l.code())
				statuses, tokens := make([]int, one.racers), make([]string, one.racers)
				together(one.racers, func(i int) {
					g, err := c.exchange(code, "")
					statuses[i], tokens[i] = status(err), g.Data.Token
				})
				slices.Sort(statuses)
				if statuses[0] != 200 || (slices.Index(statuses, 400) != 1) || statuses[len(statuses)-1] != 400 {
					t.Fatalf("%d racers got %v, want one 200 and 400 for the others", one.racers, statuses)
				}
				for _, token := range tokens {
					if token != "" && c.profile(token) != 401 {
						t.Fatal("the code was replayed, but its token is still valid")
					}
				}
			}
		}
	})
	t.Run("a retry gets the same answer, a replay revokes the token", func(t *testing.T) {
		for i := range storetest.Trials(100, 10_000) {
			code := must1(t)(l.code())
			first, err := c.exchange(code, fmt.Sprint("r", i))
			must(t, first, err)
			again, err := c.exchange(code, fmt.Sprint("r", i))
			if err != nil || again != first || c.profile(first.Data.Token) != 200 {
				t.Fatalf("a retry got %+v, %v", again, err)
			}
			if _, err := c.exchange(code, ""); status(err) != 400 || c.profile(first.Data.Token) != 401 {
				t.Fatalf("a replay got %v; the profile is %d", err, c.profile(first.Data.Token))
			}
		}
	})
	t.Run("failed requests of strangers do not spend it", func(t *testing.T) {
		other := *c
		for i := range storetest.Trials(100, 10_000) {
			code := must1(t)(l.code())
			for _, basic := range []string{
				basicOf(c.set.ID, c.set.Secret[1:]+"0"), basicOf(c.set.ID, ""), basicOf("roti-00000000", c.set.Secret),
				basicOf(c.set.Pop, c.set.Secret), "Bearer " + l.Token, "",
			} {
				other.basic = basic
				if _, err := other.exchange(code, ""); status(err) != 401 {
					t.Fatalf("%q got %v", basic, err)
				}
			}
			if _, err := c.exchange(code+"0", ""); status(err) != 400 {
				t.Fatalf("a longer code got %v", err)
			}
			if g, err := c.exchange(code, fmt.Sprint("own", i)); err != nil || c.profile(g.Data.Token) != 200 {
				t.Fatalf("after the strangers' requests, the owner got %v", err)
			}
		}
	})
}

// must1 returns the value of a call, or fails the test.
func must1(t testing.TB) func(string, error) string {
	return func(v string, err error) string {
		t.Helper()
		return must(t, v, err)
	}
}

func TestSheet(t *testing.T) { onBoth(t, testSheet) }

func testSheet(t *testing.T, at place) {
	c := serve(t, at)
	user, l := customer(t, c, "Sari", 10_000_000)
	paid := 0
	for _, one := range []struct{ racers, trials int }{{2, 40}, {16, 30}, {64, 10}} {
		for range storetest.Trials(one.trials, 100*one.trials) {
			deeplink, _, err := c.order(1000)
			must(t, deeplink, err)
			s, err := l.call("triggerPayment", map[string]string{"deeplink": deeplink})
			if err != nil || s.Ask == nil {
				t.Fatalf("triggerPayment: %+v, %v", s, err)
			}
			var took, success atomic.Int32
			together(one.racers, func(i int) {
				s, err := l.answer(s.Ask.ID, []string{"success", "cancelled"}[i%2])
				switch status(err) {
				case 200:
					took.Add(1)
					if s.text("status") == "success" {
						success.Add(1)
					}
				case 409:
				default:
					t.Errorf("an answer got %v", err)
				}
			})
			if took.Load() != 1 {
				t.Fatalf("%d of %d answers were taken", took.Load(), one.racers)
			}
			paid += int(success.Load())
		}
	}
	if got, want := balance(t, c, user), 10_000_000-1000*paid; got != want {
		t.Errorf("after %d payments the wallet holds %d, want %d", paid, got, want)
	}
}

func balance(t testing.TB, c *client, userID string) int {
	t.Helper()
	var list struct {
		Users []struct {
			ID      string
			Balance struct{ Value string }
		}
	}
	must(t, 0, c.ask("GET", "/control/v1/users", "", nil, &list))
	for _, u := range list.Users {
		if u.ID == userID {
			var whole int
			_, err := fmt.Sscanf(u.Balance.Value, "%d.00", &whole)
			return must(t, whole, err)
		}
	}
	t.Fatalf("there is no user %s", userID)
	return 0
}
