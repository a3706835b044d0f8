package launch

import (
	"sync"
	"time"

	"github.com/selasar/selasar/internal/clock"
)

// Grace is how long a host may be disconnected before its launch ends. sdk/host
// reconnects with pauses of at most 5 seconds.
const Grace = 10 * time.Second

// Hosts finds launches that have lost their host. A reloaded page or a killed
// program does not end its launch, but its connection closes. A host without a
// connection, which calls by plain HTTP, is never reported.
//
// Hosts knows only the connections to this process. Several processes on one
// database would need to store them there.
type Hosts struct {
	clock clock.Clock

	mu        sync.Mutex
	connected map[string]int       // the number of sockets and streams by launch
	left      map[string]time.Time // the time at which a launch lost its last connection
}

// NewHosts returns a Hosts without connections. c is the machine's clock: a host that
// connects again in time keeps its launch, also when a developer moves the platform's clock.
func NewHosts(c clock.Clock) *Hosts {
	return &Hosts{clock: c, connected: map[string]int{}, left: map[string]time.Time{}}
}

// Connect adds a connection of a launch's host. disconnect removes it.
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

// Expect begins to watch a launch that another program has opened for a host. If no host
// connects or calls within patience, Gone returns it.
func (h *Hosts) Expect(launchID string, patience time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.connected[launchID] == 0 {
		h.left[launchID] = h.clock.Now().Add(patience - Grace)
	}
}

// Connected returns the number of launches with a connected host.
func (h *Hosts) Connected() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.connected)
}

// Heard stops the watch over a launch: its host called without a connection, or the
// launch has ended.
func (h *Hosts) Heard(launchID string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.left, launchID)
}

// Gone returns the launches whose host is disconnected for Grace or longer.
func (h *Hosts) Gone() (launches []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.clock.Now()
	for id, since := range h.left {
		if now.Sub(since) >= Grace {
			launches = append(launches, id)
		}
	}
	return launches
}
