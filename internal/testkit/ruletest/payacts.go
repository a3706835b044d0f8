package ruletest

import (
	"encoding/json"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

func preparePayment(w *world, k int) given {
	_, g := stage(w, k)
	p, err := w.payments.Create(w.Ctx, payment.Order{MiniAppID: "kopi", Amount: 15_000, Title: "kopi"})
	w.Must(err)
	params, err := json.Marshal(map[string]string{"deeplink": payment.Deeplink(p.Ref)})
	w.Must(err)
	reply := w.engine.Call(w.Ctx, g.Launch, "triggerPayment", params)
	if reply.Ask == nil {
		w.T.Fatalf("triggerPayment: %+v", reply.Result)
	}
	g.Ref, g.Ask = p.Ref, reply.Ask.ID
	return g
}

func pay(w *world, g given) error {
	_, err := w.engine.Answer(w.Ctx, g.Launch, g.Ask, json.RawMessage(`{"answer":"success"}`))
	return err
}

func (w *world) payment(ref string) (p payment.Payment) {
	w.Read(func(tx Tx) (err error) { p, err = tx.Payments().Get(w.Ctx, ref); return err })
	return p
}

func (w *world) askState(id string) (state ask.State) {
	w.Read(func(tx Tx) error {
		a, err := tx.Asks().Get(w.Ctx, id)
		state = a.State
		return err
	})
	return state
}

func paymentWhole(w *world, g given) bool {
	charged := false
	w.Read(func(tx Tx) error {
		list, err := tx.Wallets().List(w.Ctx, g.User, store.First(100))
		for _, e := range list {
			charged = charged || e.Payment == g.Ref
		}
		return err
	})
	p := w.payment(g.Ref)
	w.both("the paid payment and its answered sheet", p.State == payment.Paid, w.askState(g.Ask) == ask.Answered)
	w.both("the paid payment and its free sheet", p.State == payment.Paid, p.SheetAsk == "")
	w.both("the paid payment and its notification", p.State == payment.Paid, w.Notified(g.Ref, notification.Success))
	w.both("the wallet's balance and its charge", w.balanceOf(g.User) == 85_000, charged)
	return w.both("the paid payment and the charged wallet", p.State == payment.Paid, charged)
}

func payAgain(w *world, g given) {
	if err := pay(w, g); err != nil {
		w.Refused(err, problem.AskAnswered)
	}
	if !paymentWhole(w, g) {
		w.T.Error("answering again after a crash does not pay")
	}
}

func endLaunch(w *world, g given) error { return w.engine.End(w.Ctx, g.Launch, "closed") }

func endWhole(w *world, g given) bool {
	ended := false
	w.Read(func(tx Tx) error {
		l, err := tx.Launches().Get(w.Ctx, g.Launch)
		ended = l.State == launch.Ended
		return err
	})
	p := w.payment(g.Ref)
	w.both("the end and the payment that is free again", ended, p.SheetAsk == "" && p.State == payment.Pending)
	w.both("the end and the notification of the pending payment", ended, len(w.Notices(g.Ref)) == 2)
	return w.both("the end and the withdrawn sheet", ended, w.askState(g.Ask) == ask.Withdrawn)
}

func endAgain(w *world, g given) {
	w.Must(endLaunch(w, g))
	if !endWhole(w, g) {
		w.T.Error("ending again after a crash does not end")
	}
}

func prepareConsent(w *world, k int) given {
	_, g := stage(w, k)
	reply := w.engine.Call(w.Ctx, g.Launch, "getConsent", json.RawMessage(`{"consent_name":"wifi"}`))
	if reply.Ask == nil {
		w.T.Fatalf("getConsent: %+v", reply.Result)
	}
	g.Ask = reply.Ask.ID
	return g
}

func answerConsent(w *world, g given) error {
	_, err := w.engine.Answer(w.Ctx, g.Launch, g.Ask, json.RawMessage(`{"answer":"allow"}`))
	return err
}

func consentWhole(w *world, g given) bool {
	given := false
	w.Read(func(tx Tx) error {
		e, err := tx.Consents().Get(w.Ctx, g.User, "kopi", consent.Wifi)
		given = e.State() == consent.StateGiven
		return err
	})
	w.both("the consent and its entry in the journal", given, w.inJournal(g.Launch, journal.Consent))
	return w.both("the consent and its answered sheet", given, w.askState(g.Ask) == ask.Answered)
}

func consentAgain(w *world, g given) {
	if err := answerConsent(w, g); err != nil {
		w.Refused(err, problem.AskAnswered)
	}
	if !consentWhole(w, g) {
		w.T.Error("answering again after a crash does not consent")
	}
}
