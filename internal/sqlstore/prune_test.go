package sqlstore

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/store"
)

// Prune uses small transactions, so that other writers do not wait long.
func TestPrune_deletes_in_small_transactions(t *testing.T) {
	var told func(query string)
	db := openEmpty(t, &told)
	const entries, kept = 4*forgottenAtOnce + 7, 10
	if err := db.SaveTraces(t.Context(), stamped(db, entries)); err != nil {
		t.Fatal(err)
	}
	steps := 0
	told = func(query string) {
		if strings.HasPrefix(query, "DELETE FROM journal") {
			steps++
		}
	}
	if err := db.Prune(t.Context(), store.Kept{Entries: kept}); err != nil {
		t.Fatal(err)
	}
	if steps != 4 {
		t.Errorf("%d entries went in %d steps, want 4 of at most %d", entries-kept, steps, forgottenAtOnce)
	}
	left, err := db.LoadJournal(t.Context(), store.First(entries))
	if err != nil || len(left) != kept+1 {
		t.Errorf("%d entries are left, %v; want %d", len(left), err, kept+1)
	}
}

// The tries of a notification count as deleted rows.
func TestPrune_deletes_notifications_in_small_transactions(t *testing.T) {
	var told func(query string)
	db, ctx := openEmpty(t, &told), t.Context()
	const many = 2*(forgottenAtOnce/notification.Tries) + 7
	err := db.Write(ctx, func(tx *Tx) error {
		for i := range many {
			id := strconv.Itoa(i)
			n := notification.Notification{ID: id, Payment: id, State: notification.Dead, EndedAt: 1}
			if _, err := tx.Notifications().Insert(ctx, n); err != nil {
				return err
			}
			for attempt := range notification.Tries {
				if _, err := tx.Outbox().Finish(ctx, notification.Delivery{NotificationID: id, Attempt: attempt + 1}, notification.Dead, 0, 1); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var steps []int
	told = func(query string) {
		switch {
		case strings.HasPrefix(query, "BEGIN"):
			steps = append(steps, 0)
		case strings.HasPrefix(query, "DELETE FROM notifications"):
			steps[len(steps)-1] += notification.Tries
		}
	}
	if err := db.Prune(ctx, store.Kept{Notifications: 1}); err != nil {
		t.Fatal(err)
	}
	all := 0
	for _, step := range steps {
		if all += step; step > forgottenAtOnce {
			t.Errorf("a step deletes %d tries, want %d at most", step, forgottenAtOnce)
		}
	}
	if all != many*notification.Tries {
		t.Errorf("%d tries were deleted in %d steps, want %d", all, len(steps), many*notification.Tries)
	}
}

func stamped(db *DB, n int) []journal.Entry {
	list := make([]journal.Entry, n)
	for i := range list {
		db.options.Log.Stamp(&list[i])
	}
	return list
}

// openEmpty opens an empty SQLite database. It calls told, when set, before each
// statement that writes.
func openEmpty(t *testing.T, told *func(query string)) *DB {
	t.Helper()
	clk := clock.NewFixed(time.UnixMilli(0))
	db, err := Open(t.Context(), Options{
		Path: filepath.Join(t.TempDir(), "selasar.db"), Key: secret.Random(), Log: journal.NewLog(clk, id.NewSource(clk, nil)),
		OnStatement: func(query string) {
			if *told != nil {
				(*told)(query)
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
