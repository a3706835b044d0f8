package engine

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"sync"

	"github.com/selasar/selasar/internal/sql/sqlite"
)

// writer owns the only connection that writes to a SQLite file. Callers queue jobs.
// The writer runs all waiting jobs in sequence in one transaction, commits once, and
// then notifies the callers (see group.go).
type writer struct {
	run   lone // the only connection that writes; the engine closes it
	queue chan *job

	onStatement func(query string) // may be nil
	onGroup     func()             // may be nil
	present     *presence
	careful     int // groups that still run with savepoints from the start

	mu     sync.RWMutex // read-locked to send, locked to close
	closed bool
	done   chan struct{}
	ground *checkpointer
}

// job is one transaction of a caller.
type job struct {
	ctx       context.Context
	fn        func(Statements) error
	committed func()
	err       error
	done      chan struct{}
}

const (
	// maxGroup limits a group, so that its first caller does not wait long.
	maxGroup = 256
	// carefulGroups is the number of groups with savepoints from the start, after a
	// failed part: if parts fail often, running twice costs more.
	carefulGroups = 16
)

var errClosed = errors.New("the database is closed")

func startWriter(o Options, conn *sqlite.Conn) (*writer, error) {
	w := &writer{
		run: lone{conn}, queue: make(chan *job, maxGroup), done: make(chan struct{}),
		onStatement: o.OnStatement, onGroup: o.OnGroup, present: watchPresence(o.Path),
	}
	var err error
	if w.ground, err = startCheckpointer(o.Path); err != nil {
		return nil, err
	}
	go w.loop()
	return w, nil
}

// do runs a job. After queueing it, the caller waits for its end even if ctx is
// cancelled: it must know whether the job was committed.
func (w *writer) do(ctx context.Context, fn func(Statements) error, committed func()) error {
	j := &job{ctx: ctx, fn: fn, committed: committed, done: make(chan struct{})}
	if err := w.send(ctx, j); err != nil {
		return err
	}
	<-j.done
	return j.err
}

func (w *writer) send(ctx context.Context, j *job) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return errClosed
	}
	select {
	case w.queue <- j:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *writer) close() {
	w.mu.Lock()
	already := w.closed
	w.closed = true
	if !already {
		close(w.queue)
	}
	w.mu.Unlock()
	<-w.done
}

func (w *writer) loop() {
	defer close(w.done)
	for first := range w.queue {
		runtime.Gosched() // callers that are about to send join the group, and share the commit
		group := w.gather(first)
		w.settle(group)
		w.ground.wrote(len(group))
		w.ground.finish(w.run.on)
	}
	w.ground.close()
	// The database file is then complete, without its log.
	if err := w.run.on.Script("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		slog.Error("closing the database", "error", err)
	}
}

func (w *writer) gather(first *job) []*job {
	group := []*job{first}
	for len(group) < maxGroup {
		select {
		case j, ok := <-w.queue:
			if !ok {
				return group
			}
			group = append(group, j)
		default:
			return group
		}
	}
	return group
}
