package storetest

import (
	"encoding/json"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

// noTexts has a NUL, and bytes that are no UTF-8, refused wherever they come
// from, and nobody else harmed. What is told in the journal is told without.
func noTexts(w *world) {
	kopi := w.app("kopi")
	for _, text := range []string{"\x00", "a\x00b", "a\xffb", "\xed\xa0\x80"} {
		w.refused(w.db.Write(w.ctx, func(tx Tx) error { return tx.Settings().Put(w.ctx, "name", text) }), problem.BadRequest)
		w.refused(w.db.Read(w.ctx, func(tx Tx) error { _, _, err := tx.Settings().Get(w.ctx, text); return err }), problem.BadRequest)
		w.refused(w.db.Read(w.ctx, func(tx Tx) error { _, err := tx.Consents().List(w.ctx, text, "kopi", 10); return err }), problem.BadRequest)
		w.refused(w.db.Write(w.ctx, func(tx Tx) error {
			return tx.Payments().Insert(w.ctx, payment.Payment{Ref: "p", MiniAppID: kopi.ID, Amount: 1, State: payment.State(text)})
		}), problem.BadRequest)
		w.write(func(tx Tx) error {
			w.refused(tx.Settings().Put(w.ctx, text, "v"), problem.BadRequest)
			return tx.Settings().Put(w.ctx, "beside", "v") // a rule may go on
		})
		odd := journal.Entry{Kind: journal.Request, MiniAppID: text, Payment: text, Title: text, Message: text, Detail: json.RawMessage(`{"a":"b` + "\xff" + `"}`)}
		w.log.Stamp(&odd)
		w.must(w.db.Keeper.SaveTraces(w.ctx, []journal.Entry{odd}))
		w.must(w.db.Keeper.SaveTraces(w.ctx, []journal.Entry{odd})) // a second try, after nobody learned how the first ended
		list, err := w.db.Keeper.LoadJournal(w.ctx, 1)
		w.must(err)
		w.same("a trace of what is no text", list, []journal.Entry{odd})
	}
	w.same("the beside of each", w.setting("beside"), "v")
	w.same("what was refused", w.setting("name"), "")
	all, err := w.db.Keeper.LoadJournal(w.ctx, 100)
	w.must(err)
	w.same("traces, each once", len(all), 4)
}

// setting gives a setting, empty for none.
func (w *world) setting(name string) (value string) {
	w.t.Helper()
	w.read(func(tx Tx) (err error) {
		value, _, err = tx.Settings().Get(w.ctx, name)
		return err
	})
	return value
}
