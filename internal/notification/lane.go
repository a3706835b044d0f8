package notification

import (
	"cmp"
	"slices"
)

// lane is the tries to one mini app. How many may be under way at once depends
// on how its receiver answers: few at first, one more with every answer, half
// as many when a try gets none. So a receiver that hangs has little work done
// for it, however long its backlog.
type lane struct {
	woken bool // there may be something to claim
	busy  int
	room  int
	heard hearing
}

// The room of a lane.
const (
	leastRoom = 2
	mostRoom  = 32
)

// hearing is how the last try to a receiver went, those that are served first
// first.
type hearing int

const (
	answered hearing = iota
	untried
	mute // it got no answer
)

// gently does a part of a try that costs work. For receivers that are not known
// to answer it is done for one after the other: a hundred that time out at one
// moment must not take the processor, and the database, from those that do.
func (s *Sender) gently(answers bool, do func()) {
	if !answers {
		s.gentle.Lock()
		defer s.gentle.Unlock()
	}
	do()
}

// answers says whether the last try to a mini app got an answer.
func (s *Sender) answers(miniAppID string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lane(miniAppID).heard == answered
}

// lane is called with the lock held.
func (s *Sender) lane(miniAppID string) *lane {
	l := s.lanes[miniAppID]
	if l == nil {
		l = &lane{room: leastRoom, heard: untried}
		s.lanes[miniAppID] = l
	}
	return l
}

func (l *lane) free() int { return max(l.room-l.busy, 0) }

// ended takes note of a try that has ended.
func (l *lane) ended(heard bool) {
	l.busy--
	l.woken = true
	if heard {
		l.room, l.heard = min(l.room+1, mostRoom), answered
	} else {
		l.room, l.heard = max(l.room/2, leastRoom), mute
	}
}

// turn is a lane that is about to be claimed for.
type turn struct {
	miniAppID string
	free      int // places
	heard     hearing
	more      bool // there may be more to claim than was
}

// turns gives lanes that were woken and have room, in the order in which they
// are served: those whose receivers answer come first, but for a few places of
// one of the last, lest it wait for ever. A lane without room stays woken until
// a try in it ends.
func (s *Sender) turns() (list []turn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, l := range s.lanes { // in no order, so that among equals all come first at times
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
