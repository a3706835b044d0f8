package history

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
)

// History is what many callers did to one auth code at once, and what each was
// told. It is safe for concurrent use.
type History struct {
	seq  atomic.Int64
	mu   sync.Mutex
	done []operation
}

// Told is how an operation on a code ended.
type Told string

// The ends of operations.
const (
	Granted  Told = "granted"  // redeemed: here is the token
	Replayed Told = "replayed" // the code was spent
	Lives    Told = "lives"    // the token opens a session
	Dead     Told = "dead"     // it does not
	CutOff   Told = "cut off"  // nobody knows: it may have happened, or happen later
)

// operation is one redemption, or one look at the token where look is set.
type operation struct {
	look        bool
	request     string // the Request-Id of a redemption; empty for none
	told        Told
	began, over int64
}

// Redeem records a redemption with a Request-Id, or without.
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
		return CutOff // it changed nothing, and says nothing
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

// codeState is how one auth code stands:
//
//	unspent ──▶ spent, by a request ──▶ revoked
type codeState struct {
	spent, revoked bool
	request        string
}

// after gives how the code stands after an operation; ok is false when it
// could not have been told so.
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

// Linearizable says whether the operations could have happened one after the
// other, each between its beginning and its end: what many saw at once is then
// what one caller alone could have seen. It tries every order (Wing and Gong),
// but none twice. A history has at most 64 operations, of which a few were cut
// off: each of those doubles the work.
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

// firstEnd gives when the first of those that are not placed ended: what began
// later comes after it. An operation that was cut off does not end.
func (h *History) firstEnd(placed uint64) int64 {
	first := int64(1 << 62)
	for i, o := range h.done {
		if placed&(1<<i) == 0 && o.told != CutOff {
			first = min(first, o.over)
		}
	}
	return first
}
