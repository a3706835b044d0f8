package storetest

import (
	"encoding/json"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/blob"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/wallet"
)

func askRows(w *World) {
	app, u := w.App("kopi"), w.Person("Sari", 0)
	launchID, other := w.Launched(app, u), w.Launched(app, u)
	put := func(launchID string, expires int64) ask.Ask {
		a := ask.Ask{
			ID: w.IDs.New(), LaunchID: launchID, CallID: "call", Dialect: "toy", Method: "getConsent", Params: json.RawMessage(`{"a":"` + "☕" + `"}`),
			Kind: ask.Consent, State: ask.Open, Show: json.RawMessage(`{"b":1}`), Subject: Hard[6], CreatedAt: w.Now(), ExpiresAt: expires,
		}
		w.Write(func(tx Tx) error { return tx.Asks().Insert(w.Ctx, a) })
		return a
	}
	late, soon, foreign := put(launchID, 300), put(launchID, 100), put(other, 200)
	take := func(a ask.Ask) (took bool) {
		w.Write(func(tx Tx) (err error) { took, err = tx.Asks().Take(w.Ctx, a.ID, ask.Answered, 77); return err })
		return took
	}
	w.Read(func(tx Tx) error {
		list, err := tx.Asks().Open(w.Ctx, launchID)
		w.Must(err)
		w.Same("the open asks of a launch, oldest first", list, []ask.Ask{late, soon})
		due, err := tx.Asks().Due(w.Ctx, 200, 10)
		w.Must(err)
		w.Same("the asks that are due, the longest due first", due, []ask.Ask{soon, foreign})
		due, err = tx.Asks().Due(w.Ctx, 1000, 1)
		w.Same("no more than asked for", due, []ask.Ask{soon})
		return err
	})
	w.Same("an open ask is taken", take(soon), true)
	w.Same("it is taken again", take(soon), false)
	soon.State, soon.AnsweredAt = ask.Answered, 77
	soon.Params, soon.Show = json.RawMessage(`{}`), json.RawMessage(`{}`)
	w.Read(func(tx Tx) error {
		got, err := tx.Asks().Get(w.Ctx, soon.ID)
		w.Must(err)
		w.Same("a taken ask", got, soon)
		list, err := tx.Asks().Open(w.Ctx, launchID)
		w.Must(err)
		w.Same("a taken ask is not open", list, []ask.Ask{late})
		due, err := tx.Asks().Due(w.Ctx, 100, 10)
		w.Same("a taken ask is not due", len(due), 0)
		_, unknown := tx.Asks().Get(w.Ctx, "none")
		w.Refused(unknown, problem.AskUnknown)
		return err
	})
	w.Fails("a second ask of one id", func(tx Tx) error { return tx.Asks().Insert(w.Ctx, soon) })
	sharedAskRows(w, late, foreign, take)
	takenLink(w, late, take)
}

func sharedAskRows(w *World, late, foreign ask.Ask, take func(ask.Ask) bool) {
	w.T.Helper()
	shared := late
	shared.ID, shared.CallID, shared.Sheet = w.IDs.New(), "another call", late.ID
	w.Write(func(tx Tx) error { return tx.Asks().Insert(w.Ctx, shared) })
	list := func(what string, read func(s ask.Store) ([]ask.Ask, error), want ...ask.Ask) {
		w.T.Helper()
		w.Read(func(tx Tx) error {
			got, err := read(tx.Asks())
			w.Same(what, got, want)
			return err
		})
	}
	list("an ask that shares a sheet is not one of its launch", func(s ask.Store) ([]ask.Ask, error) { return s.Open(w.Ctx, late.LaunchID) }, late)
	list("nor due", func(s ask.Store) ([]ask.Ask, error) { return s.Due(w.Ctx, 1000, 10) }, foreign, late)
	list("the asks that share a sheet", func(s ask.Store) ([]ask.Ask, error) { return s.Sharing(w.Ctx, late.ID) }, shared)
	list("asks without a sheet share none", func(s ask.Store) ([]ask.Ask, error) { return s.Sharing(w.Ctx, "") })
	list("the asks of everybody", func(s ask.Store) ([]ask.Ask, error) { return s.Waiting(w.Ctx, "", "") }, late, foreign)
	list("the asks by a mini app", func(s ask.Store) ([]ask.Ask, error) { return s.Waiting(w.Ctx, "", "kopi") }, late, foreign)
	list("the asks to somebody else", func(s ask.Store) ([]ask.Ask, error) { return s.Waiting(w.Ctx, "none", "kopi") })
	w.Same("a shared ask is taken", take(shared), true)
	list("a taken ask shares nothing", func(s ask.Store) ([]ask.Ask, error) { return s.Sharing(w.Ctx, late.ID) })
}

// takenLink checks that a settled ask keeps nothing that a page has sent.
func takenLink(w *World, late ask.Ask, take func(ask.Ask) bool) {
	w.T.Helper()
	link := late
	link.ID, link.Kind, link.Subject = w.IDs.New(), ask.Deeplink, "gopay://home?snap=token"
	w.Write(func(tx Tx) error { return tx.Asks().Insert(w.Ctx, link) })
	w.Same("a deeplink's ask is taken", take(link), true)
	w.Read(func(tx Tx) error {
		got, err := tx.Asks().Get(w.Ctx, link.ID)
		w.Same("what a page has sent is not kept", []string{got.Subject, string(got.Params), string(got.Show)}, []string{"", "{}", "{}"})
		return err
	})
}

func blobRows(w *World) {
	put := func(launchID string, expires int64) blob.Blob {
		b := blob.Blob{ID: w.IDs.New(), LaunchID: launchID, Type: "image/png", Bytes: []byte{0, 1, 255, 0}, CreatedAt: 50, ExpiresAt: expires}
		w.Write(func(tx Tx) error { return tx.Blobs().Insert(w.Ctx, b) })
		return b
	}
	soon, late, foreign := put("a", 100), put("a", 300), put("b", 300)
	get := func(id string) (b blob.Blob, err error) {
		w.Read(func(tx Tx) error { b, err = tx.Blobs().Get(w.Ctx, id); return nil })
		return b, err
	}
	live := func(launchID string, now int64) (n int) {
		w.Read(func(tx Tx) (err error) { n, err = tx.Blobs().Live(w.Ctx, launchID, now); return err })
		return n
	}
	got, err := get(late.ID)
	w.Must(err)
	w.Same("a blob, byte for byte", got, late)
	w.Same("the live blobs of a launch", []int{live("a", 99), live("a", 100), live("a", 300), live("b", 99), live("c", 0)}, []int{2, 1, 0, 1, 0})
	w.Must(w.DB.Keeper.Prune(w.Ctx, store.Kept{Blobs: 100}))
	_, err = get(soon.ID)
	w.Refused(err, problem.NotFound)
	got, err = get(foreign.ID)
	w.Must(err)
	w.Same("a blob that has not expired is kept", got, foreign)
}

func spentTokens(w *World) {
	spend := func(id string) (fresh bool) {
		w.Write(func(tx Tx) (err error) { fresh, err = tx.BankTokens().Insert(w.Ctx, id, "kopi", "u", 1); return err })
		return fresh
	}
	w.Same("spending a token", spend("a"), true)
	w.Same("spending it again", spend("a"), false)
	w.Same("spending another", spend("b"), true)
}

func requests(w *World) {
	r := request.Request{MiniAppID: "kopi", Space: request.ExternalID, ID: Hard[3], Operation: "token", BodyHash: []byte{0, 1, 255}, Subject: Hard[6], Answer: []byte{0, 255, 1}, At: 1000}
	get := func(app string, space request.Space, since int64) (request.Request, bool) {
		var got request.Request
		var found bool
		of := request.Request{MiniAppID: app, Space: space, ID: r.ID}
		w.Read(func(tx Tx) (err error) { got, found, err = tx.Requests().Get(w.Ctx, of, since); return err })
		return got, found
	}
	w.Write(func(tx Tx) error { return tx.Requests().Insert(w.Ctx, r, 0) })
	got, _ := get("kopi", r.Space, 999)
	w.Same("a request", got, r)
	_, found := get("kopi", request.RequestID, 0)
	w.Same("a request of the same id under another header", found, false)
	_, found = get("roti", r.Space, 0)
	w.Same("another mini app's request of the same id", found, false)
	_, found = get("kopi", r.Space, 1000)
	w.Same("a request that is too old", found, false)
	w.Fails("a second request of one id", func(tx Tx) error { return tx.Requests().Insert(w.Ctx, r, 999) })
	renewed := r
	renewed.At, renewed.Subject = 2000, "new"
	w.Write(func(tx Tx) error { return tx.Requests().Insert(w.Ctx, renewed, 1000) })
	got, _ = get("kopi", r.Space, 0)
	w.Same("a request whose id was free again", got, renewed)
	w.Must(w.DB.Keeper.Prune(w.Ctx, store.Kept{Requests: 2000}))
	_, found = get("kopi", r.Space, 0)
	w.Same("a request that was pruned", found, false)
}

func paymentRows(w *World) {
	app := w.App("kopi")
	put := func(ref string, created, expires int64) payment.Payment {
		p := payment.Payment{Ref: ref, MiniAppID: app.ID, Amount: 15_000, Title: Hard[6], State: payment.Created, CreatedAt: created, ExpiresAt: expires}
		w.Write(func(tx Tx) error { return tx.Payments().Insert(w.Ctx, p) })
		return p
	}
	a, b, held := put("a", 1, 300), put("b", 2, 100), put("c", 3, 50)
	w.Write(func(tx Tx) error {
		return tx.Payments().Change(w.Ctx, "c", func(p *payment.Payment) error {
			p.State, p.SheetAsk, p.UserID = payment.Pending, "ask", "u"
			held = *p
			return nil
		})
	})
	w.Read(func(tx Tx) error {
		list, err := tx.Payments().List(w.Ctx, store.First(2))
		w.Must(err)
		w.Same("the newest payments", list, []payment.Payment{held, b})
		list, err = tx.Payments().List(w.Ctx, store.Page{Cursor: b.Cursor(), Limit: 2})
		w.Must(err)
		w.Same("the payments after them", list, []payment.Payment{a})
		_, malformed := tx.Payments().List(w.Ctx, store.Page{Cursor: "x.y", Limit: 2})
		w.Refused(malformed, problem.BadRequest)
		due, err := tx.Payments().Due(w.Ctx, 100, 10)
		w.Must(err)
		w.Same("the payments that are due, but for one in a sheet", due, []payment.Payment{b})
		got, err := tx.Payments().Get(w.Ctx, "a")
		w.Same("a payment", got, a)
		_, unknown := tx.Payments().Get(w.Ctx, "none")
		w.Refused(unknown, problem.PaymentUnknown)
		return err
	})
	w.Write(func(tx Tx) error {
		return tx.Payments().Change(w.Ctx, "b", func(p *payment.Payment) error {
			p.State, p.SettledAt = payment.Expired, 9
			return nil
		})
	})
	w.Read(func(tx Tx) error {
		due, err := tx.Payments().Due(w.Ctx, 1000, 10)
		w.Same("a settled payment is not due", due, []payment.Payment{a})
		return err
	})
	w.Refused(w.DB.Write(w.Ctx, func(tx Tx) error {
		return tx.Payments().Change(w.Ctx, "none", func(*payment.Payment) error { return nil })
	}), problem.PaymentUnknown)
	w.Fails("a second payment of one reference", func(tx Tx) error { return tx.Payments().Insert(w.Ctx, a) })
	w.Fails("a payment of nothing", func(tx Tx) error { p := a; p.Ref, p.Amount = "zero", 0; return tx.Payments().Insert(w.Ctx, p) })
}

func wallets(w *World) {
	u := w.Person("Sari", 0)
	book := func(ref string, amount int64) wallet.Entry {
		e := wallet.Entry{ID: w.IDs.New(), UserID: u.ID, Unit: wallet.Coins, Amount: 5, Balance: 5, Title: Hard[6], MiniAppID: "kopi", Payment: ref, Cause: wallet.CausePaid, At: amount}
		w.Write(func(tx Tx) error { return tx.Wallets().Insert(w.Ctx, e) })
		return e
	}
	book("", 1)
	second, third := book("ref", 2), book("", 3)
	w.Read(func(tx Tx) error {
		list, err := tx.Wallets().List(w.Ctx, u.ID, store.First(2))
		w.Same("the newest movements, newest first", list, []wallet.Entry{third, second})
		return err
	})
	w.Fails("a second charge for one payment", func(tx Tx) error {
		e := second
		e.ID = w.IDs.New()
		return tx.Wallets().Insert(w.Ctx, e)
	})
	w.Fails("a movement of nobody", func(tx Tx) error {
		return tx.Wallets().Insert(w.Ctx, wallet.Entry{ID: w.IDs.New(), UserID: "nobody"})
	})
}

func entries(w *World) {
	full := journal.Entry{
		ID: w.IDs.New(), At: 5, Kind: journal.Payment, Event: "payment.paid", MiniAppID: "kopi", UserID: "u", LaunchID: "l", CallID: "c", Payment: "p",
		Title: Hard[6], Outcome: journal.Failed, Code: 300, Message: Hard[3], Next: Hard[4], Duration: 1 << 40, Detail: json.RawMessage(`{"☕":[1,null]}`),
	}
	bare := journal.Entry{Kind: journal.Page, Title: "bare"}
	w.Write(func(tx Tx) error { return tx.Journal().Append(w.Ctx, full, bare) })
	traced := journal.Entry{ID: w.IDs.New(), At: 6, Kind: journal.Call, Title: "traced", Outcome: journal.OK}
	w.Must(w.DB.Keeper.SaveTraces(w.Ctx, []journal.Entry{traced}))
	load := func(limit int) []journal.Entry {
		list, err := w.DB.Keeper.LoadJournal(w.Ctx, store.First(limit))
		w.Must(err)
		return list
	}
	list := load(10)
	if len(list) != 3 {
		w.T.Fatalf("%d entries were kept, want 3: %+v", len(list), list)
	}
	w.Same("an entry with everything", list[0], full)
	if list[1].ID == "" || list[1].At != w.Now() || list[1].Title != "bare" {
		w.T.Errorf("an entry that was stamped: %+v", list[1])
	}
	w.Same("a trace", list[2], traced)
	w.Same("the newest entries", load(2), list[1:])
	traced.Title, traced.Detail = "traced again", json.RawMessage(`{"count":2}`)
	w.Must(w.DB.Keeper.SaveTraces(w.Ctx, []journal.Entry{traced}))
	w.Same("a newer version of a trace", load(10), append(list[:2:2], traced))
	w.Must(w.DB.Keeper.Prune(w.Ctx, store.Kept{Entries: 1}))
	w.Same("the newest entries that prune keeps", load(10)[len(load(10))-1], traced)
	shown, _, _ := w.Log.Since(0, 0)
	w.Same("the entries that were published", len(shown), 2)
}
