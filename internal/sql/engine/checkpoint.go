package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"
)

// checkpointer copies the write-ahead log into the database file on its own
// connection, so that no commit waits for it.
//
// When it has copied nearly all of the log, the writer copies the rest between
// two commits. Then SQLite writes the log from its beginning again. That keeps
// the log short, and a commit into a part of the file that exists costs half of
// a commit that makes the file longer.
//
// A reader that began before the last copy keeps SQLite from restarting the log, and
// under load there is always such a reader. When the log is long, the writer waits
// for the current readers, until the longest of their queries ends.
type checkpointer struct {
	db     *sql.DB
	wake   chan struct{}
	quit   chan struct{}
	done   chan struct{}
	left   int         // jobs until the next round
	copied atomic.Bool // nearly all of the log is copied; the writer copies the rest
	pages  int         // pages in the log at the writer's last copy
}

const (
	// between is how many jobs the writer commits from one checkpoint to the next.
	between = 1000
	// long is how many pages of 4 KiB the log may have before the writer waits for readers.
	long = 4096
	// readerPatience bounds that wait: another program may read for minutes.
	readerPatience = 200 * time.Millisecond
)

func startCheckpointer(path string) (*checkpointer, error) {
	db, err := pool(path, 1, "synchronous(FULL)")
	if err != nil {
		return nil, err
	}
	c := &checkpointer{db: db, wake: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}), left: between}
	go c.loop()
	return c, nil
}

// wrote counts the jobs that the writer has committed. Only the writer calls it.
func (c *checkpointer) wrote(jobs int) {
	if c.left -= jobs; c.left > 0 {
		return
	}
	c.left = between
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *checkpointer) loop() {
	defer close(c.done)
	for {
		select {
		case <-c.quit:
			return
		case <-c.wake:
			c.checkpoint()
			c.copied.Store(true)
		}
	}
}

// checkpoint copies as much as it can without blocking readers or the writer.
func (c *checkpointer) checkpoint() {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if _, err := c.db.ExecContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)"); err != nil {
		slog.Warn("checkpoint", "error", err)
	}
}

// finish copies the rest of the log. Only the writer calls it, with its own
// connection.
func (c *checkpointer) finish(ctx context.Context, conn *sql.Conn) {
	if !c.copied.Swap(false) {
		return
	}
	how, wait := "PASSIVE", lockPatience
	if c.pages > long {
		how, wait = "RESTART", readerPatience
	}
	var blocked, copied int
	err := waiting(ctx, conn, wait)
	if err == nil {
		err = conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint("+how+")").Scan(&blocked, &c.pages, &copied)
	}
	if err = errors.Join(err, waiting(ctx, conn, lockPatience)); err != nil {
		slog.Warn("checkpoint by the writer", "error", err)
	}
}

// waiting sets how long a connection waits for a lock.
func waiting(ctx context.Context, conn *sql.Conn, most time.Duration) error {
	_, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout(%d)", most.Milliseconds()))
	return err
}

func (c *checkpointer) close() {
	close(c.quit)
	<-c.done
	if err := c.db.Close(); err != nil {
		slog.Warn("closing the checkpoint connection", "error", err)
	}
}
