package engine

import (
	"context"
	"errors"
	"sync"
	"testing"
)

const endless = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 2 OR i < 0`

// A cancelled list ends, although SQLite finds no further row for it, and its
// connection serves the next reader.
func TestReaders_All_ends_when_its_caller_cancels(t *testing.T) {
	db := openEmpty(t)
	for range 3 * most {
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Reads().All(ctx, func(Row) error { cancel(); return nil }, endless)
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("error %v", err)
		}
		if _, err := has(t.Context(), db.Reads(), "any"); err != nil {
			t.Fatalf("the next reader: %v", err)
		}
	}
}

// More callers than connections take turns; a caller that cancels does not wait.
func TestReaders_wait_for_a_connection(t *testing.T) {
	db := openEmpty(t)
	inside, release := make(chan struct{}), make(chan struct{})
	var readers sync.WaitGroup
	for range most {
		readers.Go(func() {
			err := db.Reads().One(t.Context(), func(Row) error { inside <- struct{}{}; <-release; return nil }, "SELECT 1")
			if err != nil {
				t.Error(err)
			}
		})
	}
	for range most {
		<-inside
	}
	ctx, cancel := context.WithCancel(t.Context())
	waiting := make(chan error)
	go func() {
		waiting <- db.Reads().One(ctx, func(Row) error { return nil }, "SELECT 1")
	}()
	cancel()
	if err := <-waiting; !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled caller without a connection: %v", err)
	}
	close(release)
	readers.Wait()
	if _, err := has(t.Context(), db.Reads(), "any"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestReaders_refuse_to_write_and_to_read_a_closed_database(t *testing.T) {
	db := openEmpty(t)
	if err := put(t.Context(), db.Reads(), "one"); err == nil {
		t.Error("a connection that reads has written")
	}
	reads := db.Reads()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := has(t.Context(), reads, "one"); !errors.Is(err, errClosed) {
		t.Errorf("a closed database: %v", err)
	}
	write := func(run Statements) error { return put(t.Context(), run, "one") }
	if err := db.Write(t.Context(), write, func() {}); !errors.Is(err, errClosed) {
		t.Errorf("writing to a closed database: %v", err)
	}
}
