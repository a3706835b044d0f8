package stage

import (
	"context"
	"errors"

	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/store"
)

// view passes the stage's database to a rule with transactions of type T.
type view[T any] struct{ s *Stage }

// View returns the stage's database for a rule with transactions of type T.
func View[T any](s *Stage) store.Database[T] { return view[T]{s} }

// errRehearsed rolls back the first run of a transaction.
var errRehearsed = errors.New("stage: the first run is undone")

// Write runs fn twice, as store.Database allows. The first run is rolled back, so a
// rule that relies on a single run fails.
func (v view[T]) Write(ctx context.Context, fn func(tx T) error) error {
	if !v.s.fault.armed() {
		var failed error
		err := v.s.db.Write(ctx, func(tx *sqlstore.Tx) error {
			failed = fn(narrow[T](v.s, tx))
			return errRehearsed
		})
		if !errors.Is(err, errRehearsed) {
			return err
		}
		if failed != nil && ctx.Err() != nil {
			return failed
		}
	}
	return v.s.db.Write(ctx, func(tx *sqlstore.Tx) error { return fn(narrow[T](v.s, tx)) })
}

func (v view[T]) Read(ctx context.Context, fn func(tx T) error) error {
	return v.s.db.Read(ctx, func(tx *sqlstore.Tx) error { return fn(narrow[T](v.s, tx)) })
}

func narrow[T any](s *Stage, tx *sqlstore.Tx) T { return any(&Tx{tx, &s.fault}).(T) }

// Write runs fn in one transaction, which must succeed.
func (s *Stage) Write(fn func(tx *Tx) error) {
	s.Helper()
	s.Must(s.Try(fn))
}

// Try runs fn in one transaction and returns its error.
func (s *Stage) Try(fn func(tx *Tx) error) error { return View[*Tx](s).Write(s.Ctx, fn) }

// Read runs fn on the committed state, and must succeed.
func (s *Stage) Read(fn func(tx *Tx) error) {
	s.Helper()
	s.Must(View[*Tx](s).Read(s.Ctx, fn))
}
