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

// writer owns the one connection that writes. Whoever wants to write hands it
// a job; it runs the jobs that wait one after the other in one transaction,
// each inside a savepoint, commits once, and only then tells their callers.
type writer struct {
	db    *DB
	conn  *sql.Conn
	run   *prepared
	queue chan *job

	mu     sync.RWMutex // held to send, locked to close
	closed bool
	done   chan struct{}
	ground *checkpointer
}

type job struct {
	ctx  context.Context
	fn   func(*Tx) error
	tx   *Tx
	err  error
	done chan struct{}
}

// most bounds a group, so that the first caller of one does not wait for ever.
const most = 256

var (
	errClosed = errors.New("the database is closed")
	// errLost: the transaction of a group is gone, such as after the disk was full.
	errLost = errors.New("the transaction was lost")
)

func startWriter(ctx context.Context, db *DB, pool *sql.DB) (*writer, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writer{db: db, conn: conn, run: newPrepared(conn), queue: make(chan *job, most), done: make(chan struct{})}
	w.run.before, w.run.steady = db.options.OnStatement, true
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

func (w *writer) commit(group []*job) error {
	ctx := context.Background() // a caller that goes away must not undo the others' part
	if _, err := w.run.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("beginning: %w", err)
	}
	wrote := false
	for _, j := range group {
		j.err = w.part(ctx, j)
		if errors.Is(j.err, errLost) {
			_, _ = w.run.exec(ctx, "ROLLBACK")
			return j.err // what the next ones wrote would stand outside a transaction
		}
		wrote = wrote || j.err == nil
	}
	if !wrote {
		_, err := w.run.exec(ctx, "ROLLBACK")
		return err
	}
	if _, err := w.run.exec(ctx, "COMMIT"); err != nil {
		_, _ = w.run.exec(ctx, "ROLLBACK")
		return fmt.Errorf("committing: %w", err)
	}
	return nil
}

// part runs one job inside a savepoint, so that its failure undoes its own
// changes only.
func (w *writer) part(ctx context.Context, j *job) error {
	if err := j.ctx.Err(); err != nil {
		return err
	}
	if _, err := w.run.exec(ctx, "SAVEPOINT part"); err != nil {
		return err
	}
	j.tx = &Tx{db: w.db, run: w.run, writes: true}
	err := guarded(j.fn, j.tx)
	if err != nil {
		if _, undo := w.run.exec(ctx, "ROLLBACK TO part"); undo != nil {
			return fmt.Errorf("%w: %w, after %w", errLost, undo, err)
		}
	}
	if _, release := w.run.exec(ctx, "RELEASE part"); release != nil {
		return fmt.Errorf("%w: %w", errLost, release)
	}
	return err
}
