package sqlstore_test

import (
	"sync/atomic"
	"testing"
	"time"
)

// watch fails the test when nothing gets done for a second. It counts its own
// looks rather than the clock, each with something that the machine does for
// it, too: a machine that sleeps, or whose disk or server is held up by others,
// is no stall.
func watch(t *testing.T, done *atomic.Int64, look func() error) (stop func()) {
	const every, most = 10 * time.Millisecond, 100
	quit, over := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		ticks := time.NewTicker(every)
		defer ticks.Stop()
		longest := 0
		for last, still := int64(-1), 0; ; {
			select {
			case <-quit:
				t.Logf("nothing got done in %d looks at most", longest)
				return
			case <-ticks.C:
			}
			if err := look(); err != nil {
				t.Error(err)
			}
			if now := done.Load(); now == last {
				still++
			} else {
				last, still = now, 0
			}
			if longest = max(longest, still); still == most {
				t.Errorf("nothing gets done in %d looks, which take %s", most, most*every)
			}
		}
	}()
	return func() { close(quit); <-over }
}
