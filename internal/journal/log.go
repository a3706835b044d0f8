package journal

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
)

// Appender appends entries in a transaction.
type Appender interface {
	Append(ctx context.Context, entries ...Entry) error
}

// Saver stores traces.
type Saver interface {
	SaveTraces(ctx context.Context, entries []Entry) error
}

// The limits of the entries in memory, by number and by size.
const (
	keptEntries = 10_000
	keptBytes   = 8 << 20
)

// Log is the journal in the memory of this process: its newest entries, in the order
// in which they were added.
type Log struct {
	clock clock.Clock
	ids   *id.Source

	saving sync.Mutex // held during a save of traces, and during a reset of the platform

	mu      sync.Mutex
	entries []Entry // the newest, oldest first
	room    []Entry // the array behind entries
	bytes   int
	last    int64         // the sequence number of the newest entry
	cleared int64         // the sequence number of the newest cleared entry
	changed chan struct{} // nil while nobody waits for an entry
	unsaved []Entry
	wake    chan struct{}
	watch   map[Kind]func(Entry)
}

// NewLog returns an empty journal.
func NewLog(c clock.Clock, ids *id.Source) *Log {
	return &Log{clock: c, ids: ids, wake: make(chan struct{}, 1)}
}

// Stamp sets the id and the time of an entry, for a transaction that saves it.
func (l *Log) Stamp(e *Entry) { e.Stamp(l.ids.New(), l.clock.Now()) }

// Publish shows entries that are already saved.
func (l *Log) Publish(entries ...Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.show(entries)
}

// Trace shows an entry at once and saves it soon after.
func (l *Log) Trace(e Entry) { l.Begin(e) }

// Begin is Trace for an entry that Replace renews later. It returns the entry's id.
func (l *Log) Begin(e Entry) (id string) {
	l.Stamp(&e)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.trace(e)
	return e.ID
}

// Replace traces a newer version of an entry, which keeps its id and its time, and comes
// last. It returns false if the memory does not have the entry any more.
func (l *Log) Replace(id string, e Entry) bool {
	e.ID = id
	l.Stamp(&e)
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.IndexFunc(l.entries, func(old Entry) bool { return old.ID == id })
	if i < 0 {
		return false
	}
	e.At = l.entries[i].At
	l.bytes -= size(l.entries[i])
	l.entries = slices.Delete(l.entries, i, i+1)
	l.trace(e)
	return true
}

// trace needs the lock.
func (l *Log) trace(e Entry) {
	l.show([]Entry{e})
	if len(l.unsaved) < keptEntries { // a hanging saver loses traces, but memory stays bounded
		l.unsaved = append(l.unsaved, e)
	}
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// Watch calls tell with each shown entry of a kind, after the commit of its
// transaction. The journal is locked during the call, so tell must not block or call
// the journal.
func (l *Log) Watch(kind Kind, tell func(Entry)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.watch == nil {
		l.watch = map[Kind]func(Entry){}
	}
	l.watch[kind] = tell
}

func (l *Log) show(entries []Entry) {
	if len(entries) == 0 {
		return
	}
	for _, e := range entries {
		l.last++
		e.Seq = l.last
		l.keep(e)
		if tell := l.watch[e.Kind]; tell != nil {
			tell(e)
		}
	}
	if l.changed != nil {
		close(l.changed)
		l.changed = nil
	}
}

// keep adds an entry, and drops the oldest ones above the limits.
func (l *Log) keep(e Entry) {
	if len(l.entries) == cap(l.entries) {
		l.moveUp()
	}
	l.entries = append(l.entries, e)
	l.bytes += size(e)
	for n := len(l.entries); n > keptEntries || (l.bytes > keptBytes && n > 1); n-- {
		l.bytes -= size(l.entries[0])
		l.entries[0] = Entry{}
		l.entries = l.entries[1:]
	}
}

// moveUp moves the entries to the start of their array, over the dropped ones, or into
// a new array when they fill more than half of it.
func (l *Log) moveUp() {
	n := len(l.entries)
	if 2*n > len(l.room) {
		l.room = make([]Entry, max(2*n, 64))
	}
	copy(l.room, l.entries)
	clear(l.room[n:])
	l.entries = l.room[:n]
}

func size(e Entry) int { return 200 + len(e.Title) + len(e.Message) + len(e.Detail) }

// Since returns the newest entries after a sequence number, at most limit, in order. It
// also returns a channel that closes when there are more.
func (l *Log) Since(after int64, limit int) (entries []Entry, last int64, more <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	from, _ := slices.BinarySearchFunc(l.entries, after, func(e Entry, after int64) int {
		if e.Seq <= after {
			return -1
		}
		return 1
	})
	tail := l.entries[from:]
	if limit > 0 && len(tail) > limit {
		tail = tail[len(tail)-limit:]
	}
	if l.changed == nil {
		l.changed = make(chan struct{})
	}
	return append([]Entry(nil), tail...), l.last, l.changed
}

// Before returns the entries before the one with an id, at most limit, in order. It
// returns none when the memory has no such entry, or nothing older.
func (l *Log) Before(id string, limit int) []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := len(l.entries) - 1; i > 0; i-- {
		if l.entries[i].ID == id {
			return append([]Entry(nil), l.entries[max(i-limit, 0):i]...)
		}
	}
	return nil
}

// Clear calls empty, which deletes the data of the platform, and then removes all
// entries. When empty fails, the entries stay. Earlier traces are no longer saved.
// Sequence numbers continue.
func (l *Log) Clear(empty func() error) error {
	l.saving.Lock()
	defer l.saving.Unlock()
	if err := empty(); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries, l.room, l.unsaved, l.bytes = nil, nil, nil, 0
	l.cleared = l.last
	return nil
}

// Cleared returns the sequence number of the newest entry that Clear removed, or 0.
func (l *Log) Cleared() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cleared
}

// saveEvery is the interval of saves, and so the time of traces that a crash may lose.
const saveEvery = 50 * time.Millisecond

// saveAgain is the pause after a failed save.
const saveAgain = time.Second

// Run saves traces until ctx is cancelled, and then saves the remaining ones. It
// retries after a failed save, so that a temporary loss of the database loses no trace.
func (l *Log) Run(ctx context.Context, saver Saver) {
	whole := context.WithoutCancel(ctx) // a started save finishes also when ctx is cancelled
	for {
		select {
		case <-ctx.Done():
			l.save(whole, saver)
			return
		case <-l.wake:
			pause := saveEvery
			if !l.save(whole, saver) {
				pause = saveAgain
			}
			select {
			case <-ctx.Done():
			case <-time.After(pause):
			}
		}
	}
}

func (l *Log) save(ctx context.Context, saver Saver) bool {
	l.saving.Lock()
	defer l.saving.Unlock()
	l.mu.Lock()
	batch := l.unsaved
	l.unsaved = nil
	l.mu.Unlock()
	if len(batch) == 0 {
		return true
	}
	err := saver.SaveTraces(ctx, batch)
	if err != nil {
		slog.Error("saving the journal", "entries", len(batch), "error", err)
		l.putBack(batch)
	}
	return err == nil
}

// putBack queues a batch to be saved again.
func (l *Log) putBack(batch []Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.unsaved = append(batch, l.unsaved...)
	l.unsaved = l.unsaved[:min(len(l.unsaved), keptEntries)]
	select {
	case l.wake <- struct{}{}:
	default:
	}
}
