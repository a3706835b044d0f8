package storetest

import (
	"sync/atomic"

	"github.com/selasar/selasar/internal/transfer"
)

// transferRows checks the rows of transfers, their claims, and that each ends once.
func transferRows(w *World) {
	put := func(id, payment string, kind transfer.Kind, next int64) transfer.Transfer {
		t := transfer.Transfer{
			ID: id, Kind: kind, Payment: payment, MiniAppID: "kopi", UserID: "sari", Amount: 15_000, Title: Hard[6], ChargeID: Hard[3], PartnerNo: Hard[4],
			Note: Hard[2], Until: 900, State: transfer.Sending, NextAt: next, CreatedAt: next,
		}
		w.Write(func(tx Tx) error { return tx.Transfers().Insert(w.Ctx, t) })
		return t
	}
	a, b := put("a", "p", transfer.Charge, 100), put("b", "p", transfer.Refund, 200)
	get := func(id string) (t transfer.Transfer, found bool) {
		w.Read(func(tx Tx) (err error) { t, found, err = tx.Transfers().Get(w.Ctx, id); return err })
		return t, found
	}
	claim := func(now, until int64, limit int) (list []transfer.Transfer) {
		w.Write(func(tx Tx) (err error) { list, err = tx.Transfers().Claim(w.Ctx, now, until, limit); return err })
		return list
	}
	finish := func(id string, o transfer.Outcome) (first bool) {
		w.Write(func(tx Tx) (err error) { first, err = tx.Transfers().Finish(w.Ctx, id, o, 77); return err })
		return first
	}
	w.Read(func(tx Tx) error {
		list, err := tx.Transfers().List(w.Ctx, "p")
		w.Same("the transfers of a payment, oldest first", list, []transfer.Transfer{a, b})
		for now, want := range map[int64]bool{99: false, 100: true} {
			due, err := tx.Transfers().Due(w.Ctx, now)
			w.Must(err)
			w.Same("a transfer is due", due, want)
		}
		return err
	})
	_, found := get("none")
	w.Same("a transfer that was never stored", found, false)
	w.Same("claimed too early", len(claim(99, 500, 9)), 0)
	a.Attempts, a.NextAt = 1, 500
	w.Same("a claim counts the try and leases", claim(100, 500, 9), []transfer.Transfer{a})
	w.Same("a leased transfer", len(claim(150, 500, 9)), 0)
	stale := a
	a.Attempts, a.NextAt = 2, 600
	b.Attempts, b.NextAt = 1, 600
	w.Same("after its lease, the longest due first", claim(500, 600, 1), []transfer.Transfer{b})
	w.Same("then the next one", claim(500, 600, 1), []transfer.Transfer{a})
	postpone(w, stale, 1)
	postpone(w, a, 700)
	got, _ := get("a")
	w.Same("a postponed transfer, by the last try only", got.NextAt, int64(700))
	w.Write(func(tx Tx) error { return tx.Transfers().Release(w.Ctx, 300) })
	got, _ = get("a")
	w.Same("a released lease", got.NextAt, int64(300))
	w.Same("the first outcome", finish("a", transfer.Outcome{State: transfer.Declined, Reason: "why"}), true)
	w.Same("a second outcome", finish("a", transfer.Outcome{State: transfer.Done}), false)
	got, _ = get("a")
	w.Same("an ended transfer", []any{got.State, got.Reason, got.EndedAt}, []any{transfer.Declined, "why", int64(77)})
	oneCharge(w, put)
	claimOnce(w)
}

func postpone(w *World, t transfer.Transfer, next int64) {
	w.Write(func(tx Tx) error { return tx.Transfers().Postpone(w.Ctx, t, next) })
}

// oneCharge checks that a payment has at most one charge that is under way or done.
func oneCharge(w *World, put func(id, payment string, kind transfer.Kind, next int64) transfer.Transfer) {
	second := put("second", "p", transfer.Charge, 1000) // the first was declined
	second.ID = "third"
	w.Fails("two charges of one payment", func(tx Tx) error { return tx.Transfers().Insert(w.Ctx, second) })
	second.Kind, second.ID = transfer.Refund, "b"
	w.Fails("a second transfer of one id", func(tx Tx) error { return tx.Transfers().Insert(w.Ctx, second) })
}

// claimOnce checks that racing claims never return the same transfer.
func claimOnce(w *World) {
	const rows = 40
	w.Write(func(tx Tx) error {
		for range rows {
			id := w.IDs.New()
			err := tx.Transfers().Insert(w.Ctx, transfer.Transfer{ID: id, Kind: transfer.Charge, Payment: id, Amount: 1, State: transfer.Sending, NextAt: 1})
			if err != nil {
				return err
			}
		}
		return nil
	})
	var claimed atomic.Int64
	Together(8, func(int) {
		for range rows / 8 * 2 {
			w.Write(func(tx Tx) error {
				list, err := tx.Transfers().Claim(w.Ctx, 50, 1<<40, 3)
				if err == nil {
					claimed.Add(int64(len(list)))
				}
				return err
			})
		}
	})
	w.Same("claimed transfers", claimed.Load(), int64(rows))
}
