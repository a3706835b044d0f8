package ruletest

import (
	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/store"
)

// The actions of a mini app's backend on payments, once for each X-EXTERNAL-ID.

func (w *world) externalOf(g given, operation string) request.Request {
	r := w.requestOf(g, operation)
	r.Space = request.ExternalID
	return r
}

// onceOf runs an action for a request, and returns its stored answer.
func (w *world) onceOf(g given, operation string, do func(tx payment.Tx) (payment.Payment, error)) (request.Request, error) {
	kept, _, err := request.Once(w.Ctx, w.payments.DB, w.externalOf(g, operation), func(tx payment.Tx) (string, []byte, error) {
		p, err := do(tx)
		return p.Ref, []byte("answer of " + p.Ref), err
	})
	return kept, err
}

// answerOf returns the stored answer of a request, if there is one.
func (w *world) answerOf(g given, operation string) (answer string, kept bool) {
	w.Read(func(tx Tx) error {
		r, found, err := tx.Requests().Get(w.Ctx, w.externalOf(g, operation), 0)
		answer, kept = string(r.Answer), found
		return err
	})
	return answer, kept
}

func prepareOrder(w *world, k int) given {
	_, g := stage(w, k)
	return g
}

func order(w *world, g given) error {
	_, err := w.ordered(g)
	return err
}

func (w *world) ordered(g given) (request.Request, error) {
	return w.onceOf(g, "payment", func(tx payment.Tx) (payment.Payment, error) {
		return w.payments.Make(w.Ctx, tx, payment.Order{MiniAppID: "kopi", Via: payment.BySnap, ExternalID: g.Request, Amount: 15_000, Title: "kopi"})
	})
}

// madeBy returns the payments that a request created.
func (w *world) madeBy(g given) (refs []string) {
	w.Read(func(tx Tx) error {
		list, err := tx.Payments().List(w.Ctx, store.First(1<<20))
		for _, p := range list {
			if p.ExternalID == g.Request {
				refs = append(refs, p.Ref)
			}
		}
		return err
	})
	return refs
}

func orderWhole(w *world, g given) bool {
	refs := w.madeBy(g)
	answer, kept := w.answerOf(g, "payment")
	if len(refs) > 1 || kept && answer != "answer of "+refs[0] {
		w.T.Errorf("the payments %q, the answer %q", refs, answer)
	}
	for _, ref := range refs {
		w.both("the payment and its notification", true, len(w.Notices(ref)) == 1)
	}
	return w.both("the payment and its answer", len(refs) == 1, kept)
}

func orderAgain(w *world, g given) {
	before, there := w.answerOf(g, "payment")
	kept, err := w.ordered(g)
	w.Must(err)
	if !orderWhole(w, g) || there && string(kept.Answer) != before {
		w.T.Errorf("ordering again after a crash: %q, before %q", kept.Answer, before)
	}
}

// takesBack cancels a payment like its mini app's backend: together with its sheet,
// and once for each X-EXTERNAL-ID.
func (w *world) takesBack(ref string, r request.Request) error {
	return w.engine.CancelPayment(w.Ctx, payment.Original{MiniAppID: "kopi", Ref: ref}, func(c *jsapi.Cancelling) error {
		_, _, err := request.Once(w.Ctx, w.engine.DB, r, func(tx jsapi.Tx) (string, []byte, error) {
			p, err := c.Cancel(w.Ctx, tx)
			return p.Ref, []byte("answer of " + p.Ref), err
		})
		return err
	})
}

func (w *world) originalOf(g given) payment.Original {
	return payment.Original{MiniAppID: "kopi", Ref: g.Ref}
}

func cancel(w *world, g given) error { return w.takesBack(g.Ref, w.externalOf(g, "cancel")) }

func cancelWhole(w *world, g given) bool {
	_, kept := w.answerOf(g, "cancel")
	p, notices := w.payment(g.Ref), w.Notices(g.Ref)
	w.both("the cancelled payment and its closed sheet", p.State == payment.Cancelled, w.askState(g.Ask) == ask.Withdrawn)
	w.both("the closed sheet and the payment that is free of it", p.SheetAsk == "", w.askState(g.Ask) == ask.Withdrawn)
	w.both("the cancelled payment and its notification", p.State == payment.Cancelled, notices[len(notices)-1].Status == payment.LatestCancelled)
	return w.both("the cancelled payment and the answer", p.State == payment.Cancelled, kept)
}

func cancelAgain(w *world, g given) {
	w.Must(cancel(w, g))
	if !cancelWhole(w, g) {
		w.T.Error("cancelling again after a crash does not cancel")
	}
}

func prepareRefund(w *world, k int) given {
	g := preparePayment(w, k)
	w.Must(pay(w, g))
	return g
}

func refund(w *world, g given) error {
	_, err := w.onceOf(g, "refund", func(tx payment.Tx) (payment.Payment, error) {
		p, _, err := w.payments.Refund(w.Ctx, tx, w.originalOf(g), payment.Return{Amount: 5_000})
		return p, err
	})
	return err
}

func refundWhole(w *world, g given) bool {
	p, list, notices := w.payment(g.Ref), w.RefundsOf(g.Ref), w.Notices(g.Ref)
	_, kept := w.answerOf(g, "refund")
	w.both("what was given back and its refund", p.Refunded == 5_000, len(list) == 1)
	w.both("what was given back and the wallet", p.Refunded == 5_000, w.balanceOf(g.User) == 90_000)
	w.both("what was given back and its notification", p.Refunded == 5_000, notices[len(notices)-1].Status == payment.LatestRefunded)
	return w.both("what was given back and the answer", p.Refunded == 5_000, kept)
}

func refundAgain(w *world, g given) {
	w.Must(refund(w, g))
	if !refundWhole(w, g) {
		w.T.Error("refunding again after a crash does not refund, or twice")
	}
}
