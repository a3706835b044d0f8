package bus

import (
	"context"
	"slices"
	"sync"
)

// Listener receives the events of one launch. Only one goroutine may take from it.
type Listener struct {
	bus  *Bus
	of   Of
	wake chan struct{}

	mu       sync.Mutex
	reliable []Event
	keys     []string // of newest, in the order in which they wait
	newest   map[string]Event
	behind   bool
}

// Wake receives when Take may have an event. It may also receive without a new event.
func (l *Listener) Wake() <-chan struct{} { return l.wake }

// Take returns the next event: the oldest reliable one, or else the lossy event that
// has waited longest. ok is false if no event waits. After the error ErrBehind, no
// event follows.
func (l *Listener) Take() (e Event, ok bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.behind:
		return Event{}, false, ErrBehind
	case len(l.reliable) > 0:
		e, l.reliable = l.reliable[0], l.reliable[1:]
	case len(l.keys) > 0:
		e = l.newest[l.keys[0]]
		delete(l.newest, l.keys[0])
		l.keys = l.keys[1:]
	default:
		return Event{}, false, nil
	}
	return e, true, nil
}

// Next waits for the next event and takes it. The error is ErrBehind, or the error of
// ctx.
func (l *Listener) Next(ctx context.Context) (Event, error) {
	for {
		if e, ok, err := l.Take(); ok || err != nil {
			return e, err
		}
		select {
		case <-l.wake:
		case <-ctx.Done():
			return Event{}, ctx.Err()
		}
	}
}

// Stop ends the listener. Waiting events are not delivered.
func (l *Listener) Stop() {
	l.bus.mu.Lock()
	defer l.bus.mu.Unlock()
	delete(l.bus.listeners, l)
}

func (l *Listener) queue(e Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.reliable) == Backlog {
		l.behind, l.reliable, l.keys, l.newest = true, nil, nil, nil
	}
	if !l.behind {
		l.reliable = append(l.reliable, e)
	}
	l.signal()
}

func (l *Listener) replace(key string, e Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.behind {
		return
	}
	if _, waits := l.newest[key]; !waits {
		l.keys = append(l.keys, key)
	}
	l.newest[key] = e
	l.signal()
}

func (l *Listener) drop(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, waits := l.newest[key]; waits {
		delete(l.newest, key)
		l.keys = slices.DeleteFunc(l.keys, func(k string) bool { return k == key })
	}
}

func (l *Listener) signal() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}
