package history

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
)

// History has the concurrent operations on one auth code and their results. It is
// safe for concurrent use.
type History struct {
	seq  atomic.Int64
	mu   sync.Mutex
	done []operation
}

// Told is the result of an operation on a code.
type Told string

// The results of operations.
const (
	Granted  Told = "granted"  // redeemed: the response has the token
	Replayed Told = "replayed" // the code was spent
	Lives    Told = "lives"    // the token opens a session
	Dead     Told = "dead"     // it does not
	CutOff   Told = "cut off"  // the outcome is unknown: it may have happened, or happen later
)

// operation is a redemption, or a use of the token if look is set.
type operation struct {
	look        bool
	request     string // the Request-Id of a redemption; may be empty
	told        Told
	began, over int64
}

// Redeem records a redemption, with or without a Request-Id.
func (h *History) Redeem(request string, redeem func() Told) Told {
	return h.record(operation{request: request}, redeem)
}

// Look records a use of the code's token.
func (h *History) Look(look func() Told) Told { return h.record(operation{look: true}, look) }

func (h *History) record(o operation, do func() Told) Told {
	o.began = h.seq.Add(1)
	o.told = do()
	o.over = h.seq.Add(1)
	if o.look && o.told == CutOff {
		return CutOff // it changed nothing, and returns nothing
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.done = append(h.done, o)
	return o.told
}

// String writes the operations in the order in which they ended.
func (h *History) String() string {
	var b strings.Builder
	for _, o := range h.done {
		what := "redeem " + o.request
		if o.look {
			what = "look"
		}
		fmt.Fprintf(&b, "%3d to %3d %-10s %s\n", o.began, o.over, what, o.told)
	}
	return b.String()
}

// codeState is the state of one auth code:
//
//	unspent ──▶ spent, by a request ──▶ revoked
type codeState struct {
	spent, revoked bool
	request        string
}

// after returns the state of the code after an operation; ok is false if the
// operation could not have had its result.
func (s codeState) after(o operation) (next codeState, ok bool) {
	told := Granted
	switch {
	case o.look && s.spent && !s.revoked:
		told = Lives
	case o.look:
		told = Dead
	case !s.spent:
		s = codeState{spent: true, request: o.request}
	case s.revoked || o.request == "" || o.request != s.request:
		told, s.revoked = Replayed, true
	}
	return s, o.told == told || o.told == CutOff
}

// Linearizable reports whether the operations could have run in sequence, each
// between its start and its end, with the same results. It tries every order (Wing
// and Gong), but none twice. A history has at most 64 operations; each operation with
// an unknown outcome doubles the work.
func (h *History) Linearizable() bool {
	type tried struct {
		placed uint64
		state  codeState
	}
	seen := map[tried]bool{}
	var all uint64
	for i, o := range h.done {
		if o.told != CutOff {
			all |= 1 << i
		}
	}
	var place func(placed uint64, state codeState) bool
	place = func(placed uint64, state codeState) bool {
		if placed&all == all {
			return true
		}
		if seen[tried{placed, state}] {
			return false
		}
		seen[tried{placed, state}] = true
		first := h.firstEnd(placed)
		for i, o := range h.done {
			if placed&(1<<i) != 0 || o.began > first {
				continue
			}
			if next, ok := state.after(o); ok && place(placed|1<<i, next) {
				return true
			}
		}
		return false
	}
	return place(0, codeState{})
}

// firstEnd returns the earliest end of the operations that are not placed: an
// operation that started later must follow. An operation with an unknown outcome has
// no end.
func (h *History) firstEnd(placed uint64) int64 {
	first := int64(1 << 62)
	for i, o := range h.done {
		if placed&(1<<i) == 0 && o.told != CutOff {
			first = min(first, o.over)
		}
	}
	return first
}
