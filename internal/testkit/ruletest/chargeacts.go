package ruletest

import (
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/testkit/storetest"
	"github.com/selasar/selasar/internal/transfer"
)

// provided returns the payments of a platform with a provider, whose sender never runs:
// the tests bring the outcomes.
func (w *world) provided() *payment.Service {
	s := *w.payments
	s.Transfers = transfer.NewSender(transfer.Config{
		DB: narrow[transfer.Tx](w), Clock: w.Clock, Machine: w.Clock.Machine(), Settle: s.TransferEnded,
	})
	return &s
}

// prepareCharge makes a payment without a sheet whose charge is under way.
func prepareCharge(w *world, k int) given {
	_, g := stage(w, k)
	p, err := w.payments.Create(w.Ctx, payment.Order{MiniAppID: "kopi", Amount: 15_000, Title: "kopi"})
	w.Must(err)
	g.Ref = p.Ref
	w.Must(w.payments.DB.Write(w.Ctx, func(tx payment.Tx) (err error) {
		g.Code, err = w.provided().Charge(w.Ctx, tx, p.Ref, g.User)
		return err
	}))
	return g
}

func (w *world) transferOf(g given) transfer.Transfer {
	return transfer.Transfer{ID: g.Code, Kind: transfer.Charge, Payment: g.Ref, MiniAppID: "kopi", UserID: g.User, Amount: 15_000}
}

func settleCharge(w *world, g given) error {
	return w.provided().TransferEnded(w.Ctx, w.transferOf(g), transfer.Outcome{State: transfer.Done})
}

func chargeWhole(w *world, g given) bool {
	p, done := w.payment(g.Ref), false
	w.Read(func(tx Tx) error {
		t, _, err := tx.Transfers().Get(w.Ctx, g.Code)
		done = t.State == transfer.Done
		return err
	})
	w.both("the paid payment and the payment that is free again", p.State == payment.Paid, !p.Held())
	w.both("the paid payment and its notification", p.State == payment.Paid, w.Notified(g.Ref, notification.Success))
	return w.both("the paid payment and the charge that is done", p.State == payment.Paid, done)
}

func settleAgain(w *world, g given) {
	w.Must(settleCharge(w, g))
	if !chargeWhole(w, g) {
		w.T.Error("settling again after a crash does not pay")
	}
}

// chargesRace charges a payment and brings the outcome of its charge several times at once,
// while its backend cancels it: there is one charge, and the payment is paid.
func chargesRace(w *world, trials int) {
	storetest.Lanes(trials, func(i int) {
		g := prepareCharge(w, i)
		s := w.provided()
		storetest.Together(9, func(hand int) {
			switch hand % 3 {
			case 0:
				err := s.DB.Write(w.Ctx, func(tx payment.Tx) error {
					_, err := s.Charge(w.Ctx, tx, g.Ref, g.User)
					return err
				})
				if err != nil {
					w.T.Errorf("charging: %v", err)
				}
			case 1:
				if err := settleCharge(w, g); err != nil {
					w.T.Errorf("settling the charge: %v", err)
				}
			default:
				err := s.DB.Write(w.Ctx, func(tx payment.Tx) error {
					_, err := s.Cancel(w.Ctx, tx, payment.Original{MiniAppID: "kopi", Ref: g.Ref})
					return err
				})
				if !problem.Is(err, problem.PaymentFinal, problem.PaymentCharging) {
					w.T.Errorf("cancelling: %v", err)
				}
			}
		})
		charges := 0
		w.Read(func(tx Tx) error {
			list, err := tx.Transfers().List(w.Ctx, g.Ref)
			charges = len(list)
			return err
		})
		if p := w.payment(g.Ref); p.State != payment.Paid || p.Held() || charges != 1 {
			w.T.Errorf("%+v, %d charges", p, charges)
		}
	})
}
