package sqlstore

import (
	"strconv"
	"testing"

	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/chain"
)

// verified checks the audit log.
func verified(t *testing.T, db *DB) chain.Report {
	t.Helper()
	report, err := audit.Verify(t.Context(), View[audit.Tx](db), db.options.Key, nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestClear_begins_the_ledgers_again(t *testing.T) {
	both(t, func(t *testing.T, db *DB) {
		for _, entries := range []int64{3, 1} {
			for i := range entries {
				err := db.Write(t.Context(), func(tx *Tx) error {
					return tx.Audit().Insert(t.Context(), audit.Entry{ID: strconv.FormatInt(i, 10)})
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if r := verified(t, db); r.Fault != nil || r.Entries != entries {
				t.Errorf("got %+v, want %d entries", r, entries)
			}
			if err := db.Clear(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A ledger whose heads were removed is not begun again: nothing extends it, and the
// check reports it.
func TestOpen_begins_only_an_empty_ledger(t *testing.T) {
	both(t, func(t *testing.T, db *DB) {
		ctx := t.Context()
		insert := func() error {
			return db.Write(ctx, func(tx *Tx) error { return tx.Audit().Insert(ctx, audit.Entry{ID: "one"}) })
		}
		if err := insert(); err != nil {
			t.Fatal(err)
		}
		err := db.Write(ctx, func(tx *Tx) error {
			_, err := tx.run.Exec(ctx, "DELETE FROM chain_heads")
			return err
		})
		if err == nil {
			err = db.begin(ctx)
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := insert(); err == nil {
			t.Error("an entry follows removed ones")
		}
		if r := verified(t, db); r.Fault == nil || r.Fault.Kind != chain.HeadFault {
			t.Errorf("got %+v", r)
		}
	})
}
