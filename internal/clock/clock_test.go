package clock

import (
	"math"
	"sync"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestAdvance_refuses_backward_steps_and_more_than_ten_years(t *testing.T) {
	m := NewMovable(NewFixed(noon), 0)
	for _, by := range []time.Duration{0, -1, -time.Hour, math.MinInt64, MaxAdvance + 1, math.MaxInt64} {
		if err := m.Advance(by); err == nil {
			t.Errorf("advanced by %s", by)
		}
	}
	for _, by := range []time.Duration{1, time.Hour, MaxAdvance - time.Hour - 1} {
		if err := m.Advance(by); err != nil {
			t.Errorf("by %s: %v", by, err)
		}
	}
	for _, by := range []time.Duration{1, math.MaxInt64, math.MaxInt64 - MaxAdvance + 1} { // including values that overflow
		if err := m.Advance(by); err == nil {
			t.Errorf("advanced by %s more", by)
		}
	}
	if m.Offset() != MaxAdvance || !m.Now().Equal(noon.Add(MaxAdvance)) {
		t.Errorf("it stands %s ahead, at %s", m.Offset(), m.Now())
	}
	m.Reset()
	if m.Offset() != 0 || !m.Now().Equal(noon) {
		t.Errorf("after a reset it stands %s ahead", m.Offset())
	}
}

func TestMovable_follows_its_base(t *testing.T) {
	base := NewFixed(noon)
	m := NewMovable(base, time.Minute)
	base.Set(noon.Add(time.Second))
	if !m.Now().Equal(noon.Add(61 * time.Second)) {
		t.Errorf("it is %s", m.Now())
	}
}

func TestAdvance_adds_every_step_of_concurrent_callers(t *testing.T) {
	m := NewMovable(NewFixed(noon), 0)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			for range 100 {
				if m.Advance(time.Millisecond) != nil {
					t.Error("refused")
				}
				_ = m.Now()
			}
		})
	}
	all.Wait()
	if m.Offset() != 5*time.Second {
		t.Errorf("it stands %s ahead", m.Offset())
	}
}

func TestSystem_never_goes_back_for_concurrent_readers(t *testing.T) {
	s := NewSystem()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			last := s.Now()
			for range 10_000 {
				now := s.Now()
				if now.Before(last) {
					t.Errorf("%s came after %s", now, last)
					return
				}
				last = now
			}
		})
	}
	all.Wait()
	if off := time.Since(s.Now()).Abs(); off > time.Minute {
		t.Errorf("it is %s off", off)
	}
}

// The test simulates a changed wall clock by moving the last shown time by
// hours, because a busy machine may pause for seconds.
func TestSystem_follows_a_wall_clock_set_forward_but_not_back(t *testing.T) {
	s := NewSystem()
	s.shown = s.shown.Add(time.Hour) // as if Now had returned a time one hour ahead before the wall clock was set back
	before := s.shown
	if now := s.Now(); now.Before(before) || now.Sub(before) > time.Minute {
		t.Errorf("after it was set back: %s, was %s", now, before)
	}
	s.shown = s.shown.Add(-3 * time.Hour) // as if the wall clock had been set forward since
	if off := time.Since(s.Now()).Abs(); off > time.Minute {
		t.Errorf("after it was set ahead it is %s off", off)
	}
}

func TestMovable_Skew(t *testing.T) {
	base := time.UnixMilli(1_795_000_000_000)
	m := NewMovable(NewFixed(base), 0)
	if skew := m.Skew(base.Add(-time.Hour)); skew != 0 {
		t.Errorf("an unmoved clock has the skew %s", skew)
	}
	if err := m.Advance(10 * time.Minute); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Duration]time.Duration{
		-time.Hour: 10 * time.Minute, 0: 10 * time.Minute, 4 * time.Minute: 10 * time.Minute,
		5 * time.Minute: 0, 6 * time.Minute: 0, 10 * time.Minute: 0, time.Hour: 0,
	} {
		if got := m.Skew(base.Add(at)); got != want {
			t.Errorf("a sender at %s: skew %s, want %s", at, got, want)
		}
	}
	if !m.Base().Equal(base) {
		t.Errorf("the base reads %s", m.Base())
	}
}
