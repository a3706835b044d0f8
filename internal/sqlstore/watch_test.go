package sqlstore_test

import (
	"sync/atomic"
	"testing"
	"time"
)

// watch fails the test when there is no progress for a second. It measures time by the
// number of its own checks, each of which also uses the disk or the server. So a
// sleeping machine, a busy disk or a busy server does not count as a stall.
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
				t.Logf("at most %d checks in a row saw no progress", longest)
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
				t.Errorf("no progress in %d checks, which take %s", most, most*every)
			}
		}
	}()
	return func() { close(quit); <-over }
}
