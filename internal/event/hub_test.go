package event

import (
	"fmt"
	"sync"
	"testing"
)

// heard takes what waits for a listener.
func heard(events <-chan Event) (names []string) {
	for {
		select {
		case e := <-events:
			names = append(names, e.Name)
		default:
			return names
		}
	}
}

func TestHub_tells_those_whom_an_event_is_for(t *testing.T) {
	h := NewHub()
	a, stopA := h.Listen(Of{Launch: "a", User: "sari", MiniApp: "kopi"})
	b, stopB := h.Listen(Of{Launch: "b", User: "budi", MiniApp: "kopi"})
	defer stopB()
	for _, one := range []struct {
		to       Of
		toA, toB bool
	}{
		{Of{}, true, true},
		{Of{Launch: "a"}, true, false},
		{Of{Launch: "c"}, false, false},
		{Of{User: "budi"}, false, true},
		{Of{MiniApp: "kopi"}, true, true},
		{Of{MiniApp: "teh"}, false, false},
		{Of{User: "sari", MiniApp: "kopi"}, true, false},
		{Of{User: "sari", MiniApp: "teh"}, false, false},
		{Of{Launch: "a", User: "budi"}, false, false},
	} {
		h.Publish(one.to, Event{Name: "x"})
		if gotA, gotB := len(heard(a)) == 1, len(heard(b)) == 1; gotA != one.toA || gotB != one.toB {
			t.Errorf("%+v reached a: %v, b: %v", one.to, gotA, gotB)
		}
	}
	stopA()
	stopA()
	h.Publish(Of{}, Event{Name: "x"})
	if len(heard(a)) != 0 || len(heard(b)) != 1 {
		t.Error("who stopped is told still, or others are not")
	}
	if len(h.listeners) != 1 {
		t.Errorf("%d listeners are kept", len(h.listeners))
	}
}

func TestHub_drops_the_oldest_for_who_falls_behind(t *testing.T) {
	h := NewHub()
	events, stop := h.Listen(Of{Launch: "a"})
	defer stop()
	for i := range backlog + 10 {
		h.Publish(Of{Launch: "a"}, Event{Name: fmt.Sprint(i)})
	}
	if got := heard(events); len(got) != backlog || got[0] != "10" || got[backlog-1] != fmt.Sprint(backlog+9) {
		t.Errorf("heard %v", got)
	}
}

func TestHub_with_many_coming_and_going(t *testing.T) {
	h := NewHub()
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			for range 200 {
				of := Of{Launch: fmt.Sprint(i % 4)}
				events, stop := h.Listen(of)
				h.Publish(of, Event{Name: "x"})
				if len(heard(events)) == 0 {
					t.Error("not told of its own")
				}
				stop()
			}
		})
	}
	all.Wait()
	if len(h.listeners) != 0 {
		t.Errorf("%d listeners are left", len(h.listeners))
	}
}
