// Package event carries news to the hosts that show a launch: a consent was
// withdrawn, an ask ran out, the launch ended. News is for the eye; no rule
// rests on its arrival.
package event

import "sync"

// Event is one piece of news for the host of a launch.
type Event struct {
	Name string `json:"name"`
	Data any    `json:"data"`
}

// The names of events.
const (
	ConsentChanged = "consent_changed"
	DeviceChanged  = "device_changed"
	CallSettled    = "call_settled"
	AskClosed      = "ask_closed"
	LaunchEnded    = "launch_ended"
)

// Of says whose an event is, and what a listener hears: an empty member of an
// event's stands for all.
type Of struct {
	Launch  string
	User    string
	MiniApp string
}

func (o Of) reaches(listener Of) bool {
	return (o.Launch == "" || o.Launch == listener.Launch) &&
		(o.User == "" || o.User == listener.User) &&
		(o.MiniApp == "" || o.MiniApp == listener.MiniApp)
}

const backlog = 64

// Hub hands events to the hosts that listen.
type Hub struct {
	mu        sync.Mutex
	listeners map[chan Event]Of
}

// NewHub makes a hub.
func NewHub() *Hub { return &Hub{listeners: map[chan Event]Of{}} }

// Listen gives the events that reach a launch until stop is called. A listener
// that falls behind by more than 64 events misses the oldest.
func (h *Hub) Listen(launch Of) (events <-chan Event, stop func()) {
	ch := make(chan Event, backlog)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.listeners[ch] = launch
	return ch, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.listeners, ch)
	}
}

// Publish tells the hosts of the launches that the event is for.
func (h *Hub) Publish(to Of, e Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ch, listener := range h.listeners {
		if to.reaches(listener) {
			push(ch, e)
		}
	}
}

// push is called with the hub locked, so that only it sends on ch.
func push(ch chan Event, e Event) {
	for {
		select {
		case ch <- e:
			return
		default:
		}
		select {
		case <-ch: // make room
		default:
		}
	}
}
