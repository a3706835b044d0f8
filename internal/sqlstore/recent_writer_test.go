package sqlstore

import (
	"errors"
	"testing"

	"github.com/selasar/selasar/internal/miniapp"
)

// A writer reads unchanged rows from memory, and its own changes from the database. A
// rollback leaves no trace of them.
func TestWriter_sees_its_own_changes(t *testing.T) {
	db, ctx := openEmpty(t, new(func(string))), t.Context()
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
	must(db.Read(ctx, func(tx *Tx) error { name(tx); return nil })) // now the row is cached
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
