package launch_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/launch"
)

func TestHosts(t *testing.T) {
	t.Parallel()
	now := time.UnixMilli(1_795_000_000_000)
	stands := clock.NewFixed(now)
	hosts := launch.NewHosts(stands)
	after := func(pass time.Duration, want string) {
		t.Helper()
		now = now.Add(pass)
		stands.Set(now)
		gone := hosts.Gone()
		slices.Sort(gone)
		if got := strings.Join(gone, " "); got != want {
			t.Errorf("gone: %q, want %q", got, want)
		}
	}

	leaveA, leaveB, leaveC := hosts.Connect("a"), hosts.Connect("b"), hosts.Connect("c")
	after(time.Hour, "") // a connected host is never gone
	leaveA()
	leaveB()
	leaveC()
	after(0, "")
	after(10*time.Second-time.Millisecond, "")
	leaveB = hosts.Connect("b") // comes back
	hosts.Heard("c")            // continues by HTTP
	after(time.Millisecond, "a")
	after(time.Hour, "a") // until it has ended
	hosts.Heard("a")
	after(0, "")

	leaveB2 := hosts.Connect("b") // before the server notices the end of the first connection
	leaveB()
	after(time.Hour, "")
	leaveB2()
	after(10*time.Second, "b")
	hosts.Heard("b")
}
