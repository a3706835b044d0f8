package engine

import (
	"context"
	"errors"
	"sync"

	"github.com/selasar/selasar/internal/sql/sqlite"
)

// most is how many connections read from a SQLite file.
const most = 8

// readers is the pool of the connections that only read. They are opened when needed,
// and stay open.
type readers struct {
	path   string
	slots  chan struct{} // full when all connections are in use
	closed chan struct{}
	ending sync.Once

	mu   sync.Mutex
	idle []*sqlite.Conn // the last one was used last
}

func newReaders(path string) *readers {
	return &readers{path: path, slots: make(chan struct{}, most), closed: make(chan struct{})}
}

// borrow waits for a connection. No caller waits for a second one while it has one, so
// there is no deadlock.
func (r *readers) borrow(ctx context.Context) (*sqlite.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case <-r.closed:
		return nil, errClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	case r.slots <- struct{}{}:
	}
	r.mu.Lock()
	if n := len(r.idle); n > 0 {
		conn := r.idle[n-1]
		r.idle = r.idle[:n-1]
		r.mu.Unlock()
		return conn, nil
	}
	r.mu.Unlock()
	conn, err := open(r.path, "query_only(1)")
	if err != nil {
		<-r.slots
	}
	return conn, err
}

func (r *readers) giveBack(conn *sqlite.Conn) {
	r.mu.Lock()
	r.idle = append(r.idle, conn)
	r.mu.Unlock()
	<-r.slots
}

// close waits for running statements and closes every connection. Only the first call
// does something.
func (r *readers) close() (err error) {
	r.ending.Do(func() {
		close(r.closed)
		for range most {
			r.slots <- struct{}{}
		}
		for _, conn := range r.idle {
			err = errors.Join(err, conn.Close())
		}
	})
	return err
}

// Exec runs a statement; the connection refuses a statement that writes.
func (r *readers) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	if err := checkTexts(args); err != nil {
		return 0, err
	}
	conn, err := r.borrow(ctx)
	if err != nil {
		return 0, err
	}
	defer r.giveBack(conn)
	return lone{conn}.exec(query, args)
}

// One cannot be interrupted after its start: watching the context would take longer
// than the read.
func (r *readers) One(ctx context.Context, scan func(Row) error, query string, args ...any) error {
	if err := checkTexts(args); err != nil {
		return err
	}
	conn, err := r.borrow(ctx)
	if err != nil {
		return err
	}
	defer r.giveBack(conn)
	return lone{conn}.one(scan, query, args)
}

// All reads every row. A cancellation interrupts it.
func (r *readers) All(ctx context.Context, scan func(Row) error, query string, args ...any) error {
	if err := checkTexts(args); err != nil {
		return err
	}
	conn, err := r.borrow(ctx)
	if err != nil {
		return err
	}
	defer r.giveBack(conn)
	defer interruptWith(ctx, conn)()
	return lone{conn}.all(ctx, scan, query, args)
}

// interruptWith interrupts a connection when ctx is cancelled, until release is called.
// An interrupt that has begun then ends first, so that it hits no later statement.
func interruptWith(ctx context.Context, conn *sqlite.Conn) (release func()) {
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		conn.Interrupt()
	})
	return func() {
		if !stop() {
			<-ended
		}
	}
}

// Locked returns the query unchanged: no decision follows it.
func (r *readers) Locked(query string) string { return query }

// SkipLocked returns the query unchanged.
func (r *readers) SkipLocked(query string) string { return query }

// reading runs statements on the connections that read. A reset replaces those, and
// waits for the running statements.
type reading struct{ s *file }

func (r reading) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	r.s.replacing.RLock()
	defer r.s.replacing.RUnlock()
	return r.s.current.Exec(ctx, query, args...)
}

func (r reading) One(ctx context.Context, scan func(Row) error, query string, args ...any) error {
	r.s.replacing.RLock()
	defer r.s.replacing.RUnlock()
	return r.s.current.One(ctx, scan, query, args...)
}

func (r reading) All(ctx context.Context, scan func(Row) error, query string, args ...any) error {
	r.s.replacing.RLock()
	defer r.s.replacing.RUnlock()
	return r.s.current.All(ctx, scan, query, args...)
}

// Locked returns the query unchanged: no decision follows it.
func (r reading) Locked(query string) string { return query }

// SkipLocked returns the query unchanged.
func (r reading) SkipLocked(query string) string { return query }
