package sqlstore

import "sync"

// recent remembers rows that were read by their key. It never shows what a
// commit has replaced:
//
//   - before the writer changes a row it says so; from then until its
//     transaction has ended, everybody reads that row from the database;
//   - a reader keeps what it has read only when no change was announced, and
//     none ended, since before it began to read.
//
// So a mini app that is suspended, a launch that has ended and a consent that
// was withdrawn count from the moment the transaction has committed, as they
// do without it. That holds for one process: where several write to a
// database, nothing is remembered (Options.Shared). Rows are shared by their
// readers, who do not alter them.
type recent[T any] struct {
	off bool

	mu       sync.RWMutex
	rows     map[string]T
	changing map[string]bool // by the transaction that the writer is in
	all      bool            // every row is changing
	moves    uint64          // changes announced and ended
}

// mostRecent bounds the rows of one kind in memory.
const mostRecent = 4096

func newRecent[T any](off bool) *recent[T] {
	return &recent[T]{off: off, rows: map[string]T{}, changing: map[string]bool{}}
}

// get gives a row, from memory or as read reads it.
func (r *recent[T]) get(key string, read func() (T, error)) (T, error) {
	if r.off {
		return read()
	}
	r.mu.RLock()
	row, ok := r.rows[key]
	moves := r.moves
	r.mu.RUnlock()
	if ok {
		return row, nil
	}
	row, err := read()
	if err == nil {
		r.keep(key, row, moves)
	}
	return row, err
}

// peek gives a row that is in memory. It is what was committed last: the
// writer's own transaction has not changed it.
func (r *recent[T]) peek(key string) (row T, ok bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	row, ok = r.rows[key]
	return row, ok
}

func (r *recent[T]) keep(key string, row T, moves uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.moves != moves || r.all || r.changing[key] {
		return
	}
	for old := range r.rows {
		if len(r.rows) < mostRecent {
			break
		}
		delete(r.rows, old) // any: maps are walked in no order
	}
	r.rows[key] = row
}

// change announces that the writer is about to change a row.
func (r *recent[T]) change(key string) {
	if r.off {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.rows, key)
	r.changing[key] = true
	r.moves++
}

// changeAll announces that the writer is about to change every row.
func (r *recent[T]) changeAll() {
	if r.off {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.rows)
	r.all = true
	r.moves++
}

// settled says that the writer's transaction has ended, one way or the other.
func (r *recent[T]) settled() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.changing) > 0 || r.all {
		clear(r.changing)
		r.all = false
		r.moves++
	}
}
