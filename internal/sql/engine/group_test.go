package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/selasar/selasar/internal/secret"
)

// onlySettings is a schema with one table besides those of the engine.
var onlySettings = fstest.MapFS{"0001_first.sql": {Data: []byte(`CREATE TABLE schema_versions (version BIGINT PRIMARY KEY);
	CREATE TABLE master_key (id BIGINT PRIMARY KEY, proof BYTEA NOT NULL);
	CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);`)}}

func openEmpty(t *testing.T) *file {
	t.Helper()
	e, err := Open(t.Context(), Options{Place: Place{Path: filepath.Join(t.TempDir(), "selasar.db")}, Key: secret.Random(), Migrations: onlySettings})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e.(*file)
}

func put(ctx context.Context, run Statements, name string) error {
	_, err := run.Exec(ctx, "INSERT INTO settings (name, value) VALUES ($1, 'v') ON CONFLICT (name) DO NOTHING", name)
	return err
}

func has(ctx context.Context, run Statements, name string) (bool, error) {
	err := run.One(ctx, func(row Row) error { return row.Scan(new(string)) }, "SELECT value FROM settings WHERE name = $1", name)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func newJob(ctx context.Context, fn func(Statements) error) *job {
	return &job{ctx: ctx, fn: fn, committed: func() {}, done: make(chan struct{})}
}

// settleThree runs three jobs as one group. The second job calls second after its
// write.
func (s *file) settleThree(t *testing.T, ctx context.Context, second func(run Statements) error) (errs [3]error, kept [3]bool) {
	t.Helper()
	var group []*job
	for i := range 3 {
		j := newJob(t.Context(), func(run Statements) error { return put(ctx, run, fmt.Sprint(i)) })
		if i == 1 {
			j = newJob(ctx, func(run Statements) error {
				if err := put(ctx, run, "1"); err != nil {
					return err
				}
				return second(run)
			})
		}
		group = append(group, j)
	}
	s.writer.settle(group) // the writer is idle
	for i, j := range group {
		errs[i] = j.err
		found, err := has(t.Context(), s.Reads(), fmt.Sprint(i))
		if err != nil {
			t.Fatal(err)
		}
		kept[i] = found
	}
	if err := s.Write(t.Context(), func(run Statements) error { return put(t.Context(), run, "after") }, func() {}); err != nil {
		t.Errorf("writing afterwards: %v", err)
	}
	return errs, kept
}

// SQLite abandons a whole transaction after some failures, such as a full disk. Every
// caller in the group gets the error, and none of the group's writes is stored:
// neither before the failure nor after it.
func TestGroup_stores_nothing_after_a_lost_transaction(t *testing.T) {
	errs, kept := openEmpty(t).settleThree(t, t.Context(), func(run Statements) error {
		_, err := run.Exec(context.Background(), "ROLLBACK")
		return errors.Join(err, errors.New("the disk is full"))
	})
	for i := range errs {
		if errs[i] == nil || kept[i] {
			t.Errorf("job %d: error %v, stored %v", i, errs[i], kept[i])
		}
	}
}

// If SQLite saw a caller's cancellation in the middle of a statement, it would
// abandon the transaction with the writes of all other callers.
func TestGroup_survives_a_caller_that_cancels_in_a_statement(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	errs, kept := openEmpty(t).settleThree(t, ctx, func(run Statements) error {
		defer time.AfterFunc(2*time.Millisecond, leave).Stop()
		var err error
		for rows := 10_000; err == nil && ctx.Err() == nil; rows *= 4 { // until one takes long enough
			_, err = run.Exec(ctx, `INSERT INTO settings (name, value)
				WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) SELECT 'long ' || $1 || ' ' || i, '' FROM n`, rows)
		}
		return err
	})
	for i := range errs {
		if errs[i] != nil || !kept[i] {
			t.Errorf("job %d: error %v, stored %v", i, errs[i], kept[i])
		}
	}
}

// If a part fails after it changed something, its group runs once more. The other
// parts are stored, the failed part is not.
func TestGroup_runs_again_after_a_part_failed(t *testing.T) {
	wrong := errors.New("the rule says no")
	db, runs := openEmpty(t), 0
	fails := func(Statements) error { runs++; return wrong }
	errs, kept := db.settleThree(t, t.Context(), fails)
	if errs != [3]error{nil, wrong, nil} || kept != [3]bool{true, false, true} || runs != 2 {
		t.Errorf("after %d runs: errors %v, kept %v", runs, errs, kept)
	}
	errs, _ = db.settleThree(t, t.Context(), fails)
	if errs != [3]error{nil, wrong, nil} || runs != 3 {
		t.Errorf("the next group ran the part %d times: errors %v", runs-2, errs)
	}
}

// The only part of a group is rolled back after an error, without a second run.
func TestGroup_of_one_runs_once(t *testing.T) {
	wrong := errors.New("the rule says no")
	db, runs := openEmpty(t), 0
	err := db.Write(t.Context(), func(run Statements) error {
		runs++
		return errors.Join(put(t.Context(), run, "one"), wrong)
	}, func() { t.Error("it was committed") })
	kept, readErr := has(t.Context(), db.Reads(), "one")
	if !errors.Is(err, wrong) || readErr != nil || kept || runs != 1 {
		t.Errorf("after %d runs: %v; kept %v, %v", runs, err, kept, readErr)
	}
}

// A part that fails before it has changed anything causes no second run.
func TestGroup_runs_once_when_a_part_fails_before_it_writes(t *testing.T) {
	wrong := errors.New("the rule says no")
	db, runs := openEmpty(t), [3]int{}
	var group []*job
	for i := range 3 {
		group = append(group, newJob(t.Context(), func(run Statements) error {
			runs[i]++
			if _, err := has(t.Context(), run, "none"); err != nil || i == 1 {
				return errors.Join(wrong, err)
			}
			return put(t.Context(), run, fmt.Sprint(i))
		}))
	}
	db.writer.settle(group)
	if runs != [3]int{1, 1, 1} || group[0].err != nil || !errors.Is(group[1].err, wrong) || group[2].err != nil {
		t.Errorf("runs %v, errors %v, %v, %v", runs, group[0].err, group[1].err, group[2].err)
	}
}

// After a failed statement no other statement is sent, and the part fails even if its
// function ignores the error.
func TestGroup_a_swallowed_error_fails_the_part(t *testing.T) {
	errs, kept := openEmpty(t).settleThree(t, t.Context(), func(run Statements) error {
		_, _ = run.Exec(t.Context(), "INSERT INTO nonsense VALUES (1)")
		if err := put(t.Context(), run, "later"); err == nil {
			t.Error("a statement ran after one that failed")
		}
		return nil
	})
	if errs[0] != nil || errs[1] == nil || errs[2] != nil || kept != [3]bool{true, false, true} {
		t.Errorf("errors %v, kept %v", errs, kept)
	}
}

// Callers are notified in the order of the group, after its commit.
func TestGroup_calls_committed_in_order(t *testing.T) {
	db := openEmpty(t)
	var order []int
	var group []*job
	for i := range 3 {
		j := newJob(t.Context(), func(run Statements) error { return put(t.Context(), run, fmt.Sprint(i)) })
		j.committed = func() {
			if kept, err := has(t.Context(), db.Reads(), fmt.Sprint(i)); err != nil || !kept {
				t.Errorf("part %d is notified before its commit: %v", i, err)
			}
			order = append(order, i)
		}
		group = append(group, j)
	}
	db.writer.settle(group)
	if fmt.Sprint(order) != "[0 1 2]" {
		t.Errorf("notified in the order %v", order)
	}
}
