package storetest

import (
	"github.com/selasar/selasar/internal/credential"
)

func credentialRows(w *World) {
	get := func() (r credential.Record, found bool) {
		w.Read(func(tx Tx) (err error) { r, found, err = tx.Credentials().Get(w.Ctx, "kopi"); return err })
		return r, found
	}
	_, found := get()
	w.Same("credentials that were never made", found, false)
	first := credential.Record{MiniAppID: "kopi", Generation: 1, PrivateKey: []byte{0, 255, 1}, NotifyKey: []byte{2}, MadeAt: 5}
	second := first
	second.NotifyKey = []byte{3}
	for _, r := range []credential.Record{first, second} {
		w.Write(func(tx Tx) error { return tx.Credentials().Insert(w.Ctx, r) })
		kept, _ := get()
		w.Same("the credentials that were first", kept, first)
	}
	changed := credential.Record{MiniAppID: "kopi", Generation: 2, PrivateKey: []byte{7}, NotifyKey: []byte{8}, Previous: []byte{9, 0}, PreviousUntil: 1 << 50, MadeAt: 6}
	change := func(tx Tx) error {
		return tx.Credentials().Change(w.Ctx, "kopi", func(r *credential.Record) error {
			w.Same("the credentials before a change", *r, first)
			*r = changed
			return nil
		})
	}
	w.Write(change)
	kept, _ := get()
	w.Same("credentials that were changed", kept, changed)
	Together(8, func(int) {
		if err := w.DB.Write(w.Ctx, func(tx Tx) error {
			return tx.Credentials().Change(w.Ctx, "kopi", func(r *credential.Record) error { r.Generation++; return nil })
		}); err != nil {
			w.T.Error(err)
		}
	})
	kept, _ = get()
	w.Same("the generation after eight changes at once", kept.Generation, changed.Generation+8)
	w.Fails("a change of credentials that are not there", func(tx Tx) error {
		return tx.Credentials().Change(w.Ctx, "roti", func(*credential.Record) error { return nil })
	})
}
