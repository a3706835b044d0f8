package storetest

import (
	"encoding/json"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/wallet"
)

func askRows(w *world) {
	app, u := w.app("kopi"), w.person("Sari", 0)
	launchID, other := w.launched(app, u), w.launched(app, u)
	put := func(launchID string, expires int64) ask.Ask {
		a := ask.Ask{
			ID: w.ids.New(), LaunchID: launchID, CallID: "call", Dialect: "toy", Method: "getConsent", Params: json.RawMessage(`{"a":"` + "☕" + `"}`),
			Kind: ask.Consent, State: ask.Open, Show: json.RawMessage(`{"b":1}`), Subject: hard[6], CreatedAt: w.now(), ExpiresAt: expires,
		}
		w.write(func(tx Tx) error { return tx.Asks().Insert(w.ctx, a) })
		return a
	}
	late, soon, foreign := put(launchID, 300), put(launchID, 100), put(other, 200)
	take := func(a ask.Ask) (took bool) {
		w.write(func(tx Tx) (err error) { took, err = tx.Asks().Take(w.ctx, a.ID, ask.Answered, 77); return err })
		return took
	}
	w.read(func(tx Tx) error {
		list, err := tx.Asks().Open(w.ctx, launchID)
		w.must(err)
		w.same("the open asks of a launch, oldest first", list, []ask.Ask{late, soon})
		due, err := tx.Asks().Due(w.ctx, 200, 10)
		w.must(err)
		w.same("the asks that are due, the longest due first", due, []ask.Ask{soon, foreign})
		due, err = tx.Asks().Due(w.ctx, 1000, 1)
		w.same("no more than asked for", due, []ask.Ask{soon})
		return err
	})
	w.same("an open ask is taken", take(soon), true)
	w.same("it is taken again", take(soon), false)
	soon.State, soon.AnsweredAt = ask.Answered, 77
	w.read(func(tx Tx) error {
		got, err := tx.Asks().Get(w.ctx, soon.ID)
		w.must(err)
		w.same("a taken ask", got, soon)
		list, err := tx.Asks().Open(w.ctx, launchID)
		w.must(err)
		w.same("a taken ask is not open", list, []ask.Ask{late})
		due, err := tx.Asks().Due(w.ctx, 100, 10)
		w.same("a taken ask is not due", len(due), 0)
		_, unknown := tx.Asks().Get(w.ctx, "none")
		w.refused(unknown, problem.AskUnknown)
		return err
	})
	w.fails("a second ask of one id", func(tx Tx) error { return tx.Asks().Insert(w.ctx, soon) })
}

func spentTokens(w *world) {
	spend := func(id string) (fresh bool) {
		w.write(func(tx Tx) (err error) { fresh, err = tx.BankTokens().Insert(w.ctx, id, "kopi", "u", 1); return err })
		return fresh
	}
	w.same("spending a token", spend("a"), true)
	w.same("spending it again", spend("a"), false)
	w.same("spending another", spend("b"), true)
}

func requests(w *world) {
	r := request.Request{MiniAppID: "kopi", Space: request.ExternalID, ID: hard[3], Operation: "token", BodyHash: []byte{0, 1, 255}, Subject: hard[6], Answer: []byte{0, 255, 1}, At: 1000}
	get := func(app string, space request.Space, since int64) (request.Request, bool) {
		var got request.Request
		var found bool
		of := request.Request{MiniAppID: app, Space: space, ID: r.ID}
		w.read(func(tx Tx) (err error) { got, found, err = tx.Requests().Get(w.ctx, of, since); return err })
		return got, found
	}
	w.write(func(tx Tx) error { return tx.Requests().Insert(w.ctx, r, 0) })
	got, _ := get("kopi", r.Space, 999)
	w.same("a request", got, r)
	_, found := get("kopi", request.RequestID, 0)
	w.same("a request of the same id under another header", found, false)
	_, found = get("roti", r.Space, 0)
	w.same("another mini app's request of the same id", found, false)
	_, found = get("kopi", r.Space, 1000)
	w.same("a request that is too old", found, false)
	w.fails("a second request of one id", func(tx Tx) error { return tx.Requests().Insert(w.ctx, r, 999) })
	renewed := r
	renewed.At, renewed.Subject = 2000, "new"
	w.write(func(tx Tx) error { return tx.Requests().Insert(w.ctx, renewed, 1000) })
	got, _ = get("kopi", r.Space, 0)
	w.same("a request whose id was free again", got, renewed)
	w.must(w.db.Keeper.Prune(w.ctx, store.Kept{Requests: 2000}))
	_, found = get("kopi", r.Space, 0)
	w.same("a request that was pruned", found, false)
}

func paymentRows(w *world) {
	app := w.app("kopi")
	put := func(ref string, created, expires int64) payment.Payment {
		p := payment.Payment{Ref: ref, MiniAppID: app.ID, Amount: 15_000, Title: hard[6], State: payment.Created, CreatedAt: created, ExpiresAt: expires}
		w.write(func(tx Tx) error { return tx.Payments().Insert(w.ctx, p) })
		return p
	}
	a, b, held := put("a", 1, 300), put("b", 2, 100), put("c", 3, 50)
	w.write(func(tx Tx) error {
		return tx.Payments().Change(w.ctx, "c", func(p *payment.Payment) error {
			p.State, p.SheetAsk, p.UserID = payment.Pending, "ask", "u"
			held = *p
			return nil
		})
	})
	w.read(func(tx Tx) error {
		list, err := tx.Payments().List(w.ctx, 2)
		w.must(err)
		w.same("the newest payments", list, []payment.Payment{held, b})
		due, err := tx.Payments().Due(w.ctx, 100, 10)
		w.must(err)
		w.same("the payments that are due, but for one in a sheet", due, []payment.Payment{b})
		got, err := tx.Payments().Get(w.ctx, "a")
		w.same("a payment", got, a)
		_, unknown := tx.Payments().Get(w.ctx, "none")
		w.refused(unknown, problem.PaymentUnknown)
		return err
	})
	w.write(func(tx Tx) error {
		return tx.Payments().Change(w.ctx, "b", func(p *payment.Payment) error {
			p.State, p.SettledAt = payment.Expired, 9
			return nil
		})
	})
	w.read(func(tx Tx) error {
		due, err := tx.Payments().Due(w.ctx, 1000, 10)
		w.same("a settled payment is not due", due, []payment.Payment{a})
		return err
	})
	w.refused(w.db.Write(w.ctx, func(tx Tx) error {
		return tx.Payments().Change(w.ctx, "none", func(*payment.Payment) error { return nil })
	}), problem.PaymentUnknown)
	w.fails("a second payment of one reference", func(tx Tx) error { return tx.Payments().Insert(w.ctx, a) })
	w.fails("a payment of nothing", func(tx Tx) error { p := a; p.Ref, p.Amount = "zero", 0; return tx.Payments().Insert(w.ctx, p) })
}

func wallets(w *world) {
	u := w.person("Sari", 0)
	book := func(ref string, amount int64) wallet.Entry {
		e := wallet.Entry{ID: w.ids.New(), UserID: u.ID, Unit: wallet.Coins, Amount: 5, Balance: 5, Title: hard[6], MiniAppID: "kopi", Payment: ref, Cause: wallet.CausePaid, At: amount}
		w.write(func(tx Tx) error { return tx.Wallets().Insert(w.ctx, e) })
		return e
	}
	book("", 1)
	second, third := book("ref", 2), book("", 3)
	w.read(func(tx Tx) error {
		list, err := tx.Wallets().List(w.ctx, u.ID, 2)
		w.same("the newest movements, newest first", list, []wallet.Entry{third, second})
		return err
	})
	w.fails("a second charge for one payment", func(tx Tx) error {
		e := second
		e.ID = w.ids.New()
		return tx.Wallets().Insert(w.ctx, e)
	})
	w.fails("a movement of nobody", func(tx Tx) error {
		return tx.Wallets().Insert(w.ctx, wallet.Entry{ID: w.ids.New(), UserID: "nobody"})
	})
}

func entries(w *world) {
	full := journal.Entry{
		ID: w.ids.New(), At: 5, Kind: journal.Payment, Event: "payment.paid", MiniAppID: "kopi", UserID: "u", LaunchID: "l", CallID: "c", Payment: "p",
		Title: hard[6], Outcome: journal.Failed, Code: 300, Message: hard[3], Next: hard[4], Duration: 1 << 40, Detail: json.RawMessage(`{"☕":[1,null]}`),
	}
	bare := journal.Entry{Kind: journal.Page, Title: "bare"}
	w.write(func(tx Tx) error { return tx.Journal().Append(w.ctx, full, bare) })
	traced := journal.Entry{ID: w.ids.New(), At: 6, Kind: journal.Call, Title: "traced", Outcome: journal.OK}
	w.must(w.db.Keeper.SaveTraces(w.ctx, []journal.Entry{traced}))
	load := func(limit int) []journal.Entry {
		list, err := w.db.Keeper.LoadJournal(w.ctx, limit)
		w.must(err)
		return list
	}
	list := load(10)
	if len(list) != 3 {
		w.t.Fatalf("%d entries were kept, want 3: %+v", len(list), list)
	}
	w.same("an entry with everything", list[0], full)
	if list[1].ID == "" || list[1].At != w.now() || list[1].Title != "bare" {
		w.t.Errorf("an entry that was stamped: %+v", list[1])
	}
	w.same("a trace", list[2], traced)
	w.same("the newest entries", load(2), list[1:])
	w.must(w.db.Keeper.Prune(w.ctx, store.Kept{Entries: 1}))
	w.same("the newest entries that prune keeps", load(10)[len(load(10))-1], traced)
	shown, _, _ := w.log.Since(0, 0)
	w.same("the entries that were published", len(shown), 2)
}
