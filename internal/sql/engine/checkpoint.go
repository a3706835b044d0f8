package engine

import (
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/selasar/selasar/internal/sql/sqlite"
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
	conn   *sqlite.Conn
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
	conn, err := open(path, "synchronous(FULL)")
	if err != nil {
		return nil, err
	}
	c := &checkpointer{conn: conn, wake: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}), left: between}
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
	if err := c.conn.Script("PRAGMA wal_checkpoint(PASSIVE)"); err != nil {
		slog.Warn("checkpoint", "error", err)
	}
}

// finish copies the rest of the log. Only the writer calls it, with its own
// connection.
func (c *checkpointer) finish(conn *sqlite.Conn) {
	if !c.copied.Swap(false) {
		return
	}
	how, wait := "PASSIVE", lockPatience
	if c.pages > long {
		how, wait = "RESTART", readerPatience
	}
	var blocked, copied int
	err := waiting(conn, wait)
	if err == nil {
		err = read(conn, "PRAGMA wal_checkpoint("+how+")", &blocked, &c.pages, &copied)
	}
	if err = errors.Join(err, waiting(conn, lockPatience)); err != nil {
		slog.Warn("checkpoint by the writer", "error", err)
	}
}

// waiting sets how long a connection waits for a lock.
func waiting(conn *sqlite.Conn, most time.Duration) error {
	return conn.Script(fmt.Sprintf("PRAGMA busy_timeout(%d)", most.Milliseconds()))
}

func (c *checkpointer) close() {
	close(c.quit)
	<-c.done
	if err := c.conn.Close(); err != nil {
		slog.Warn("closing the checkpoint connection", "error", err)
	}
}
