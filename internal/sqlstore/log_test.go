package sqlstore_test

import (
	"context"
	"database/sql"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/sqlstore"
	_ "modernc.org/sqlite" // the driver
)

// The write-ahead log is restarted repeatedly, although there is always a reader.
func TestLog_stays_short_under_readers(t *testing.T) {
	const changes, most = 4_000, 80 << 20 // without restarts, the log would grow to 140 MiB
	o := onPostgres("")
	o.Path = t.TempDir() + "/selasar.db"
	db := peopled(t, o)
	defer alwaysRead(t, o.Path)()
	var largest int64
	for i := range changes {
		err := db.Write(t.Context(), func(tx *sqlstore.Tx) error {
			return tx.Settings().Put(t.Context(), "long", strings.Repeat(strconv.Itoa(i%10), 32<<10))
		})
		if err != nil {
			t.Fatal(err)
		}
		log, err := os.Stat(o.Path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		largest = max(largest, log.Size())
	}
	if largest > most {
		t.Errorf("the log grew to %d MiB", largest>>20)
	}
}

// alwaysRead reads a file in transactions of some milliseconds, each of which starts
// before the previous one ends.
func alwaysRead(t *testing.T, path string) (stop func()) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		var before *sql.Tx
		for tick := time.Tick(3 * time.Millisecond); ctx.Err() == nil; <-tick {
			tx, err := db.Begin()
			if err == nil {
				err = tx.QueryRow("SELECT count(*) FROM settings").Scan(new(int))
			}
			if before != nil && err == nil {
				err = before.Rollback()
			}
			if err != nil {
				done <- err
				return
			}
			before = tx
		}
		done <- before.Rollback()
	}()
	return func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}
