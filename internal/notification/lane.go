package notification

import (
	"cmp"
	"slices"
)

// lane limits the concurrent tries to one mini app. The limit starts low, grows by
// one with every answer, and is halved by a try without an answer. So a hanging
// receiver uses few resources, even with a long backlog.
type lane struct {
	woken bool // a notification may be due
	busy  int
	room  int
	heard hearing
}

// The limits of a lane's concurrent tries.
const (
	leastRoom = 2
	mostRoom  = 32
)

// hearing is the result of the last try to a receiver, in the order of service.
type hearing int

const (
	answered hearing = iota
	untried
	mute // no answer
)

// gently runs an expensive part of a try. For receivers that may not answer, it runs
// one at a time. Otherwise a hundred simultaneous time-outs would take the processor
// and the database from healthy receivers.
func (s *Sender) gently(answers bool, do func()) {
	if !answers {
		s.gentle.Lock()
		defer s.gentle.Unlock()
	}
	do()
}

// answers reports whether the last try to a mini app got an answer.
func (s *Sender) answers(miniAppID string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lane(miniAppID).heard == answered
}

// lane returns the lane of a mini app. The caller must hold s.mu.
func (s *Sender) lane(miniAppID string) *lane {
	l := s.lanes[miniAppID]
	if l == nil {
		l = &lane{room: leastRoom, heard: untried}
		s.lanes[miniAppID] = l
	}
	return l
}

func (l *lane) free() int { return max(l.room-l.busy, 0) }

// ended updates the lane after a try.
func (l *lane) ended(heard bool) {
	l.busy--
	l.woken = true
	if heard {
		l.room, l.heard = min(l.room+1, mostRoom), answered
	} else {
		l.room, l.heard = max(l.room/2, leastRoom), mute
	}
}

// turn is a lane for which the next transaction claims notifications.
type turn struct {
	miniAppID string
	free      int // how many more tries the lane allows
	heard     hearing
	more      bool // more notifications may be due than were claimed
}

// turns returns the woken lanes with room, in the order of service. Healthy
// receivers come first. One unhealthy lane gets a few tries before them, so that it
// is not starved. A lane without room stays woken until one of its tries ends.
func (s *Sender) turns() (list []turn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, l := range s.lanes { // the random order of a map is fair among equal lanes
		if l.woken && l.free() > 0 {
			list = append(list, turn{miniAppID: id, free: l.free(), heard: l.heard})
		}
	}
	slices.SortStableFunc(list, func(a, b turn) int { return cmp.Compare(a.heard, b.heard) })
	if last := len(list) - 1; last > 0 {
		list = slices.Insert(list[:last], 0, list[last])
		list[0].free = min(list[0].free, leastRoom)
	}
	list = list[:min(len(list), most)]
	for _, one := range list {
		s.lanes[one.miniAppID].woken = false
	}
	return list
}
