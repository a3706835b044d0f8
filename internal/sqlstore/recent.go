package sqlstore

import (
	"sync"

	"github.com/selasar/selasar/internal/apikey"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
)

// recent is a cache of rows by key. It never returns a row that a commit has replaced:
//
//   - The writer announces a change before it changes a row. Until the end of its
//     transaction, all readers read that row from the database.
//   - A reader adds a row only if no change was announced or ended since it started to
//     read.
//
// So a suspended mini app, an ended launch and a withdrawn consent take effect at the
// commit, as without the cache. This holds for one process. When several processes
// write to a database, nothing is cached (Options.Shared). Readers share the rows, and
// must not change them.
type recent[T any] struct {
	off bool

	mu       sync.RWMutex
	rows     map[string]T
	changing map[string]bool // by the writer's current transaction
	all      bool            // every row is changing
	moves    uint64          // the number of announced and ended changes
}

// mostRecent is the largest number of rows of one kind in memory.
const mostRecent = 4096

func newRecent[T any](off bool) *recent[T] {
	return &recent[T]{off: off, rows: map[string]T{}, changing: map[string]bool{}}
}

// get returns a row from memory, or the result of read.
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

// peek returns a row that is in memory. It is the last committed version, which the
// writer's own transaction has not changed.
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
		delete(r.rows, old) // a random row, because maps have no order
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

// settled announces that the writer's transaction was committed or rolled back.
func (r *recent[T]) settled() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.changing) > 0 || r.all {
		clear(r.changing)
		r.all = false
		r.moves++
	}
}

// remembered caches the rows that every call needs.
type remembered struct {
	miniApps    *recent[miniapp.App]
	launches    *recent[launch.Launch]
	users       *recent[userRow]
	consents    *recent[consent.Entry]
	credentials *recent[credential.Record]
	apiKeys     *recent[apikey.Key]
}

func newRemembered(off bool) remembered {
	return remembered{
		newRecent[miniapp.App](off), newRecent[launch.Launch](off), newRecent[userRow](off), newRecent[consent.Entry](off),
		newRecent[credential.Record](off), newRecent[apikey.Key](off),
	}
}

func (r remembered) changeAll() {
	r.miniApps.changeAll()
	r.launches.changeAll()
	r.users.changeAll()
	r.consents.changeAll()
	r.credentials.changeAll()
	r.apiKeys.changeAll()
}

func (r remembered) settled() {
	r.miniApps.settled()
	r.launches.settled()
	r.users.settled()
	r.consents.settled()
	r.credentials.settled()
	r.apiKeys.settled()
}
