package storetest

import (
	"time"

	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

// paymentLives holds payments to the millisecond to how long they may live.
func paymentLives(w *world) {
	w.app("kopi")
	made := func(life time.Duration) (payment.Payment, error) {
		return w.payments.Create(w.ctx, payment.Order{MiniAppID: "kopi", Amount: 1, Until: w.clock.Now().Add(life)})
	}
	for _, life := range []time.Duration{-time.Hour, 0, payment.MinLife - time.Millisecond, payment.MaxLife + time.Millisecond} {
		_, err := made(life)
		w.refused(err, problem.ParamValue)
	}
	for _, life := range []time.Duration{payment.MinLife, payment.MaxLife} {
		p, err := made(life)
		w.must(err)
		w.same("how long it lives", p.ExpiresAt-p.CreatedAt, life.Milliseconds())
	}
	p, err := w.payments.Create(w.ctx, payment.Order{MiniAppID: "kopi", Amount: 1})
	w.must(err)
	w.pass(payment.DefaultLife - time.Millisecond)
	state := func() payment.State {
		p, _, err := w.payments.Status(w.ctx, payment.Original{MiniAppID: "kopi", Ref: p.Ref})
		w.must(err)
		return p.State
	}
	w.same("just before its end", state(), payment.Created)
	w.pass(time.Millisecond)
	w.same("at its end, before any sweep", state(), payment.Expired)
	w.refused(w.payments.DB.Write(w.ctx, func(tx payment.Tx) error {
		_, err := w.payments.Cancel(w.ctx, tx, payment.Original{MiniAppID: "kopi", Ref: p.Ref})
		return err
	}), problem.PaymentFinal)
}

// paymentWarnings holds the warning of a page that was trusted to its moment, and to
// once.
func paymentWarnings(w *world) {
	app, u := w.app("kopi"), w.person("Sari", 100_000)
	paid := func() string {
		p, err := w.payments.Create(w.ctx, payment.Order{MiniAppID: app.ID, Via: payment.BySnap, Amount: 1})
		w.must(err)
		w.must(w.payments.DB.Write(w.ctx, func(tx payment.Tx) error {
			if _, err := w.payments.Settle(w.ctx, tx, p.Ref, u.ID, payment.StatusSuccess); err != nil {
				return err
			}
			return w.payments.Shown(w.ctx, tx, p.Ref)
		}))
		return p.Ref
	}
	warned := func() int {
		n, err := w.payments.Warn(w.ctx)
		w.must(err)
		return n
	}
	trusted, proved := paid(), paid()
	w.pass(payment.Patience - time.Millisecond)
	w.same("warnings before their time", warned(), 0)
	w.must(w.payments.Proved(w.ctx, proved))
	w.pass(time.Millisecond)
	w.same("warnings at their time", warned(), 1)
	w.same("when it was warned of", w.payment(trusted).WarnedAt, w.now())
	w.same("when the other was", w.payment(proved).WarnedAt, int64(0))
	w.pass(time.Hour)
	w.same("warnings again", warned(), 0)
}
