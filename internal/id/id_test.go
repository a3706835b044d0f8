package id

import (
	"bytes"
	"crypto/rand"
	"sort"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/clock"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestSource_makes_version_7_UUIDs_that_contain_their_time(t *testing.T) {
	s := NewSource(clock.NewFixed(noon), nil)
	u := s.UUID()
	if u.Version() != 7 || u.Variant() != uuid.RFC4122 {
		t.Errorf("%s has version %d, variant %s", u, u.Version(), u.Variant())
	}
	seconds, nanos := u.Time().UnixTime()
	if got := time.Unix(seconds, nanos); !got.Equal(noon) {
		t.Errorf("%s says %s", u, got)
	}
}

func TestSource_keeps_order_when_time_stops_or_goes_back(t *testing.T) {
	c := clock.NewFixed(noon)
	s := NewSource(c, nil)
	last := ""
	for i := range 20_000 { // more than one millisecond can hold
		if i == 10_000 {
			c.Set(noon.Add(-time.Hour))
		}
		next := s.New()
		if next <= last || len(next) != 36 {
			t.Fatalf("%s came after %s", next, last)
		}
		last = next
	}
	c.Set(noon.Add(time.Hour))
	if next := s.New(); next <= last {
		t.Errorf("%s came after %s", next, last)
	}
}

func TestSource_is_unique_and_ordered_for_concurrent_callers(t *testing.T) {
	s := NewSource(clock.NewSystem(), nil)
	const workers, each = 8, 5_000
	made := make([][]string, workers)
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for range each {
				made[w] = append(made[w], s.New())
			}
		})
	}
	all.Wait()
	seen := map[string]bool{}
	for _, list := range made {
		if !sort.StringsAreSorted(list) {
			t.Error("one goroutine's identifiers are out of order")
		}
		for _, one := range list {
			seen[one] = true
		}
	}
	if len(seen) != workers*each {
		t.Errorf("%d of %d are unique", len(seen), workers*each)
	}
}

func TestSource_uses_only_the_given_randomness(t *testing.T) {
	made := func() string {
		return NewSource(clock.NewFixed(noon), bytes.NewReader(bytes.Repeat([]byte{7}, 8))).New()
	}
	if first, second := made(), made(); first != second {
		t.Error("the same time and randomness make two identifiers")
	}
	defer func() {
		if recover() == nil {
			t.Error("an identifier was made without randomness")
		}
	}()
	NewSource(clock.NewFixed(noon), bytes.NewReader(nil)).New()
}

func TestAt_depends_only_on_time_and_bits(t *testing.T) {
	var bits, other [10]byte
	_, _ = rand.Read(bits[:])
	_, _ = rand.Read(other[:])
	u := At(noon, bits)
	if u != At(noon, bits) || u == At(noon, other) || u == At(noon.Add(time.Millisecond), bits) {
		t.Error("it does not")
	}
	if u.Version() != 7 || u.Variant() != uuid.RFC4122 {
		t.Errorf("%s is no version 7", u)
	}
	if later := At(noon.Add(time.Millisecond), [10]byte{}); later.String() <= At(noon, [10]byte{255, 255, 255, 255}).String() {
		t.Error("a later moment sorts before")
	}
}

func TestAfter_orders_identifiers_after_those_of_another_source(t *testing.T) {
	ahead := NewSource(clock.NewFixed(noon.Add(time.Hour)), nil)
	s := NewSource(clock.NewFixed(noon), nil)
	before := s.New()
	for _, text := range []string{"", "none", before, uuid.Nil.String(), uuid.NewString()} {
		s.After(text)
		if u := uuid.MustParse(s.New()); u.Time() > uuid.MustParse(before).Time()+100_000 {
			t.Errorf("after %q time runs ahead: %s", text, u)
		}
	}
	for range 5000 { // more than one millisecond can hold
		last := ahead.New()
		s.After(last)
		if next := s.New(); next <= last {
			t.Fatalf("%s does not sort after %s", next, last)
		}
	}
	if next := s.New(); next <= before {
		t.Errorf("%s does not sort after %s", next, before)
	}
}
