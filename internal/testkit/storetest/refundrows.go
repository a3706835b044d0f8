package storetest

import (
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

// backendRows checks the rows of a payment's backend: how the payment was created,
// its refunds, and its pending warning.
func backendRows(w *World) {
	kopi, roti := w.App("kopi"), w.App("roti")
	put := func(ref, app string, via payment.Via, externalID string, created, shown, proved int64) payment.Payment {
		p := payment.Payment{
			Ref: ref, MiniAppID: app, Via: via, PartnerRef: Hard[3], ExternalID: externalID, Amount: 15_000, Refunded: 5, Title: "x", Details: Hard[4],
			State: payment.Paid, CreatedAt: created, ExpiresAt: 1000, SettledAt: 9, ShownAt: shown, ProvedAt: proved,
		}
		w.Write(func(tx Tx) error { return tx.Payments().Insert(w.Ctx, p) })
		return p
	}
	a := put("a", kopi.ID, payment.BySnap, "same", 1, 100, 0)
	b := put("b", kopi.ID, payment.BySnap, "same", 2, 90, 0)
	c := put("c", roti.ID, payment.ByCheckout, "same", 3, 200, 0)
	put("proved", kopi.ID, payment.BySnap, "other", 4, 50, 60)
	put("by hand", kopi.ID, payment.ByControl, "", 5, 50, 0)
	put("never shown", kopi.ID, payment.BySnap, "", 6, 0, 0)
	of := func(app, externalID string, via payment.Via) (p payment.Payment, err error) {
		err = w.DB.Read(w.Ctx, func(tx Tx) (err error) { p, err = tx.Payments().Of(w.Ctx, app, externalID, via); return err })
		return p, err
	}
	unproved := func(until int64, limit int) (refs []string) {
		w.Read(func(tx Tx) error {
			list, err := tx.Payments().Unproved(w.Ctx, until, limit)
			for _, p := range list {
				refs = append(refs, p.Ref)
			}
			return err
		})
		return refs
	}
	for app, want := range map[string]payment.Payment{kopi.ID: b, roti.ID: c} {
		for _, via := range []payment.Via{"", want.Via} {
			got, err := of(app, "same", via)
			w.Must(err)
			w.Same("the newest payment of a request", got, want)
		}
	}
	_, err := of(roti.ID, "other", "")
	w.Refused(err, problem.PaymentUnknown)
	_, err = of(roti.ID, "same", payment.BySnap)
	w.Refused(err, problem.PaymentUnknown)
	w.Same("whom a warning is due, longest first", unproved(199, 10), []string{"b", "a"})
	w.Same("at the very moment", unproved(200, 10), []string{"b", "a", "c"})
	w.Same("no more than asked for", unproved(200, 1), []string{"b"})
	w.Write(func(tx Tx) error {
		return tx.Payments().Change(w.Ctx, "b", func(p *payment.Payment) error { p.WarnedAt = 300; return nil })
	})
	w.Same("who was warned of is not again", unproved(200, 10), []string{"a", "c"})
	refundRows(w, a)
}

func refundRows(w *World, p payment.Payment) {
	first := payment.Refund{No: "R2", Payment: p.Ref, PartnerNo: Hard[6], Amount: 4, Reason: Hard[3], At: 10}
	second := payment.Refund{No: "R1", Payment: p.Ref, PartnerNo: "R1", Amount: 1, At: 11}
	for _, r := range []payment.Refund{second, first} {
		w.Write(func(tx Tx) error { return tx.Payments().InsertRefund(w.Ctx, r) })
	}
	w.Same("the refunds of a payment, oldest first", w.RefundsOf(p.Ref), []payment.Refund{first, second})
	w.Same("the refunds of another", len(w.RefundsOf("b")), 0)
	for what, r := range map[string]payment.Refund{
		"a second refund of one number":         {No: "R1", Payment: p.Ref, PartnerNo: "new", Amount: 1},
		"a second refund of one partner number": {No: "R3", Payment: p.Ref, PartnerNo: "R1", Amount: 1},
		"a refund of nothing":                   {No: "R4", Payment: p.Ref, PartnerNo: "R4"},
		"a refund of no payment":                {No: "R5", Payment: "none", PartnerNo: "R5", Amount: 1},
	} {
		w.Fails(what, func(tx Tx) error { return tx.Payments().InsertRefund(w.Ctx, r) })
	}
	w.Fails("more given back than was paid", func(tx Tx) error {
		return tx.Payments().Change(w.Ctx, p.Ref, func(p *payment.Payment) error { p.Refunded = p.Amount + 1; return nil })
	})
}

// RefundsOf returns the refunds of a payment.
func (w *World) RefundsOf(ref string) (list []payment.Refund) {
	w.T.Helper()
	w.Read(func(tx Tx) (err error) { list, err = tx.Payments().Refunds(w.Ctx, ref); return err })
	return list
}
