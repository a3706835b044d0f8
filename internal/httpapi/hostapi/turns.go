package hostapi

import (
	"context"
	"sync"
)

// turns is the order of a socket's messages. Messages are served concurrently; a message
// that opens a sheet first waits until all messages before it are answered.
type turns struct {
	mu    sync.Mutex
	last  int64              // the number of the newest message
	first int64              // all messages up to this number are answered
	done  map[int64]struct{} // answered messages after first
	moved chan struct{}      // closed when first moves
}

func newTurns() *turns {
	return &turns{done: map[int64]struct{}{}, moved: make(chan struct{})}
}

// next returns the number of the next message.
func (t *turns) next() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last++
	return t.last
}

// end marks a message as answered.
func (t *turns) end(n int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done[n] = struct{}{}
	before := t.first
	for {
		if _, ok := t.done[t.first+1]; !ok {
			break
		}
		t.first++
		delete(t.done, t.first)
	}
	if t.first != before {
		close(t.moved)
		t.moved = make(chan struct{})
	}
}

// wait waits until all messages before n are answered.
func (t *turns) wait(ctx context.Context, n int64) error {
	for {
		t.mu.Lock()
		first, moved := t.first, t.moved
		t.mu.Unlock()
		if first >= n-1 {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
