package engine

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"runtime"
	"sync"
)

// writer owns the one connection that writes to a SQLite file. A caller hands
// it a job; it runs the jobs that wait one after the other in one transaction,
// commits once, and only then tells their callers (see group.go).
type writer struct {
	conn  *sql.Conn
	run   *prepared
	queue chan *job

	onStatement func(query string) // may be nil
	onGroup     func()             // may be nil
	careful     int                // groups that still run with savepoints from the start

	mu     sync.RWMutex // held to send, locked to close
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
	// maxGroup bounds a group, so that its first caller is told in time.
	maxGroup = 256
	// carefulGroups is how many groups use savepoints from the start after a
	// part has failed: where parts fail often, running twice costs more.
	carefulGroups = 16
)

var errClosed = errors.New("the database is closed")

func startWriter(ctx context.Context, o Options, pool *sql.DB) (*writer, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writer{
		conn: conn, run: newPrepared(conn), queue: make(chan *job, maxGroup), done: make(chan struct{}),
		onStatement: o.OnStatement, onGroup: o.OnGroup,
	}
	w.ground, err = startCheckpointer(o.Path)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	go w.loop()
	return w, nil
}

// do runs a job. Once the job is queued the caller waits for its end, whatever
// becomes of ctx: it must know whether the job was committed.
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
		runtime.Gosched() // callers that are about to send come first, and share the commit
		group := w.gather(first)
		w.settle(group)
		w.ground.wrote(len(group))
		w.ground.finish(context.Background(), w.conn)
	}
	w.ground.close()
	if err := w.end(); err != nil {
		slog.Error("closing the database", "error", err)
	}
}

// end copies the whole log into the database file, which is complete then.
func (w *writer) end() error {
	_, err := w.conn.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
	return errors.Join(err, w.run.close(), w.conn.Close())
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
