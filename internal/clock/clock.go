// Package clock passes time in, so that no rule reads the wall clock.
package clock

import (
	"fmt"
	"sync"
	"time"
)

// Clock tells the time.
type Clock interface {
	// Now is the current time. It never goes back within a process.
	Now() time.Time
}

// System is the machine's clock, kept from going back: after the wall clock
// was set back, time goes on from where it was, so that nothing that was
// about to expire lives longer. After it was set ahead, or the machine slept,
// it follows.
type System struct {
	mu    sync.Mutex
	read  time.Time // the last reading, with its monotonic part
	shown time.Time // the time that was told then
}

// NewSystem starts a system clock.
func NewSystem() *System {
	now := time.Now()
	return &System{read: now, shown: now.Round(0)}
}

// Now is the wall time, or the time told last plus what has passed since,
// whichever is later.
func (s *System) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	wall := time.Now()
	s.shown = later(wall.Round(0), s.shown.Add(wall.Sub(s.read)))
	s.read = wall
	return s.shown
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// MaxAdvance bounds how far a movable clock goes ahead of its base in all.
const MaxAdvance = 10 * 365 * 24 * time.Hour

// Movable is a clock that a developer moves forward (dev and tests only).
type Movable struct {
	mu     sync.Mutex
	base   Clock
	offset time.Duration
}

// NewMovable starts a movable clock that is offset ahead of base.
func NewMovable(base Clock, offset time.Duration) *Movable {
	return &Movable{base: base, offset: offset}
}

// Now is the base's time plus what the clock was advanced by.
func (m *Movable) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.base.Now().Add(m.offset)
}

// Offset is how far the clock stands ahead of its base.
func (m *Movable) Offset() time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.offset
}

// Advance moves the clock forward. It refuses to go back, because what has
// expired stays expired, and to go further than [MaxAdvance] in all.
func (m *Movable) Advance(by time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case by <= 0:
		return fmt.Errorf("the clock only goes forward: advance by a positive duration such as 5m, not %s", by)
	case by > MaxAdvance-m.offset:
		return fmt.Errorf("the clock goes at most 10 years ahead in all; it stands %s ahead now", m.offset)
	}
	m.offset += by
	return nil
}

// Reset takes the clock back to its base's time, for a platform that has been
// emptied.
func (m *Movable) Reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.offset = 0
}

// Fixed is a clock that stands still until it is set: for tests.
type Fixed struct {
	mu  sync.Mutex
	now time.Time
}

// NewFixed starts a fixed clock at t.
func NewFixed(t time.Time) *Fixed { return &Fixed{now: t} }

// Now is the time that was last set.
func (f *Fixed) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// Set moves the clock to t, also backwards.
func (f *Fixed) Set(t time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = t
}
