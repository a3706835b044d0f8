package engine

import (
	"errors"
	"fmt"
)

// A group runs in one transaction. Its parts, one for each job, first run without
// savepoints, because a savepoint adds about a tenth to the cost of a part:
//
//	BEGIN ─ part ─ part ─ part ─ COMMIT ─▶ callers are told
//	          │
//	          └─ failed, and had changed something: ROLLBACK, and the group
//	             runs once more with a savepoint around each part
//
// A part that fails before it has changed anything leaves nothing to undo. The
// function of a job may run more than once (see store.Database).

var (
	// errLost reports that the transaction of a group is gone, for example after the
	// disk was full.
	errLost = errors.New("the transaction was lost")
	// errPartFailed reports that a part failed after it changed something.
	errPartFailed = errors.New("a part of the transaction failed")
)

// settle runs a group and gives every caller its result.
func (w *writer) settle(group []*job) {
	err := w.commit(group)
	if w.onGroup != nil {
		w.onGroup()
	}
	for _, j := range group {
		if err != nil {
			j.err = explain(err)
		}
		if j.err == nil {
			j.committed()
		}
		close(j.done)
	}
}

func (w *writer) commit(group []*job) error {
	if w.careful > 0 {
		w.careful--
		return w.try(group, w.apart)
	}
	err := w.try(group, w.together)
	if !errors.Is(err, errPartFailed) {
		return err
	}
	if len(group) == 1 {
		return nil // the job has its error, and no other was in the transaction
	}
	w.careful = carefulGroups
	return w.try(group, w.apart)
}

// try runs the parts of a group and commits them, or rolls all of them back.
func (w *writer) try(group []*job, part func(*job) error) error {
	if err := w.present.check(); err != nil {
		return err
	}
	if err := w.control("BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("beginning: %w", err)
	}
	wrote := false
	for _, j := range group {
		if err := part(j); err != nil {
			_ = w.control("ROLLBACK") // after errLost there is nothing to roll back
			return err
		}
		wrote = wrote || j.err == nil
	}
	if !wrote {
		return w.control("ROLLBACK")
	}
	if err := w.control("COMMIT"); err != nil {
		_ = w.control("ROLLBACK")
		return fmt.Errorf("committing: %w", err)
	}
	return nil
}

// control runs BEGIN, COMMIT, ROLLBACK and the statements of savepoints.
func (w *writer) control(query string) error {
	if w.onStatement != nil {
		w.onStatement(query)
	}
	_, err := w.run.exec(query, nil)
	return err
}

// together runs a part directly in the transaction of its group.
func (w *writer) together(j *job) error {
	if j.err = j.ctx.Err(); j.err != nil {
		return nil
	}
	if changed := w.perform(j); changed && j.err != nil {
		return errPartFailed
	}
	return nil
}

// apart runs a part inside a savepoint, so that a failure undoes only the part's
// changes.
func (w *writer) apart(j *job) error {
	if j.err = j.ctx.Err(); j.err != nil {
		return nil
	}
	if err := w.control("SAVEPOINT part"); err != nil {
		return fmt.Errorf("%w: %w", errLost, err)
	}
	w.perform(j)
	if j.err != nil {
		if err := w.control("ROLLBACK TO part"); err != nil {
			return fmt.Errorf("%w: %w, after %w", errLost, err, j.err)
		}
	}
	if err := w.control("RELEASE part"); err != nil {
		return fmt.Errorf("%w: %w", errLost, err)
	}
	return nil
}

// perform runs the function of a job, and reports whether it may have changed
// something. A failed statement fails the job even if its function ignores the error,
// because the transaction may be gone.
func (w *writer) perform(j *job) (changed bool) {
	run := &part{run: w.run, before: w.onStatement}
	j.err = guarded(j.fn, run)
	if run.failed != nil && !errors.Is(j.err, run.failed) {
		j.err = errors.Join(run.failed, j.err)
	}
	return run.changed || run.failed != nil
}
