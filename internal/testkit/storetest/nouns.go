package storetest

import (
	"reflect"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/user"
)

// hard are texts that a database must give back as it got them.
var hard = []string{
	"", " ", "kopi susu", "Rp15.000 — jalan Tol 'Jagorawi'; DROP TABLE users; --", `"\%_$1`, "\n\t\r", "ꦏꦺꦴꦥꦶ ☕ 👩🏽‍🍳 \u202e",
	"e\u0301 is not \u00e9", strings.Repeat("ñ", 5000),
}

// nouns holds each noun's store to what it says.
func nouns(t *testing.T, open Open) {
	for _, one := range []struct {
		name string
		run  func(w *world)
	}{
		{"settings", settings}, {"texts that are none", noTexts}, {"mini apps", miniApps}, {"users", users}, {"launches", launches}, {"consents", consents},
		{"asks", askRows}, {"auth tokens", tokens}, {"bank tokens", spentTokens}, {"requests", requests},
		{"payments", paymentRows}, {"payments of backends", backendRows}, {"wallet", wallets}, {"messages", messageRows}, {"credentials", credentialRows}, {"journal", entries},
		{"notifications", notificationRows}, {"outbox", outbox}, {"what a dead process left", release}, {"racing claims", claimers},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			one.run(newWorld(t, open))
		})
	}
}

// refused checks that err is a problem with a code.
func (w *world) refused(err error, code problem.Code) {
	w.t.Helper()
	if !problem.Is(err, code) {
		w.t.Errorf("got %v, want the problem %s", err, code)
	}
}

func (w *world) same(what string, got, want any) {
	w.t.Helper()
	if !reflect.DeepEqual(got, want) {
		w.t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

// fails checks that a write is refused by the database itself.
func (w *world) fails(what string, fn func(tx Tx) error) {
	w.t.Helper()
	if err := w.db.Write(w.ctx, fn); err == nil {
		w.t.Errorf("%s was kept", what)
	}
}

func settings(w *world) {
	w.read(func(tx Tx) error {
		_, found, err := tx.Settings().Get(w.ctx, "no such")
		w.same("a setting that was never put", found, false)
		return err
	})
	for _, value := range hard {
		w.write(func(tx Tx) error { return tx.Settings().Put(w.ctx, "name "+value, value) })
		w.write(func(tx Tx) error { return tx.Settings().Put(w.ctx, "name", value) })
		w.read(func(tx Tx) error {
			for _, name := range []string{"name", "name " + value} {
				got, found, err := tx.Settings().Get(w.ctx, name)
				if err != nil || !found || got != value {
					w.t.Errorf("setting %q is %q, %v, %v; want %q", name, got, found, err, value)
				}
			}
			return nil
		})
	}
}

func miniApps(w *world) {
	w.read(func(tx Tx) error {
		_, err := tx.MiniApps().Get(w.ctx, "kopi")
		w.refused(err, problem.MiniAppUnknown)
		return nil
	})
	roti, kopi := w.app("roti"), w.app("kopi", "location")
	other, third := w.app("Kopi.2"), w.app("kopi-2")
	kopi.Name, kopi.Status, kopi.Domains = hard[6], miniapp.Suspended, []string{"a.example"}
	w.write(func(tx Tx) error { return tx.MiniApps().Put(w.ctx, kopi) })
	w.read(func(tx Tx) error {
		got, err := tx.MiniApps().Get(w.ctx, "kopi")
		w.same("a registration that was replaced", got, kopi)
		if err != nil {
			return err
		}
		list, err := tx.MiniApps().List(w.ctx)
		w.same("all mini apps, by the bytes of their ids", list, []miniapp.App{other, kopi, third, roti})
		return err
	})
}

func users(w *world) {
	var want []user.User
	for i, text := range hard {
		u := user.User{
			ID: w.ids.New(), Name: text, Username: text, Phone: text, Email: text, AccountID: user.NewAccountID(), CreatedAt: w.now(),
			Balance: 1 << (4 * i), Bank: user.BankAccount{Code: text, Name: text, Number: text},
		}
		w.write(func(tx Tx) error { return tx.Users().Insert(w.ctx, u) })
		want = append(want, u)
	}
	first := want[0]
	w.write(func(tx Tx) error {
		return tx.Users().Change(w.ctx, first.ID, func(u *user.User) error {
			u.Name, u.Balance, u.Bank.Number = "Sari", 7, "0001112223334"
			want[0] = *u
			return nil
		})
	})
	w.read(func(tx Tx) error {
		list, err := tx.Users().List(w.ctx)
		w.same("all users, oldest first", list, want)
		for _, u := range want {
			got, err := tx.Users().Get(w.ctx, u.ID)
			w.must(err)
			w.same("a user", got, u)
		}
		_, unknown := tx.Users().Get(w.ctx, "nobody")
		w.refused(unknown, problem.UserUnknown)
		return err
	})
	w.refused(w.db.Write(w.ctx, func(tx Tx) error {
		return tx.Users().Change(w.ctx, "nobody", func(*user.User) error { return nil })
	}), problem.UserUnknown)
	w.fails("a second user of one id", func(tx Tx) error { u := first; u.AccountID = "x"; return tx.Users().Insert(w.ctx, u) })
	w.fails("a second user of one account", func(tx Tx) error { u := first; u.ID = w.ids.New(); return tx.Users().Insert(w.ctx, u) })
	w.fails("a balance below zero", func(tx Tx) error {
		return tx.Users().Change(w.ctx, first.ID, func(u *user.User) error { u.Balance = -1; return nil })
	})
}

func launches(w *world) {
	app, u := w.app("kopi"), w.person("Sari", 0)
	l := launch.Launch{ID: w.ids.New(), MiniAppID: app.ID, UserID: u.ID, Path: "/orders?id=7", State: launch.Consent, CreatedAt: w.now()}
	w.write(func(tx Tx) error { return tx.Launches().Insert(w.ctx, l) })
	l.State, l.Reason, l.EndedAt = launch.Ended, hard[6], w.now()+5
	w.write(func(tx Tx) error {
		return tx.Launches().Change(w.ctx, l.ID, func(kept *launch.Launch) error {
			kept.State, kept.Reason, kept.EndedAt = l.State, l.Reason, l.EndedAt
			return nil
		})
	})
	w.read(func(tx Tx) error {
		got, err := tx.Launches().Get(w.ctx, l.ID)
		w.same("a launch", got, l)
		_, unknown := tx.Launches().Get(w.ctx, "none")
		w.refused(unknown, problem.LaunchUnknown)
		return err
	})
	w.fails("a second launch of one id", func(tx Tx) error { return tx.Launches().Insert(w.ctx, l) })
	w.fails("a launch of nobody", func(tx Tx) error {
		return tx.Launches().Insert(w.ctx, launch.Launch{ID: w.ids.New(), MiniAppID: app.ID, UserID: "nobody"})
	})
}

func consents(w *world) {
	app, u, other := w.app("kopi"), w.person("Sari", 0), w.person("Budi", 0)
	entry := func(of user.User, name consent.Name, action consent.Action) consent.Entry {
		e := consent.Entry{
			ID: w.ids.New(), UserID: of.ID, MiniAppID: app.ID, Name: name, Action: action, At: w.now(),
			Wording: hard[6], AppVersion: "2.10.0", LaunchID: "launch", Source: consent.OnCall,
		}
		w.write(func(tx Tx) error { return tx.Consents().Insert(w.ctx, e) })
		return e
	}
	first := entry(u, consent.Location, consent.Given)
	entry(other, consent.Location, consent.Refused)
	camera := entry(u, consent.Camera, consent.Given)
	last := entry(u, consent.Location, consent.Revoked)
	w.read(func(tx Tx) error {
		newest, err := tx.Consents().Get(w.ctx, u.ID, app.ID, consent.Location)
		w.must(err)
		w.same("the newest entry of a name", newest, last)
		never, err := tx.Consents().Get(w.ctx, u.ID, app.ID, consent.Wifi)
		w.must(err)
		w.same("a name that was never asked for", never, consent.Entry{})
		list, err := tx.Consents().List(w.ctx, u.ID, app.ID, 100)
		w.same("the ledger, oldest first", list, []consent.Entry{first, camera, last})
		w.must(err)
		list, err = tx.Consents().List(w.ctx, u.ID, app.ID, 2)
		w.same("the newest two", list, []consent.Entry{camera, last})
		return err
	})
	w.fails("a second entry of one id", func(tx Tx) error { return tx.Consents().Insert(w.ctx, first) })
}

func tokens(w *world) {
	token := login.Token{
		ID: w.ids.New(), MiniAppID: "kopi", UserID: "u", LaunchID: "l", SecretHash: []byte{0, 255, 1, 0, 200}, CreatedAt: w.now(),
	}
	insert := func(t login.Token) (fresh bool) {
		w.write(func(tx Tx) (err error) { fresh, err = tx.Tokens().Insert(w.ctx, t); return err })
		return fresh
	}
	w.same("a first token is fresh", insert(token), true)
	second := token
	second.SecretHash, second.UserID = []byte{9}, "thief"
	w.same("a second token of one id is fresh", insert(second), false)
	get := func(id string) (login.Token, bool) {
		var got login.Token
		var found bool
		w.read(func(tx Tx) (err error) { got, found, err = tx.Tokens().Get(w.ctx, id); return err })
		return got, found
	}
	got, _ := get(token.ID)
	w.same("the token is the first one", got, token)
	for _, now := range []int64{41, 42} { // revoked once: the first moment stands
		w.write(func(tx Tx) error { return tx.Tokens().Revoke(w.ctx, token.ID, now) })
	}
	got, _ = get(token.ID)
	w.same("revoked at", got.RevokedAt, int64(41))
	_, found := get("none")
	w.same("a token that is not there", found, false)
}
