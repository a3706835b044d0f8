package journal

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
)

// Appender takes entries into the transaction it belongs to.
type Appender interface {
	Append(ctx context.Context, entries ...Entry) error
}

// Saver keeps traces.
type Saver interface {
	SaveTraces(ctx context.Context, entries []Entry) error
}

// The newest entries that a process holds in memory, by number and by size.
const (
	keptEntries = 10_000
	keptBytes   = 8 << 20
)

// Log is the journal of this process: its newest entries, in the order in
// which they were told, for whoever looks on.
type Log struct {
	clock clock.Clock
	ids   *id.Source

	saving sync.Mutex // held while traces are saved, and while the platform is emptied

	mu      sync.Mutex
	entries []Entry // the newest, oldest first
	room    []Entry // in which entries stand
	bytes   int
	last    int64 // sequence number of the newest
	cleared int64 // of the newest that was forgotten
	changed chan struct{}
	unsaved []Entry
	wake    chan struct{}
	watch   map[Kind]func(Entry)
}

// NewLog makes an empty journal.
func NewLog(c clock.Clock, ids *id.Source) *Log {
	return &Log{clock: c, ids: ids, changed: make(chan struct{}), wake: make(chan struct{}, 1)}
}

// Stamp gives an entry its id and time, for a transaction that saves it.
func (l *Log) Stamp(e *Entry) { e.Stamp(l.ids.New(), l.clock.Now()) }

// Publish shows entries that are saved already.
func (l *Log) Publish(entries ...Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.show(entries)
}

// Trace shows an entry and saves it within a moment.
func (l *Log) Trace(e Entry) {
	l.Stamp(&e)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.show([]Entry{e})
	if len(l.unsaved) < keptEntries { // a saver that is stuck costs traces, not memory
		l.unsaved = append(l.unsaved, e)
	}
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// Watch has tell called with each entry of a kind once it is shown, which is
// after the commit of what it tells of. The journal is locked then: tell
// neither blocks nor calls the journal.
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
	close(l.changed)
	l.changed = make(chan struct{})
}

// keep adds an entry, and drops the oldest when there are too many.
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

// moveUp moves the entries to the beginning of their room, where those stood
// that were dropped, or into a new one when they fill more than half of it.
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

// Since gives up to limit of the newest entries after a sequence number, in
// order, and a channel that closes when there are more.
func (l *Log) Since(after int64, limit int) (entries []Entry, last int64, more <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	first := l.last - int64(len(l.entries)) + 1
	from := min(max(after+1-first, 0), int64(len(l.entries)))
	tail := l.entries[from:]
	if limit > 0 && len(tail) > limit {
		tail = tail[len(tail)-limit:]
	}
	return append([]Entry(nil), tail...), l.last, l.changed
}

// Clear forgets every entry once empty has emptied the platform; when that
// fails, they stay. No trace of before is saved from then on. Sequence numbers
// go on.
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

// Cleared gives the sequence number up to which Clear has forgotten all; 0
// when it never has.
func (l *Log) Cleared() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cleared
}

// saveEvery bounds what a crash may lose of the traces.
const saveEvery = 50 * time.Millisecond

// saveAgain is the pause after a save that failed.
const saveAgain = time.Second

// Run saves traces until ctx ends, and then what is left. What could not be
// saved is tried again: a database that goes away and comes back costs none.
func (l *Log) Run(ctx context.Context, saver Saver) {
	whole := context.WithoutCancel(ctx) // what is taken to be saved is saved, also when ctx ends then
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

// putBack has a batch saved again.
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
