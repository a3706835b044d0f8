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

// onlySettings is a schema with one table beside those of the engine.
var onlySettings = fstest.MapFS{"0001_first.sql": {Data: []byte(`CREATE TABLE schema_versions (version BIGINT PRIMARY KEY);
	CREATE TABLE master_key (id BIGINT PRIMARY KEY, proof BYTEA NOT NULL);
	CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);`)}}

func openEmpty(t *testing.T) *sqlite {
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
	return e.(*sqlite)
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

// settleThree runs three jobs as one group. The second does something more
// after it has written.
func (s *sqlite) settleThree(t *testing.T, ctx context.Context, second func(run Statements) error) (errs [3]error, kept [3]bool) {
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
	s.writer.settle(group) // it has nothing else to do
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

// SQLite gives a whole transaction up after some failures, such as a full
// disk. Whoever was in the group is told so, and nothing of it is kept: not
// before the failure, not in it, and not after it.
func TestLostTransaction(t *testing.T) {
	errs, kept := openEmpty(t).settleThree(t, t.Context(), func(run Statements) error {
		_, err := run.Exec(context.Background(), "ROLLBACK")
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
	errs, kept := openEmpty(t).settleThree(t, ctx, func(run Statements) error {
		defer time.AfterFunc(2*time.Millisecond, leave).Stop()
		var err error
		for rows := 10_000; err == nil && ctx.Err() == nil; rows *= 4 { // until one lasts long enough
			_, err = run.Exec(ctx, `INSERT INTO settings (name, value)
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
// once more. The other parts are kept, the failed part is not.
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
		t.Errorf("the next group ran it %d times: errors %v", runs-2, errs)
	}
}

// A part that is alone in its group is rolled back, and runs once.
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

// A part that fails before it has changed anything costs the others nothing.
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

// After a statement that failed no other is sent, and the part fails whatever
// its function makes of the error.
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

// Callers are told in the order of the group, after its commit.
func TestGroup_calls_committed_in_order(t *testing.T) {
	db := openEmpty(t)
	var order []int
	var group []*job
	for i := range 3 {
		j := newJob(t.Context(), func(run Statements) error { return put(t.Context(), run, fmt.Sprint(i)) })
		j.committed = func() {
			if kept, err := has(t.Context(), db.Reads(), fmt.Sprint(i)); err != nil || !kept {
				t.Errorf("part %d is told before its commit: %v", i, err)
			}
			order = append(order, i)
		}
		group = append(group, j)
	}
	db.writer.settle(group)
	if fmt.Sprint(order) != "[0 1 2]" {
		t.Errorf("told in the order %v", order)
	}
}
