// Package bus carries events to the hosts that show a launch: a consent was
// withdrawn, an ask expired, a sensor was read, the launch ended.
//
// A listener has two lanes. The reliable lane keeps order and drops nothing: a
// listener that falls too far behind is ended with [ErrBehind], so that its
// host reconnects and asks for the state. The lossy lane keeps the newest value
// of each key, and gives way to the reliable lane. No rule depends on the
// arrival of an event, and none is kept for a host that does not listen.
package bus

import (
	"errors"
	"sync"
)

// ErrBehind ends a listener that did not take its events in time.
var ErrBehind = errors.New("the listener fell behind; connect again and ask for the state")

// Backlog is how many reliable events wait for a listener at most.
const Backlog = 1024

// Bus hands events to listeners.
type Bus struct {
	mu        sync.Mutex
	listeners map[*Listener]struct{}
}

// NewBus makes a bus that nobody listens to.
func NewBus() *Bus { return &Bus{listeners: map[*Listener]struct{}{}} }

// Listen starts to hear the events that reach a launch, until Stop is called.
func (b *Bus) Listen(launch Of) *Listener {
	l := &Listener{bus: b, of: launch, wake: make(chan struct{}, 1), newest: map[string]Event{}}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.listeners[l] = struct{}{}
	return l
}

// Publish puts an event on the reliable lane of the listeners that it is for.
func (b *Bus) Publish(to Of, e Event) {
	b.each(to, func(l *Listener) { l.queue(e) })
}

// Offer puts an event on the lossy lane of the listeners that it is for. It
// replaces an event of the same key that a listener has not taken yet.
func (b *Bus) Offer(to Of, key string, e Event) {
	b.each(to, func(l *Listener) { l.replace(key, e) })
}

// Drop takes what waits under a key of the lossy lane away.
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
