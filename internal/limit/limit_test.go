package limit

import (
	"fmt"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/problem"
)

var start = time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)

// taken returns how many tokens a bucket gives at once, and the wait of the next.
func taken(l *Limiter, name string) (n int, wait time.Duration) {
	for ; wait == 0; n++ {
		wait = l.Take(name)
	}
	return n - 1, wait
}

func TestTake_gives_the_burst_and_then_the_rate(t *testing.T) {
	clk := clock.NewFixed(start)
	l := New(clk, Rate{PerSecond: 10, Burst: 30})
	for _, one := range []struct {
		pass time.Duration
		want int
		wait time.Duration
	}{
		{0, 30, 100 * time.Millisecond},
		{50 * time.Millisecond, 0, 50 * time.Millisecond},
		{50 * time.Millisecond, 1, 100 * time.Millisecond},
		{time.Second, 10, 100 * time.Millisecond},
		{time.Hour, 30, 100 * time.Millisecond},
	} {
		clk.Set(clk.Now().Add(one.pass))
		if n, wait := taken(l, "a"); n != one.want || wait != one.wait {
			t.Errorf("after %s: %d tokens, then %s; want %d, %s", one.pass, n, wait, one.want, one.wait)
		}
	}
	if n, _ := taken(l, "b"); n != 30 {
		t.Errorf("another name has %d tokens", n)
	}
	if wait := New(clk, Rate{}).Take("a"); wait != 0 {
		t.Errorf("without a rate: %s", wait)
	}
}

func TestTake_uses_bounded_memory(t *testing.T) {
	clk := clock.NewFixed(start)
	l := New(clk, Rate{PerSecond: 1, Burst: 2})
	l.most = 64
	for i := range 10_000 {
		l.Take(fmt.Sprint("name ", i))
		if n := len(l.full); n > l.most {
			t.Fatalf("%d names in memory", n)
		}
	}
	clk.Set(start.Add(time.Hour))
	l.Take("one more")
	if n := len(l.full); n > l.most {
		t.Errorf("%d names in memory", n)
	}
	kept := New(clk, Rate{PerSecond: 1, Burst: 1})
	kept.most = 2
	kept.Take("old")
	clk.Set(clk.Now().Add(time.Hour))
	kept.Take("empty")
	kept.Take("another")
	if wait := kept.Take("empty"); wait == 0 {
		t.Error("an empty bucket was dropped although a full one was there")
	}
}

func TestGuard_counts_each_kind_alone(t *testing.T) {
	one := Rate{PerSecond: 1, Burst: 1}
	g := NewGuard(clock.NewFixed(start), Rates{Address: one, Key: one, MiniApp: one, User: one})
	for name, first := range map[string]func(string) error{"address": g.Address, "key": g.Key, "mini app": g.MiniApp, "user": g.User} {
		if err := first("a"); err != nil {
			t.Errorf("%s: the first request: %v", name, err)
		}
		err := first("a")
		if !problem.Is(err, problem.TooManyRequests) || WaitOf(err).Seconds() != 1 {
			t.Errorf("%s: the second request: %v", name, err)
		}
	}
	for _, none := range []*Guard{nil, NewGuard(clock.NewFixed(start), Rates{})} {
		for range 10 {
			for _, err := range []error{none.Address("a"), none.Key("a"), none.MiniApp("a"), none.User("a")} {
				if err != nil {
					t.Error(err)
				}
			}
		}
	}
	if WaitOf(problem.New(problem.BadRequest, "other")) != 0 || Wait(2001*time.Millisecond).Seconds() != 3 {
		t.Error("the wait is wrong")
	}
}

func TestAddress_joins_what_one_network_has(t *testing.T) {
	for _, one := range []struct {
		a, b string
		same bool
	}{
		{"192.0.2.1", "192.0.2.2", false}, {"192.0.2.1", "::ffff:192.0.2.1", true},
		{"2001:db8::1", "2001:db8::ffff:2", true}, {"2001:db8::1", "2001:db8:0:1::1", false}, {"fe80::1%eth0", "fe80::2%eth1", true}, {"unix", "unix", true},
	} {
		g := NewGuard(clock.NewFixed(start), Rates{Address: Rate{1, 1}})
		if err := g.Address(one.a); err != nil {
			t.Error(err)
		}
		if err := g.Address(one.b); (err != nil) != one.same {
			t.Errorf("%s after %s: %v", one.b, one.a, err)
		}
	}
}

func TestParseRate(t *testing.T) {
	for text, want := range map[string]Rate{"off": {}, "100": {100, 500}, "100:7": {100, 7}, "1:1": {1, 1}} {
		got, err := ParseRate(text)
		if err != nil || got != want {
			t.Errorf("%s is read as %+v, %v", text, got, err)
		}
		if again, err := ParseRate(got.String()); err != nil || again != got {
			t.Errorf("%s is written as %s", text, got)
		}
	}
	for _, text := range []string{"", "0", "-1", "x", "1:", "1:0", ":1", "100/s", "1:2:3", "99999999999999999999", "2000000"} {
		if got, err := ParseRate(text); err == nil {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}
