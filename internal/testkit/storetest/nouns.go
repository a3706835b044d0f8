package storetest

import (
	"reflect"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
)

// Hard are strings that a database must return unchanged.
var Hard = []string{
	"", " ", "kopi susu", "Rp15.000 — jalan Tol 'Jagorawi'; DROP TABLE users; --", `"\%_$1`, "\n\t\r", "ꦏꦺꦴꦥꦶ ☕ 👩🏽‍🍳 \u202e",
	"e\u0301 is not \u00e9", strings.Repeat("ñ", 5000),
}

// nouns checks the store of each noun.
func nouns(t *testing.T, open Open) {
	for _, one := range []struct {
		name string
		run  func(w *World)
	}{
		{"settings", settings}, {"texts that are none", noTexts}, {"mini apps", miniApps}, {"users", users}, {"launches", launches}, {"consents", consents},
		{"asks", askRows}, {"blobs", blobRows}, {"auth tokens", tokens}, {"bank tokens", spentTokens}, {"requests", requests},
		{"payments", paymentRows}, {"payments of backends", backendRows}, {"transfers", transferRows}, {"wallet", wallets}, {"messages", messageRows}, {"credentials", credentialRows}, {"audit", auditRows}, {"racing chains", racingChains}, {"journal", entries},
		{"notifications", notificationRows}, {"outbox", outbox}, {"what a dead process left", release}, {"leases under a moved clock", movedClock}, {"racing claims", claimers},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			one.run(NewWorld(t, open))
		})
	}
}

// Refused checks that err is a problem with a code.
func (w *World) Refused(err error, code problem.Code) {
	w.T.Helper()
	if !problem.Is(err, code) {
		w.T.Errorf("got %v, want the problem %s", err, code)
	}
}

func (w *World) Same(what string, got, want any) {
	w.T.Helper()
	if !reflect.DeepEqual(got, want) {
		w.T.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

// Fails checks that the database itself refuses a write.
func (w *World) Fails(what string, fn func(tx Tx) error) {
	w.T.Helper()
	if err := w.DB.Write(w.Ctx, fn); err == nil {
		w.T.Errorf("%s was stored", what)
	}
}

func settings(w *World) {
	w.Read(func(tx Tx) error {
		_, found, err := tx.Settings().Get(w.Ctx, "no such")
		w.Same("a setting that was never put", found, false)
		return err
	})
	for _, value := range Hard {
		w.Write(func(tx Tx) error { return tx.Settings().Put(w.Ctx, "name "+value, value) })
		w.Write(func(tx Tx) error { return tx.Settings().Put(w.Ctx, "name", value) })
		w.Read(func(tx Tx) error {
			for _, name := range []string{"name", "name " + value} {
				got, found, err := tx.Settings().Get(w.Ctx, name)
				if err != nil || !found || got != value {
					w.T.Errorf("setting %q is %q, %v, %v; want %q", name, got, found, err, value)
				}
			}
			return nil
		})
	}
}

func miniApps(w *World) {
	w.Read(func(tx Tx) error {
		_, err := tx.MiniApps().Get(w.Ctx, "kopi")
		w.Refused(err, problem.MiniAppUnknown)
		return nil
	})
	roti, kopi := w.App("roti"), w.App("kopi", "location")
	other, third := w.App("Kopi.2"), w.App("kopi-2")
	kopi.Name, kopi.Status, kopi.Domains = Hard[6], miniapp.Suspended, []string{"a.example"}
	w.Write(func(tx Tx) error { return tx.MiniApps().Put(w.Ctx, kopi) })
	w.Read(func(tx Tx) error {
		got, err := tx.MiniApps().Get(w.Ctx, "kopi")
		w.Same("a registration that was replaced", got, kopi)
		if err != nil {
			return err
		}
		list, err := tx.MiniApps().List(w.Ctx)
		w.Same("all mini apps, by the bytes of their ids", list, []miniapp.App{other, kopi, third, roti})
		return err
	})
}

func users(w *World) {
	var want []user.User
	for i, text := range Hard {
		u := user.User{
			ID: w.IDs.New(), Name: text, Username: text, Phone: text, Email: text, AccountID: user.NewAccountID(), CreatedAt: w.Now(),
			Balance: 1 << (4 * i), Bank: user.BankAccount{Code: text, Name: text, Number: text},
		}
		w.Write(func(tx Tx) error { return tx.Users().Insert(w.Ctx, u) })
		want = append(want, u)
	}
	first := want[0]
	w.Write(func(tx Tx) error {
		return tx.Users().Change(w.Ctx, first.ID, func(u *user.User) error {
			u.Name, u.Balance, u.Bank.Number = "Sari", 7, "0001112223334"
			want[0] = *u
			return nil
		})
	})
	w.Read(func(tx Tx) error {
		list, err := tx.Users().List(w.Ctx, store.First(1<<30))
		w.Same("all users, oldest first", list, want)
		for _, u := range want {
			got, err := tx.Users().Get(w.Ctx, u.ID)
			w.Must(err)
			w.Same("a user", got, u)
		}
		_, unknown := tx.Users().Get(w.Ctx, "nobody")
		w.Refused(unknown, problem.UserUnknown)
		return err
	})
	w.Refused(w.DB.Write(w.Ctx, func(tx Tx) error {
		return tx.Users().Change(w.Ctx, "nobody", func(*user.User) error { return nil })
	}), problem.UserUnknown)
	w.Fails("a second user of one id", func(tx Tx) error { u := first; u.AccountID = "x"; return tx.Users().Insert(w.Ctx, u) })
	w.Fails("a second user of one account", func(tx Tx) error { u := first; u.ID = w.IDs.New(); return tx.Users().Insert(w.Ctx, u) })
	w.Fails("a balance below zero", func(tx Tx) error {
		return tx.Users().Change(w.Ctx, first.ID, func(u *user.User) error { u.Balance = -1; return nil })
	})
}

func launches(w *World) {
	app, u := w.App("kopi"), w.Person("Sari", 0)
	l := launch.Launch{ID: w.IDs.New(), MiniAppID: app.ID, UserID: u.ID, Path: "/orders?id=7", State: launch.Consent, CreatedAt: w.Now()}
	w.Write(func(tx Tx) error { return tx.Launches().Insert(w.Ctx, l) })
	l.State, l.Reason, l.Missing, l.EndedAt = launch.Ended, event.Reason(Hard[6]), []event.ConsentName{"location", "device_info"}, w.Now()+5
	w.Write(func(tx Tx) error {
		return tx.Launches().Change(w.Ctx, l.ID, func(kept *launch.Launch) error {
			kept.State, kept.Reason, kept.Missing, kept.EndedAt = l.State, l.Reason, l.Missing, l.EndedAt
			return nil
		})
	})
	w.Read(func(tx Tx) error {
		got, err := tx.Launches().Get(w.Ctx, l.ID)
		w.Same("a launch", got, l)
		_, unknown := tx.Launches().Get(w.Ctx, "none")
		w.Refused(unknown, problem.LaunchUnknown)
		return err
	})
	w.Fails("a second launch of one id", func(tx Tx) error { return tx.Launches().Insert(w.Ctx, l) })
	w.Fails("a launch of nobody", func(tx Tx) error {
		return tx.Launches().Insert(w.Ctx, launch.Launch{ID: w.IDs.New(), MiniAppID: app.ID, UserID: "nobody"})
	})
}

func consents(w *World) {
	app, u, other := w.App("kopi"), w.Person("Sari", 0), w.Person("Budi", 0)
	entry := func(of user.User, name consent.Name, action consent.Action) consent.Entry {
		e := consent.Entry{
			ID: w.IDs.New(), UserID: of.ID, MiniAppID: app.ID, Name: name, Action: action, At: w.Now(),
			Wording: Hard[6], AppVersion: "2.10.0", LaunchID: "launch", Source: consent.OnCall,
		}
		w.Write(func(tx Tx) error { return tx.Consents().Insert(w.Ctx, e) })
		return e
	}
	first := entry(u, consent.Location, consent.Given)
	entry(other, consent.Location, consent.Refused)
	camera := entry(u, consent.Camera, consent.Given)
	last := entry(u, consent.Location, consent.Revoked)
	w.Read(func(tx Tx) error {
		newest, err := tx.Consents().Get(w.Ctx, u.ID, app.ID, consent.Location)
		w.Must(err)
		w.Same("the newest entry of a name", newest, last)
		never, err := tx.Consents().Get(w.Ctx, u.ID, app.ID, consent.Wifi)
		w.Must(err)
		w.Same("a name that was never asked for", never, consent.Entry{})
		list, err := tx.Consents().List(w.Ctx, u.ID, app.ID, store.First(100))
		w.Same("the ledger, oldest first", list, []consent.Entry{first, camera, last})
		w.Must(err)
		list, err = tx.Consents().List(w.Ctx, u.ID, app.ID, store.First(2))
		w.Same("the newest two", list, []consent.Entry{camera, last})
		return err
	})
	w.Fails("a second entry of one id", func(tx Tx) error { return tx.Consents().Insert(w.Ctx, first) })
	w.ledgerRows(u, other, []consent.Entry{first, camera, last})
}

func tokens(w *World) {
	token := login.Token{
		ID: w.IDs.New(), MiniAppID: "kopi", UserID: "u", LaunchID: "l", SecretHash: []byte{0, 255, 1, 0, 200}, CreatedAt: w.Now(),
	}
	insert := func(t login.Token) (fresh bool) {
		w.Write(func(tx Tx) (err error) { fresh, err = tx.Tokens().Insert(w.Ctx, t); return err })
		return fresh
	}
	w.Same("a first token is fresh", insert(token), true)
	second := token
	second.SecretHash, second.UserID = []byte{9}, "thief"
	w.Same("a second token of one id is fresh", insert(second), false)
	get := func(id string) (login.Token, bool) {
		var got login.Token
		var found bool
		w.Read(func(tx Tx) (err error) { got, found, err = tx.Tokens().Get(w.Ctx, id); return err })
		return got, found
	}
	got, _ := get(token.ID)
	w.Same("the token is the first one", got, token)
	for _, now := range []int64{41, 42} { // the second revocation keeps the time of the first
		w.Write(func(tx Tx) error { return tx.Tokens().Revoke(w.Ctx, token.ID, now) })
	}
	got, _ = get(token.ID)
	w.Same("revoked at", got.RevokedAt, int64(41))
	_, found := get("none")
	w.Same("a token that is not there", found, false)
}
