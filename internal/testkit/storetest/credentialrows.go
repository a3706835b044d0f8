package storetest

import (
	"github.com/selasar/selasar/internal/credential"
)

func credentialRows(w *world) {
	get := func() (r credential.Record, found bool) {
		w.read(func(tx Tx) (err error) { r, found, err = tx.Credentials().Get(w.ctx, "kopi"); return err })
		return r, found
	}
	_, found := get()
	w.same("credentials that were never made", found, false)
	first := credential.Record{MiniAppID: "kopi", Generation: 1, PrivateKey: []byte{0, 255, 1}, NotifyKey: []byte{2}, MadeAt: 5}
	second := first
	second.NotifyKey = []byte{3}
	for _, r := range []credential.Record{first, second} {
		w.write(func(tx Tx) error { return tx.Credentials().Insert(w.ctx, r) })
		kept, _ := get()
		w.same("the credentials that were first", kept, first)
	}
	changed := credential.Record{MiniAppID: "kopi", Generation: 2, PrivateKey: []byte{7}, NotifyKey: []byte{8}, Previous: []byte{9, 0}, PreviousUntil: 1 << 50, MadeAt: 6}
	change := func(tx Tx) error {
		return tx.Credentials().Change(w.ctx, "kopi", func(r *credential.Record) error {
			w.same("the credentials before a change", *r, first)
			*r = changed
			return nil
		})
	}
	w.write(change)
	kept, _ := get()
	w.same("credentials that were changed", kept, changed)
	together(8, func(int) {
		if err := w.db.Write(w.ctx, func(tx Tx) error {
			return tx.Credentials().Change(w.ctx, "kopi", func(r *credential.Record) error { r.Generation++; return nil })
		}); err != nil {
			w.t.Error(err)
		}
	})
	kept, _ = get()
	w.same("the generation after eight changes at once", kept.Generation, changed.Generation+8)
	w.fails("a change of credentials that are not there", func(tx Tx) error {
		return tx.Credentials().Change(w.ctx, "roti", func(*credential.Record) error { return nil })
	})
}
