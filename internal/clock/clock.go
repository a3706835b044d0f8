// Package clock defines the clock that rules receive, so that no rule reads the
// wall clock.
package clock

import (
	"fmt"
	"sync"
	"time"
)

// Clock returns the current time.
type Clock interface {
	// Now returns the current time. It never goes back within a process.
	Now() time.Time
}

// System is the machine's clock, made monotonic. When the wall clock is set
// back, System continues from its last value, so that no expiry is delayed.
// When the wall clock is set forward, or the machine sleeps, System follows.
type System struct {
	mu    sync.Mutex
	read  time.Time // the last wall-clock reading, with its monotonic part
	shown time.Time // the value that Now returned for it
}

// NewSystem returns a system clock that starts at the wall time.
func NewSystem() *System {
	now := time.Now()
	return &System{read: now, shown: now.Round(0)}
}

// Now returns the later of the wall time and the last returned time plus the
// monotonic time since then.
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

// MaxAdvance is the largest offset of a movable clock from its base.
const MaxAdvance = 10 * 365 * 24 * time.Hour

// Movable is a clock that a developer can move forward (dev and tests only).
type Movable struct {
	mu     sync.Mutex
	base   Clock
	offset time.Duration
}

// NewMovable returns a clock that runs offset ahead of base.
func NewMovable(base Clock, offset time.Duration) *Movable {
	return &Movable{base: base, offset: offset}
}

// Now returns the time of the base plus the offset.
func (m *Movable) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.base.Now().Add(m.offset)
}

// Offset returns how far the clock runs ahead of its base.
func (m *Movable) Offset() time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.offset
}

// Base returns the time of the clock below: what programs read that do not
// follow this clock.
func (m *Movable) Base() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.base.Now()
}

// Machine returns the clock below. Leases and time limits of running work go by it: moving
// this clock must not end them.
func (m *Movable) Machine() Clock { return m.base }

// Skew returns how far this clock runs ahead of a sender's, whose time reads at.
// It is the whole offset when at is nearer to the base's time than to this
// clock's, and zero otherwise: a sender's clock that is a little wrong stays
// wrong. Add it to every time that the sender names.
func (m *Movable) Skew(at time.Time) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	base := m.base.Now()
	if base.Add(m.offset).Sub(at).Abs() <= base.Sub(at).Abs() {
		return 0
	}
	return m.offset
}

// Advance moves the clock forward. It returns an error for a negative or zero
// duration, because an expired code stays expired, and for a total offset of
// more than [MaxAdvance].
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

// Reset sets the offset to zero. It is for a platform whose data was deleted.
func (m *Movable) Reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.offset = 0
}

// Fixed is a clock for tests. Its time changes only by [Fixed.Set].
type Fixed struct {
	mu  sync.Mutex
	now time.Time
}

// NewFixed returns a fixed clock that shows t.
func NewFixed(t time.Time) *Fixed { return &Fixed{now: t} }

// Now returns the time of the last Set.
func (f *Fixed) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// Set sets the clock to t, which may be earlier than its current time.
func (f *Fixed) Set(t time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = t
}
