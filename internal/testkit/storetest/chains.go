package storetest

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"

	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
)

// auditRows checks the store of the audit log.
func auditRows(w *World) {
	var all []audit.Entry
	for i, action := range []string{"key.made", "mini_app.suspended", "mini_app.resumed", "mini_apps.read", "key.ended"} {
		e := audit.Entry{
			ID: w.IDs.New(), At: w.Now() + int64(i), Actor: "key-" + strconv.Itoa(i%2), Name: Hard[6], Role: "owner", Action: action, Target: Hard[2],
			MiniAppID: "kopi", UserID: "user-" + strconv.Itoa(i%3), RequestID: "r", Address: "::1", Detail: json.RawMessage(`{"a":"` + Hard[6] + `"}`),
		}
		if i == 4 {
			e.Detail = nil
		}
		w.Write(func(tx Tx) error { return tx.Audit().Insert(w.Ctx, e) })
		all = append(all, e)
	}
	list := func(of audit.Filter, p store.Page) (names string) {
		w.Read(func(tx Tx) error {
			entries, err := tx.Audit().List(w.Ctx, of, p)
			for _, e := range entries {
				want := all[e.Number-1]
				want.Number, want.Hash = e.Number, e.Hash
				w.Same("an entry", e, want)
				names += strconv.FormatInt(e.Number, 10)
			}
			return err
		})
		return names
	}
	for want, of := range map[string]audit.Filter{
		"54321": {}, "531": {Actor: "key-0"}, "41": {UserID: "user-0"}, "32": {Action: "mini_app."}, "4": {Action: "mini_apps.read"}, "": {MiniAppID: "teh"},
		"43": {Since: all[2].At, Until: all[4].At}, "5": {Actor: "key-0", MiniAppID: "kopi", Action: "key.", Since: 1, UserID: "user-1"},
	} {
		w.Same("the entries of a filter", list(of, store.First(10)), want)
	}
	w.Same("a page", list(audit.Filter{Actor: "key-0"}, store.Page{Cursor: "5", Limit: 1}), "3")
	w.Fails("a second entry of one id", func(tx Tx) error { return tx.Audit().Insert(w.Ctx, all[0]) })
	w.intact(5)
}

// ledgerRows checks the ledger of consents: u has made three decisions about kopi, and
// other has made one.
func (w *World) ledgerRows(u, other user.User, entries []consent.Entry) {
	w.chained(4)
	w.Read(func(tx Tx) error {
		rows, err := tx.Ledger().ListRows(w.Ctx, u.ID, store.Page{Cursor: entries[0].ID, Limit: 1})
		w.Must(err)
		w.Same("a page of a user's rows", rows[0].Entry, entries[1])
		one, err := tx.Ledger().GetRow(w.Ctx, entries[1].ID)
		w.Same("a row", one, rows[0])
		_, unknown := tx.Ledger().GetRow(w.Ctx, "none")
		w.Refused(unknown, problem.NotFound)
		users := slices.Sorted(slices.Values([]string{u.ID, other.ID}))
		for i, cursor := range []string{"", users[0], users[1]} {
			list, err := tx.Ledger().ListUsers(w.Ctx, "kopi", store.Page{Cursor: cursor, Limit: 1})
			w.Must(err)
			w.Same("a page of the users of a mini app", append([]string{}, list...), append([]string{}, users[i:min(i+1, 2)]...))
		}
		_, err2 := tx.Consents().Get(w.Ctx, u.ID, "kopi", consent.Camera) // now it is cached
		return errors.Join(err, err2)
	})
	w.Write(func(tx Tx) error {
		ended, err := consent.Keeper{Clock: w.Clock, Chains: consent.Chains(w.Key)}.Erase(w.Ctx, tx, u.ID)
		w.Same("the consents that end", len(ended), 2)
		return err
	})
	w.Read(func(tx Tx) error {
		never, err := tx.Consents().Get(w.Ctx, u.ID, "kopi", consent.Camera)
		w.Must(err)
		w.Same("a consent of an erased user", never, consent.Entry{})
		rows, err := tx.Ledger().ListRows(w.Ctx, u.ID, store.First(10))
		w.Same("the number of rows of an erased user", len(rows), 0)
		return err
	})
	w.chained(4)
}

// racingChains checks that the chains are whole after concurrent writes, some of which
// are rolled back.
func racingChains(w *World) {
	app, log := w.App("kopi"), audit.Log{Clock: w.Clock, IDs: w.IDs}
	undone := errors.New("rolled back")
	const writers, each = 16, 8
	Together(writers, func(writer int) {
		for i := range each {
			err := w.DB.Write(w.Ctx, func(tx Tx) error {
				err := tx.Consents().Insert(w.Ctx, consent.Entry{ID: w.IDs.New(), UserID: strconv.Itoa(writer % 3), MiniAppID: app.ID, Name: consent.Wifi, Action: consent.Given})
				if err == nil {
					err = log.Append(w.Ctx, tx, audit.Entry{Actor: strconv.Itoa(writer), Action: "test"})
				}
				if err == nil && i%4 == 0 {
					err = undone
				}
				return err
			})
			if err != nil && !errors.Is(err, undone) {
				w.T.Error(err)
			}
		}
	})
	w.intact(writers * each * 3 / 4)
	w.chained(writers * each * 3 / 4)
}

// intact checks that the audit log has a number of entries, and no fault.
func (w *World) intact(entries int64) {
	w.T.Helper()
	report, err := audit.Verify(w.Ctx, Narrow[audit.Tx]{w.DB}, w.Key, nil)
	w.Must(err)
	if report.Fault != nil || report.Entries != entries {
		w.T.Errorf("the audit log has %d entries, want %d; its fault is %+v", report.Entries, entries, report.Fault)
	}
}

// chained checks that the ledger of consents has a number of entries, and no fault.
func (w *World) chained(entries int64) {
	w.T.Helper()
	report, err := consent.Verify(w.Ctx, Narrow[consent.LedgerTx]{w.DB}, w.Key, nil)
	w.Must(err)
	if report.Fault != nil || report.Entries != entries {
		w.T.Errorf("the ledger of consents has %d entries, want %d; its fault is %+v", report.Entries, entries, report.Fault)
	}
}
