package simulator

import (
	"slices"
	"time"

	"github.com/selasar/selasar/internal/fault"
	"github.com/selasar/selasar/internal/journal/event"
)

// Fault replaces the answer of a backend operation a number of times.
type Fault struct {
	ID        string `json:"id"`
	Operation string `json:"operation"`
	Code      string `json:"code"`     // of the operation's documented list; empty: the normal answer, delayed
	Times     int    `json:"times"`    // how many answers remain; 0 with Always
	Always    bool   `json:"always"`   // active until it is removed
	DelayMS   int64  `json:"delay_ms"` // how long the answer takes
	After     bool   `json:"after"`    // the operation runs; only its answer is replaced
}

// The limits of a fault.
const (
	MaxFaultTimes = 1_000_000
	MaxFaultDelay = 10 * time.Minute
	MaxFaults     = 100
)

// Faults returns the active faults, oldest first. They end with the process.
func (s *Simulator) Faults() []Fault {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return append([]Fault{}, s.faults...)
}

// AddFault adds a fault after the others. It reports whether the number of faults
// allowed it.
func (s *Simulator) AddFault(f Fault) bool {
	s.mu.Lock()
	room := len(s.faults) < MaxFaults
	if room {
		s.faults = append(s.faults, f)
	}
	s.mu.Unlock()
	if room {
		s.tell(event.FaultAdded.Entry(event.Scope{}, event.Fault(f)))
	}
	return room
}

// TakeFault returns the oldest fault of an operation and counts it as used.
func (s *Simulator) TakeFault(operation string) (taken fault.Fault, found bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.IndexFunc(s.faults, func(f Fault) bool { return f.Operation == operation })
	if at < 0 {
		return fault.Fault{}, false
	}
	f := s.faults[at]
	taken = fault.Fault{Code: f.Code, After: f.After, Delay: time.Duration(f.DelayMS) * time.Millisecond}
	if f.Always {
		return taken, true
	}
	if s.faults[at].Times--; s.faults[at].Times == 0 {
		s.faults = slices.Delete(s.faults, at, at+1)
	}
	s.announce()
	return taken, true
}

// RemoveFaults removes one fault, or all of them for an empty id. It returns the
// number of removed faults.
func (s *Simulator) RemoveFaults(id string) int {
	var removed []event.Fault
	s.mu.Lock()
	s.faults = slices.DeleteFunc(s.faults, func(f Fault) bool {
		goes := id == "" || f.ID == id
		if goes {
			removed = append(removed, event.Fault(f))
		}
		return goes
	})
	s.mu.Unlock()
	switch len(removed) {
	case 0:
	case 1:
		s.tell(event.FaultRemoved.Entry(event.Scope{}, removed[0]))
	default:
		s.tell(event.FaultsCleared.Entry(event.Scope{}, event.Faults{Count: len(removed), Faults: removed}))
	}
	return len(removed)
}
