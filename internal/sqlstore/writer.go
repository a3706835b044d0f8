package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
)

// writer owns the one connection that writes. A caller hands it a job; it runs
// the jobs that wait one after the other in one transaction, commits once, and
// only then tells their callers. A job that fails undoes nothing of the others.
type writer struct {
	db    *DB
	conn  *sql.Conn
	run   *prepared
	queue chan *job
	// before is called before each statement that writes; it may be nil.
	before func(query string)

	mu     sync.RWMutex // held to send, locked to close
	closed bool
	done   chan struct{}
	ground *checkpointer

	careful int // groups that still run with savepoints from the start
}

type job struct {
	ctx  context.Context
	fn   func(*Tx) error
	tx   *Tx
	err  error
	done chan struct{}
}

const (
	// most bounds a group, so that its first caller is told in time.
	most = 256
	// carefulGroups is how many groups use savepoints from the start after a
	// part has failed: where parts fail often, running twice costs more.
	carefulGroups = 16
)

var (
	errClosed = errors.New("the database is closed")
	// errLost: the transaction of a group is gone, such as after the disk was full.
	errLost = errors.New("the transaction was lost")
	// errPartFailed: a job of a group has failed after it changed something.
	errPartFailed = errors.New("a part of the transaction failed")
)

func startWriter(ctx context.Context, db *DB, pool *sql.DB) (*writer, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writer{db: db, conn: conn, run: newPrepared(conn), queue: make(chan *job, most), done: make(chan struct{})}
	w.before = db.options.OnStatement
	w.ground, err = startCheckpointer(db.options.Path)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	go w.loop()
	return w, nil
}

func (w *writer) do(ctx context.Context, fn func(*Tx) error) error {
	j := &job{ctx: ctx, fn: fn, done: make(chan struct{})}
	if err := w.send(ctx, j); err != nil {
		return err
	}
	<-j.done // once begun, a job is not left: its caller must know how it ended
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
		runtime.Gosched() // those who are about to write come first, and share the commit
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

// end leaves everything in the database file, so that it alone is the whole.
func (w *writer) end() error {
	_, err := w.conn.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
	return errors.Join(err, w.run.close(), w.conn.Close())
}

func (w *writer) gather(first *job) []*job {
	group := []*job{first}
	for len(group) < most {
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

// settle runs a group and tells every caller.
func (w *writer) settle(group []*job) {
	err := w.commit(group)
	w.db.recent.settled()
	if err != nil {
		for _, j := range group {
			j.err = explain(err)
		}
	}
	for _, j := range group {
		if j.err == nil {
			w.db.options.Log.Publish(j.tx.entries...)
		}
		close(j.done)
	}
}

// commit runs a group in one transaction: first without savepoints, and when a
// part fails that has changed something, once more with them.
func (w *writer) commit(group []*job) error {
	if w.careful > 0 {
		w.careful--
		return w.try(group, w.apart)
	}
	err := w.try(group, w.together)
	if errors.Is(err, errPartFailed) {
		w.careful = carefulGroups
		err = w.try(group, w.apart)
	}
	return err
}

// try runs a group by part and commits, or rolls all of it back.
func (w *writer) try(group []*job, part func(context.Context, *job) error) error {
	ctx := context.Background() // a caller that goes away must not undo the others' part
	if err := w.control(ctx, "BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("beginning: %w", err)
	}
	wrote := false
	for _, j := range group {
		if err := part(ctx, j); err != nil {
			_ = w.control(ctx, "ROLLBACK") // after errLost there is nothing to roll back
			if len(group) == 1 && errors.Is(err, errPartFailed) {
				return nil // the job has its error, and nobody else was in the transaction
			}
			return err
		}
		wrote = wrote || j.err == nil
	}
	if !wrote {
		return w.control(ctx, "ROLLBACK")
	}
	if err := w.control(ctx, "COMMIT"); err != nil {
		_ = w.control(ctx, "ROLLBACK")
		return fmt.Errorf("committing: %w", err)
	}
	return nil
}

// control begins and ends transactions and their parts.
func (w *writer) control(ctx context.Context, query string) error {
	if w.before != nil {
		w.before(query)
	}
	_, err := w.run.exec(ctx, query)
	return err
}

// together runs one job in the transaction of its group. A job that fails
// before it has changed anything leaves nothing to undo; otherwise together
// returns errPartFailed, and the transaction must be rolled back.
func (w *writer) together(ctx context.Context, j *job) error {
	if j.err = j.ctx.Err(); j.err != nil {
		return nil
	}
	changed := w.perform(j)
	if j.err != nil && changed {
		return errPartFailed
	}
	return nil
}

// apart runs one job inside a savepoint, so that its failure undoes its own
// changes only.
func (w *writer) apart(ctx context.Context, j *job) error {
	if j.err = j.ctx.Err(); j.err != nil {
		return nil
	}
	if err := w.control(ctx, "SAVEPOINT part"); err != nil {
		return fmt.Errorf("%w: %w", errLost, err)
	}
	w.perform(j)
	if j.err != nil {
		if err := w.control(ctx, "ROLLBACK TO part"); err != nil {
			return fmt.Errorf("%w: %w, after %w", errLost, err, j.err)
		}
	}
	if err := w.control(ctx, "RELEASE part"); err != nil {
		return fmt.Errorf("%w: %w", errLost, err)
	}
	return nil
}

// perform runs the function of a job, and reports whether it may have changed
// something. After a statement that failed the transaction may be gone, so the
// job has failed too, whatever its function made of it.
func (w *writer) perform(j *job) (changed bool) {
	run := &part{run: w.run, before: w.before}
	j.tx = &Tx{db: w.db, run: run, writes: true}
	j.err = guarded(j.fn, j.tx)
	if run.failed != nil && !errors.Is(j.err, run.failed) {
		j.err = errors.Join(run.failed, j.err)
	}
	return run.changed || run.failed != nil
}
