package sqlstore

import (
	"errors"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/secret"
)

// A row that was read during its change is not cached.
func TestRecent(t *testing.T) {
	const old, fresh = "old", "new"
	gives := func(v string) func() (string, error) { return func() (string, error) { return v, nil } }
	expect := func(t *testing.T, r *recent[string], inDatabase, want string) {
		t.Helper()
		if got, err := r.get("key", gives(inDatabase)); got != want || err != nil {
			t.Errorf("got %q, %v; want %q", got, err, want)
		}
	}

	t.Run("a row that was read is cached", func(t *testing.T) {
		r := newRecent[string](false)
		expect(t, r, old, old)
		expect(t, r, fresh, old)
	})
	t.Run("a row is read from the database during a change and after it", func(t *testing.T) {
		r := newRecent[string](false)
		expect(t, r, old, old)
		r.change("key")
		expect(t, r, old, old) // not committed yet
		expect(t, r, fresh, fresh)
		r.settled()
		expect(t, r, fresh, fresh)
	})
	for name, during := range map[string]func(*recent[string]){
		"a change begins during a read":                      func(r *recent[string]) { r.change("key") },
		"a change begins and ends during a read":             func(r *recent[string]) { r.change("key"); r.settled() },
		"a change of all rows begins during a read":          func(r *recent[string]) { r.changeAll() },
		"a change of all rows begins and ends during a read": func(r *recent[string]) { r.changeAll(); r.settled() },
		"one change ends and another begins during a read":   func(r *recent[string]) { r.change("key"); r.settled(); r.change("key") },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRecent[string](false)
			_, _ = r.get("key", func() (string, error) { during(r); return old, nil })
			r.settled()
			expect(t, r, fresh, fresh)
		})
	}
	t.Run("a read that began during a change is not cached", func(t *testing.T) {
		r := newRecent[string](false)
		r.change("key")
		_, _ = r.get("key", func() (string, error) { r.settled(); return old, nil })
		expect(t, r, fresh, fresh)
	})
	t.Run("a failed read is not cached", func(t *testing.T) {
		r := newRecent[string](false)
		_, _ = r.get("key", func() (string, error) { return old, errors.New("no such row") })
		expect(t, r, fresh, fresh)
	})
}

// A shared database has no cache, and every cache has a limit.
func TestRecent_limits(t *testing.T) {
	gives := func(v string) func() (string, error) { return func() (string, error) { return v, nil } }
	t.Run("nothing is cached for a shared database", func(t *testing.T) {
		r := newRecent[string](true)
		for _, want := range []string{"old", "new"} {
			if got, err := r.get("key", gives(want)); got != want || err != nil {
				t.Errorf("got %q, %v; want %q", got, err, want)
			}
		}
	})
	t.Run("the number of rows is limited", func(t *testing.T) {
		r := newRecent[string](false)
		for i := range 2 * mostRecent {
			_, _ = r.get(string(rune(i)), gives("old"))
		}
		if len(r.rows) > mostRecent {
			t.Errorf("%d rows are cached", len(r.rows))
		}
	})
}

// After a write is acknowledged, every reader sees it, with any number of concurrent
// readers.
func TestRead_sees_acknowledged_writes(t *testing.T) {
	clk := clock.NewFixed(time.UnixMilli(0))
	db, err := Open(t.Context(), Options{
		Path: filepath.Join(t.TempDir(), "selasar.db"), Key: secret.Random(), Log: journal.NewLog(clk, id.NewSource(clk, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	name := func() (name string) {
		err := db.Read(t.Context(), func(tx *Tx) error {
			app, err := tx.MiniApps().Get(t.Context(), "kopi")
			name = app.Name
			return err
		})
		if err != nil {
			t.Error(err)
		}
		return name
	}
	write := func(name string) {
		err := db.Write(t.Context(), func(tx *Tx) error { return tx.MiniApps().Put(t.Context(), miniapp.App{ID: "kopi", Name: name}) })
		if err != nil {
			t.Error(err)
		}
	}
	write("0")
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for last := 0; ; {
				select {
				case <-stop:
					return
				default:
				}
				now, _ := strconv.Atoi(name())
				if now < last {
					t.Errorf("a reader saw %d after %d", now, last)
				}
				last = now
			}
		})
	}
	for i := range 60 {
		write(strconv.Itoa(i))
		if got := name(); got != strconv.Itoa(i) {
			t.Errorf("after %d was acknowledged, a reader saw %s", i, got)
		}
	}
	close(stop)
	readers.Wait()
}
