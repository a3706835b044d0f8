package ruletest

import (
	"time"

	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

// paymentLives checks the lifetime of payments to the millisecond.
func paymentLives(w *world) {
	w.App("kopi")
	made := func(life time.Duration) (payment.Payment, error) {
		return w.payments.Create(w.Ctx, payment.Order{MiniAppID: "kopi", Amount: 1, Until: w.Clock.Now().Add(life)})
	}
	for _, life := range []time.Duration{-time.Hour, 0, payment.MinLife - time.Millisecond, payment.MaxLife + time.Millisecond} {
		_, err := made(life)
		w.Refused(err, problem.ParamValue)
	}
	for _, life := range []time.Duration{payment.MinLife, payment.MaxLife} {
		p, err := made(life)
		w.Must(err)
		w.Same("how long it lives", p.ExpiresAt-p.CreatedAt, life.Milliseconds())
	}
	p, err := w.payments.Create(w.Ctx, payment.Order{MiniAppID: "kopi", Amount: 1})
	w.Must(err)
	w.Pass(payment.DefaultLife - time.Millisecond)
	state := func() payment.State {
		p, _, err := w.payments.Status(w.Ctx, payment.Original{MiniAppID: "kopi", Ref: p.Ref})
		w.Must(err)
		return p.State
	}
	w.Same("just before its end", state(), payment.Created)
	w.Pass(time.Millisecond)
	w.Same("at its end, before any sweep", state(), payment.Expired)
	w.Refused(w.payments.DB.Write(w.Ctx, func(tx payment.Tx) error {
		_, err := w.payments.Cancel(w.Ctx, tx, payment.Original{MiniAppID: "kopi", Ref: p.Ref})
		return err
	}), problem.PaymentFinal)
}

// paymentWarnings checks that the warning of a trusted page appears once, at the
// right time.
func paymentWarnings(w *world) {
	app, u := w.App("kopi"), w.person("Sari", 100_000)
	paid := func() string {
		p, err := w.payments.Create(w.Ctx, payment.Order{MiniAppID: app.ID, Via: payment.BySnap, Amount: 1})
		w.Must(err)
		w.Must(w.payments.DB.Write(w.Ctx, func(tx payment.Tx) error {
			if _, err := w.payments.Settle(w.Ctx, tx, p.Ref, u.ID, payment.StatusSuccess); err != nil {
				return err
			}
			return w.payments.Shown(w.Ctx, tx, p.Ref)
		}))
		return p.Ref
	}
	warned := func() int {
		n, err := w.payments.Warn(w.Ctx)
		w.Must(err)
		return n
	}
	trusted, proved := paid(), paid()
	w.Pass(payment.Patience - time.Millisecond)
	w.Same("warnings before their time", warned(), 0)
	w.Must(w.payments.Proved(w.Ctx, proved))
	w.Pass(time.Millisecond)
	w.Same("warnings at their time", warned(), 1)
	w.Same("when it was warned of", w.payment(trusted).WarnedAt, w.Now())
	w.Same("when the other was", w.payment(proved).WarnedAt, int64(0))
	w.Pass(time.Hour)
	w.Same("warnings again", warned(), 0)
}
