package notification

import "testing"

func TestLane_widens_with_answers_and_halves_without(t *testing.T) {
	s := NewSender(Config{})
	l := s.lane("kopi")
	after := func(tries int, heard bool) int {
		l.busy += tries
		for range tries {
			l.ended(heard)
		}
		return l.free()
	}
	for _, one := range []struct {
		what  string
		tries int
		heard bool
		room  int
	}{
		{"before any", 0, true, 2}, {"one answer", 1, true, 3}, {"many", 50, true, 32},
		{"one that is lost", 1, false, 16}, {"an answer", 1, true, 17}, {"none any more", 10, false, 2},
	} {
		if got := after(one.tries, one.heard); got != one.room {
			t.Errorf("after %s there is room for %d, want %d", one.what, got, one.room)
		}
	}
}

func TestTurns_prefer_healthy_receivers_and_include_one_other(t *testing.T) {
	for range 50 { // maps have a random order, and no order may change the result
		s := NewSender(Config{})
		for id, heard := range map[string]hearing{"well": answered, "new": untried, "dead-1": mute, "dead-2": mute, "full": answered, "idle": answered} {
			l := s.lane(id)
			l.woken, l.heard = id != "idle", heard
			l.room = 16
			switch id {
			case "full":
				l.busy = l.room
			case "well":
				l.room = 1
			}
		}
		list := s.turns()
		if len(list) != 4 || list[0].heard != mute || list[0].free != leastRoom || list[1].miniAppID != "well" || list[2].miniAppID != "new" || list[3].heard != mute {
			t.Fatalf("%+v", list)
		}
		if again := s.turns(); len(again) != 0 {
			t.Fatalf("again without a reason: %+v", again)
		}
	}
}

func TestTurns_of_a_healthy_and_an_unhealthy_receiver(t *testing.T) {
	s := NewSender(Config{})
	for id, heard := range map[string]hearing{"well": answered, "dead": mute} {
		l := s.lane(id)
		l.woken, l.heard, l.room = true, heard, 16
	}
	if list := s.turns(); len(list) != 2 || list[0].miniAppID != "dead" || list[0].free != leastRoom || list[1].free != 16 {
		t.Errorf("%+v", list)
	}
}

// Alone, an unhealthy lane gets all of its room.
func TestTurns_leave_the_only_lane_its_room(t *testing.T) {
	s := NewSender(Config{})
	l := s.lane("dead")
	l.woken, l.heard, l.room = true, mute, 16
	if list := s.turns(); len(list) != 1 || list[0].free != 16 {
		t.Errorf("%+v", list)
	}
}

func TestLane_that_is_new_is_untried(t *testing.T) {
	s := NewSender(Config{})
	if l := s.lane("kopi"); l.heard != untried || s.answers("kopi") {
		t.Errorf("%+v", l)
	}
	s.lane("kopi").heard = answered
	if !s.answers("kopi") {
		t.Error("a receiver that answered counts as mute")
	}
}

func TestTurns_are_at_most_sixteen(t *testing.T) {
	s := NewSender(Config{})
	for i := range 20 {
		s.lane(string(rune('a' + i))).woken = true
	}
	if first, rest := len(s.turns()), len(s.turns()); first != 16 || rest != 4 {
		t.Errorf("%d turns, then %d", first, rest)
	}
}

func TestWake_signals_once(t *testing.T) {
	s := NewSender(Config{})
	s.Wake("kopi")
	s.Wake("kopi")
	if len(s.wake) != 1 || s.Jitter == nil {
		t.Errorf("%d signals wait", len(s.wake))
	}
	<-s.wake
	s.lane("kopi").busy = 1
	if s.ended("kopi", true); len(s.wake) != 1 || s.lane("kopi").busy != 0 {
		t.Error("the end of a try is not signalled")
	}
}

// A lane stays woken when it may have more, and each claim counts as busy.
func TestBegin_keeps_lanes_woken_that_have_more(t *testing.T) {
	for _, one := range []struct{ woken, more, want bool }{{false, false, false}, {true, false, true}, {false, true, true}, {true, true, true}} {
		s := NewSender(Config{})
		s.lane("kopi").woken = one.woken
		s.begin(t.Context(), nil, []turn{{miniAppID: "kopi", more: one.more}})
		if got := s.lane("kopi").woken; got != one.want {
			t.Errorf("woken %v and more %v: %v", one.woken, one.more, got)
		}
	}
}
