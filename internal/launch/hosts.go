package launch

import (
	"sync"
	"time"

	"github.com/selasar/selasar/internal/clock"
)

// Grace is how long a host whose connection is lost may take to come back
// before its launch ends. sdk/host pauses at most 5 seconds between two tries.
const Grace = 10 * time.Second

// Hosts knows which launches have lost their host: a page that was reloaded or
// a program that was killed says no goodbye, but its connection ends. A host
// that never connected, and calls by plain HTTP, is never missed.
//
// It knows the connections to this process. Where several processes serve one
// database, this has to be kept there.
type Hosts struct {
	clock clock.Clock

	mu        sync.Mutex
	connected map[string]int       // sockets and streams, by launch
	left      map[string]time.Time // when a launch lost its last one
}

// NewHosts makes a Hosts that knows nobody.
func NewHosts(c clock.Clock) *Hosts {
	return &Hosts{clock: c, connected: map[string]int{}, left: map[string]time.Time{}}
}

// Connect counts a connection of a launch's host until disconnect is called.
func (h *Hosts) Connect(launchID string) (disconnect func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.connected[launchID]++
	delete(h.left, launchID)
	return func() { h.disconnect(launchID) }
}

func (h *Hosts) disconnect(launchID string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.connected[launchID]--; h.connected[launchID] > 0 {
		return
	}
	delete(h.connected, launchID)
	h.left[launchID] = h.clock.Now()
}

// Heard tells that the host of a launch goes on without a connection, or that
// nobody needs to miss it any more.
func (h *Hosts) Heard(launchID string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.left, launchID)
}

// Gone gives the launches whose host is away for longer than Grace.
func (h *Hosts) Gone() (launches []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.clock.Now()
	for id, since := range h.left {
		if away := now.Sub(since); away >= Grace || away < 0 { // the clock goes back when the platform is emptied
			launches = append(launches, id)
		}
	}
	return launches
}
