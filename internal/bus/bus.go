// Package bus carries events to the hosts that show a launch: a consent was
// withdrawn, an ask expired, a sensor was read, the launch ended.
//
// A listener has two lanes. The reliable lane keeps order and drops nothing: a
// listener that falls too far behind is ended with [ErrBehind], so that its host
// reconnects and asks for the state. The lossy lane keeps the newest value of each
// key; the reliable lane has priority. No rule depends on the delivery of an event.
// Events are not stored for a host that does not listen.
package bus

import (
	"errors"
	"sync"
)

// ErrBehind ends a listener that did not take its events in time.
var ErrBehind = errors.New("the listener fell behind; connect again and ask for the state")

// Backlog is the maximum number of reliable events that wait for a listener.
const Backlog = 1024

// Bus delivers events to listeners.
type Bus struct {
	mu        sync.Mutex
	listeners map[*Listener]struct{}
	reactions []func(Of, Event)
}

// NewBus returns a bus without listeners.
func NewBus() *Bus { return &Bus{listeners: map[*Listener]struct{}{}} }

// Listen returns a listener for the events of a launch. It receives them until Stop.
func (b *Bus) Listen(launch Of) *Listener {
	l := &Listener{bus: b, of: launch, wake: make(chan struct{}, 1), newest: map[string]Event{}}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.listeners[l] = struct{}{}
	return l
}

// Publish puts an event on the reliable lane of its listeners.
func (b *Bus) Publish(to Of, e Event) {
	b.each(to, func(l *Listener) { l.queue(e) })
	for _, react := range b.reactions {
		react(to, e)
	}
}

// React calls fn after each published event, before Publish returns. Call it before the
// first Publish. The platform's own rules react to events; hosts listen.
func (b *Bus) React(fn func(to Of, e Event)) { b.reactions = append(b.reactions, fn) }

// Offer puts an event on the lossy lane of its listeners. It replaces a waiting event
// with the same key.
func (b *Bus) Offer(to Of, key string, e Event) {
	b.each(to, func(l *Listener) { l.replace(key, e) })
}

// Drop removes the waiting event of a key from the lossy lane.
func (b *Bus) Drop(to Of, key string) {
	b.each(to, func(l *Listener) { l.drop(key) })
}

func (b *Bus) each(to Of, do func(l *Listener)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for l := range b.listeners {
		if to.reaches(l.of) {
			do(l)
		}
	}
}
