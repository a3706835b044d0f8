package storetest

import (
	"encoding/json"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// noTexts has strings with a NUL or invalid UTF-8. Every store refuses them, and
// other writes succeed. The journal stores them without those bytes.
func noTexts(w *World) {
	kopi := w.App("kopi")
	for _, text := range []string{"\x00", "a\x00b", "a\xffb", "\xed\xa0\x80"} {
		w.Refused(w.DB.Write(w.Ctx, func(tx Tx) error { return tx.Settings().Put(w.Ctx, "name", text) }), problem.BadRequest)
		w.Refused(w.DB.Read(w.Ctx, func(tx Tx) error { _, _, err := tx.Settings().Get(w.Ctx, text); return err }), problem.BadRequest)
		w.Refused(w.DB.Read(w.Ctx, func(tx Tx) error { _, err := tx.Consents().List(w.Ctx, text, "kopi", store.First(10)); return err }), problem.BadRequest)
		w.Refused(w.DB.Write(w.Ctx, func(tx Tx) error {
			return tx.Payments().Insert(w.Ctx, payment.Payment{Ref: "p", MiniAppID: kopi.ID, Amount: 1, State: payment.State(text)})
		}), problem.BadRequest)
		w.Write(func(tx Tx) error {
			w.Refused(tx.Settings().Put(w.Ctx, text, "v"), problem.BadRequest)
			return tx.Settings().Put(w.Ctx, "beside", "v") // a rule may continue after the error
		})
		odd := journal.Entry{Kind: journal.Request, MiniAppID: text, Payment: text, Title: text, Message: text, Detail: json.RawMessage(`{"a":"b` + "\xff" + `"}`)}
		w.Log.Stamp(&odd)
		w.Must(w.DB.Keeper.SaveTraces(w.Ctx, []journal.Entry{odd}))
		w.Must(w.DB.Keeper.SaveTraces(w.Ctx, []journal.Entry{odd})) // a retry, for example after an unknown outcome
		list, err := w.DB.Keeper.LoadJournal(w.Ctx, store.First(1))
		w.Must(err)
		w.Same("a trace of what is no text", list, []journal.Entry{odd})
	}
	w.Same("the beside of each", w.setting("beside"), "v")
	w.Same("what was refused", w.setting("name"), "")
	all, err := w.DB.Keeper.LoadJournal(w.Ctx, store.First(100))
	w.Must(err)
	w.Same("traces, each once", len(all), 4)
}

// setting returns a setting; empty if it does not exist.
func (w *World) setting(name string) (value string) {
	w.T.Helper()
	w.Read(func(tx Tx) (err error) {
		value, _, err = tx.Settings().Get(w.Ctx, name)
		return err
	})
	return value
}
