package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/secret"
)

func openEmpty(t *testing.T) *DB {
	t.Helper()
	clk := clock.NewFixed(time.UnixMilli(0))
	db, err := Open(t.Context(), Options{
		Path: filepath.Join(t.TempDir(), "selasar.db"), Key: secret.Random(), Log: journal.NewLog(clk, id.NewSource(clk, nil)),
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

// settleThree runs three jobs as one group, of which the second does something
// more after it has written.
func (db *DB) settleThree(t *testing.T, ctx context.Context, second func(tx *Tx) error) (errs [3]error, kept [3]bool) {
	t.Helper()
	var group []*job
	for i := range 3 {
		j := &job{ctx: t.Context(), done: make(chan struct{}), fn: func(tx *Tx) error {
			return tx.Settings().Put(ctx, fmt.Sprint(i), "v")
		}}
		if i == 1 {
			put := j.fn
			j.ctx, j.fn = ctx, func(tx *Tx) error {
				if err := put(tx); err != nil {
					return err
				}
				return second(tx)
			}
		}
		group = append(group, j)
	}
	w := db.engine.(*sqlite).writer // it has nothing else to do
	w.settle(group)
	for i, j := range group {
		errs[i] = j.err
		_, found, err := (&Tx{db: db, run: db.reads}).Settings().Get(t.Context(), fmt.Sprint(i))
		if err != nil {
			t.Fatal(err)
		}
		kept[i] = found
	}
	if err := db.Write(t.Context(), func(tx *Tx) error { return tx.Settings().Put(t.Context(), "after", "v") }); err != nil {
		t.Errorf("writing afterwards: %v", err)
	}
	return errs, kept
}

// SQLite gives a whole transaction up after some failures, such as a full
// disk. Whoever was in the group is told so, and nothing of it is kept: not
// before the failure, not in it, and not after it.
func TestLostTransaction(t *testing.T) {
	errs, kept := openEmpty(t).settleThree(t, t.Context(), func(tx *Tx) error {
		_, err := tx.run.exec(context.Background(), "ROLLBACK")
		return errors.Join(err, errors.New("the disk is full"))
	})
	for i := range errs {
		if errs[i] == nil || kept[i] {
			t.Errorf("job %d was told %v, and is kept: %v", i, errs[i], kept[i])
		}
	}
}

// A caller that goes away while its statement runs would have SQLite give the
// transaction up, too, with the writes of everybody else in it.
func TestCallerThatGoesAwayInAStatement(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	errs, kept := openEmpty(t).settleThree(t, ctx, func(tx *Tx) error {
		defer time.AfterFunc(2*time.Millisecond, leave).Stop()
		var err error
		for rows := 10_000; err == nil && ctx.Err() == nil; rows *= 4 { // until one lasts long enough
			_, err = tx.run.exec(ctx, `INSERT INTO settings (name, value)
				WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) SELECT 'long ' || $1 || ' ' || i, '' FROM n`, rows)
		}
		return err
	})
	for i := range errs {
		if errs[i] != nil || !kept[i] {
			t.Errorf("job %d was told %v, and is kept: %v", i, errs[i], kept[i])
		}
	}
}

// The first failure of a part that has changed something makes its group run
// once more; the others are kept, and the failed part is not.
func TestGroup_runs_again_after_a_part_failed(t *testing.T) {
	wrong := errors.New("the rule says no")
	db, runs := openEmpty(t), 0
	errs, kept := db.settleThree(t, t.Context(), func(*Tx) error { runs++; return wrong })
	if errs != [3]error{nil, wrong, nil} || kept != [3]bool{true, false, true} || runs != 2 {
		t.Errorf("after %d runs: errors %v, kept %v", runs, errs, kept)
	}
	errs, kept = db.settleThree(t, t.Context(), func(*Tx) error { runs++; return wrong })
	if errs != [3]error{nil, wrong, nil} || runs != 3 {
		t.Errorf("the next group ran %d times: errors %v, kept %v", runs-2, errs, kept)
	}
}

// A part that fails before it has changed anything costs the others nothing.
func TestGroup_runs_once_when_a_part_fails_before_it_writes(t *testing.T) {
	wrong := errors.New("the rule says no")
	db, runs := openEmpty(t), [3]int{}
	var group []*job
	for i := range 3 {
		group = append(group, &job{ctx: t.Context(), done: make(chan struct{}), fn: func(tx *Tx) error {
			runs[i]++
			if _, _, err := tx.Settings().Get(t.Context(), "none"); err != nil || i == 1 {
				return errors.Join(wrong, err)
			}
			return tx.Settings().Put(t.Context(), fmt.Sprint(i), "v")
		}})
	}
	db.engine.(*sqlite).writer.settle(group)
	if runs != [3]int{1, 1, 1} || group[0].err != nil || !errors.Is(group[1].err, wrong) || group[2].err != nil {
		t.Errorf("runs %v, errors %v, %v, %v", runs, group[0].err, group[1].err, group[2].err)
	}
}

// After a statement that failed nothing more is sent, and the part fails
// whatever its function makes of the error.
func TestGroup_a_swallowed_error_fails_the_part(t *testing.T) {
	errs, kept := openEmpty(t).settleThree(t, t.Context(), func(tx *Tx) error {
		_, _ = tx.run.exec(t.Context(), "INSERT INTO nonsense VALUES (1)")
		if _, err := tx.run.exec(t.Context(), "INSERT INTO settings (name, value) VALUES ('later', 'v')"); err == nil {
			t.Error("a statement ran after one that failed")
		}
		return nil
	})
	if errs[0] != nil || errs[1] == nil || errs[2] != nil || kept != [3]bool{true, false, true} {
		t.Errorf("errors %v, kept %v", errs, kept)
	}
}

// A writer reads from memory what its transaction has not changed, and its own
// changes from the database, also when they are rolled back.
func TestWriter_sees_its_own_changes(t *testing.T) {
	db, ctx := openEmpty(t), t.Context()
	name := func(tx *Tx) string {
		app, err := tx.MiniApps().Get(ctx, "kopi")
		if err != nil {
			t.Fatal(err)
		}
		return app.Name
	}
	put := func(tx *Tx, name string) error { return tx.MiniApps().Put(ctx, miniapp.App{ID: "kopi", Name: name}) }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	wrong := errors.New("rolled back")
	must(db.Write(ctx, func(tx *Tx) error { return put(tx, "one") }))
	must(db.Read(ctx, func(tx *Tx) error { name(tx); return nil })) // from now on it is in memory
	must(db.Write(ctx, func(tx *Tx) error {
		before := name(tx)
		if err := put(tx, "two"); err != nil {
			return err
		}
		if after := name(tx); before != "one" || after != "two" {
			t.Errorf("before its change it sees %q, after it %q", before, after)
		}
		return nil
	}))
	err := db.Write(ctx, func(tx *Tx) error { return errors.Join(put(tx, "three"), wrong) })
	if !errors.Is(err, wrong) {
		t.Errorf("got %v", err)
	}
	must(db.Write(ctx, func(tx *Tx) error {
		if got := name(tx); got != "two" {
			t.Errorf("after a rollback %q is seen", got)
		}
		return nil
	}))
}
