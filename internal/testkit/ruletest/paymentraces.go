package ruletest

import (
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/storetest"
)

// ordersRace creates a payment with sixteen requests under one X-EXTERNAL-ID: one
// payment is created, and all requests get its answer.
func ordersRace(w *world, trials int) {
	w.App("kopi")
	storetest.Lanes(trials, func(i int) {
		g := given{Request: fmt.Sprint("order ", i)}
		var mu sync.Mutex
		answers := map[string]int{}
		storetest.Together(16, func(int) {
			kept, err := w.ordered(g)
			if err != nil {
				w.T.Errorf("ordering: %v", err)
			}
			mu.Lock()
			defer mu.Unlock()
			answers[string(kept.Answer)]++
		})
		w.Same("how many answers there are", len(answers), 1)
	})
	w.Read(func(tx Tx) error {
		list, err := tx.Payments().List(w.Ctx, store.First(1<<30))
		w.Same("how many payments there are", len(list), trials)
		return err
	})
}

// refundsRace refunds three tenths of a payment with sixteen concurrent requests:
// three succeed.
func refundsRace(w *world, trials int) {
	storetest.Lanes(trials, func(i int) {
		g := preparePayment(w, i)
		w.Must(pay(w, g))
		var done atomic.Int64
		storetest.Together(16, func(int) {
			err := w.payments.DB.Write(w.Ctx, func(tx payment.Tx) error {
				_, _, err := w.payments.Refund(w.Ctx, tx, payment.Original{MiniAppID: "kopi", Ref: g.Ref}, payment.Return{Amount: 4_500})
				return err
			})
			if err == nil {
				done.Add(1)
			} else {
				w.Refused(err, problem.RefundExceeds)
			}
		})
		p := w.payment(g.Ref)
		w.Same("how many refunds fit", done.Load(), int64(3))
		w.Same("what was given back", p.Refunded, 3*p.Amount*3/10)
		w.Same("what the wallet holds", w.balanceOf(g.User), 100_000-p.Amount+p.Refunded)
	})
}

// cancelRaces cancels a payment while the user pays it in its sheet: one of them
// succeeds, and the other gets an error.
func cancelRaces(w *world, trials int) {
	storetest.Lanes(trials, func(i int) {
		g := preparePayment(w, i)
		var paid, cancelled bool
		storetest.Together(2, func(hand int) {
			if hand == 0 {
				err := pay(w, g)
				if paid = err == nil; !paid {
					w.Refused(err, problem.AskAnswered)
				}
				return
			}
			err := w.takesBack(g.Ref, w.externalOf(g, "cancel"))
			if cancelled = err == nil; !cancelled {
				w.Refused(err, problem.PaymentFinal)
			}
		})
		p, sheet, balance := w.payment(g.Ref), w.askState(g.Ask), w.balanceOf(g.User)
		won := paid && !cancelled && p.State == payment.Paid && sheet == ask.Answered && balance == 85_000
		lost := cancelled && !paid && p.State == payment.Cancelled && sheet == ask.Withdrawn && balance == 100_000
		if p.SheetAsk != "" || !won && !lost {
			w.T.Errorf("%+v, paid %v, cancelled %v, the sheet %s, %s left", p, paid, cancelled, sheet, balance)
		}
	})
}

// pageRaces pays a payment on its page while its sheet in the phone pays it, and
// again afterwards: the wallet is charged once.
func pageRaces(w *world, trials int) {
	storetest.Lanes(trials, func(i int) {
		g := preparePayment(w, i)
		storetest.Together(3, func(hand int) {
			if hand == 0 {
				if err := pay(w, g); err != nil {
					w.T.Errorf("answering: %v", err)
				}
				return
			}
			if _, err := w.payments.SettleAlone(w.Ctx, g.Ref, g.User, payment.StatusSuccess); err != nil {
				w.Refused(err, problem.Conflict)
			}
		})
		p, err := w.payments.SettleAlone(w.Ctx, g.Ref, g.User, payment.StatusCancelled)
		w.Must(err)
		w.Same("how the payment stands", p.State, payment.Paid)
		w.Same("what the wallet holds", w.balanceOf(g.User), 100_000-p.Amount)
	})
}

// pagesRace pays one payment without a sheet on sixteen pages.
func pagesRace(w *world, trials int) {
	storetest.Lanes(trials, func(i int) {
		_, g := stage(w, i)
		p, err := w.payments.Create(w.Ctx, payment.Order{MiniAppID: "kopi", Amount: 15_000, Title: "kopi"})
		w.Must(err)
		storetest.Together(16, func(int) {
			_, err := w.payments.SettleAlone(w.Ctx, p.Ref, g.User, payment.StatusSuccess)
			if err != nil {
				w.T.Errorf("paying on the page: %v", err)
			}
		})
		w.Same("how the payment stands", w.payment(p.Ref).State, payment.Paid)
		w.Same("what the wallet holds", w.balanceOf(g.User), 100_000-p.Amount)
	})
}
