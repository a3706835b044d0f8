// Package limit limits how often requests come, in bounded memory.
//
// A limiter has a token bucket for each name, such as an address: a bucket holds Burst
// tokens and gets PerSecond tokens a second. It is stored as the time at which it will be
// full again (the generic cell rate algorithm), so a full bucket needs no memory.
//
// Each process has its own buckets.
package limit

import (
	"sync"
	"time"

	"github.com/selasar/selasar/internal/clock"
)

// Rate is the size of a bucket. The zero rate limits nothing.
type Rate struct {
	PerSecond int
	Burst     int
}

// Limiter has the buckets of one kind of name.
type Limiter struct {
	clock clock.Clock
	step  time.Duration // from one token to the next
	room  time.Duration // from an empty bucket to a full one
	most  int           // names in memory

	mu   sync.Mutex
	full map[string]time.Time // when a bucket will be full; a full bucket is absent
}

// mostNames is the number of names in memory: about 8 MB.
const mostNames = 1 << 16

// New returns a limiter; nil for a rate that limits nothing.
func New(c clock.Clock, r Rate) *Limiter {
	if r.PerSecond <= 0 {
		return nil
	}
	step := time.Second / time.Duration(r.PerSecond)
	return &Limiter{clock: c, step: step, room: step * time.Duration(max(r.Burst, 1)), most: mostNames, full: map[string]time.Time{}}
}

// Take takes a token from the bucket of a name. wait is 0, or the time until the bucket
// has a token. A nil limiter never waits.
func (l *Limiter) Take(name string) (wait time.Duration) {
	if l == nil {
		return 0
	}
	now := l.clock.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	full, ok := l.full[name]
	if !ok || full.Before(now) {
		full = now
	}
	if full = full.Add(l.step); full.Sub(now) > l.room {
		return full.Sub(now) - l.room
	}
	if !ok && len(l.full) >= l.most {
		l.forget(now)
	}
	l.full[name] = full
	return 0
}

// forget makes room: it drops the full buckets, and at least a sixteenth of all. A
// caller with very many names gets new buckets that way, but no memory.
func (l *Limiter) forget(now time.Time) {
	for name, full := range l.full {
		if !full.After(now) {
			delete(l.full, name)
		}
	}
	for name := range l.full {
		if len(l.full) <= l.most-l.most/16 {
			return
		}
		delete(l.full, name) // a random one, because maps have no order
	}
}
