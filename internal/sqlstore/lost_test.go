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
