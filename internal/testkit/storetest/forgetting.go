package storetest

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// forgetting lets time go by until what is over is forgotten, and looks what
// those are told who come back to it.
func forgetting(t *testing.T, open Open) {
	for _, one := range []struct {
		name string
		run  func(*testing.T, Open)
	}{
		{"notifications with their tries", forgottenNotifications},
		{"a notification that is replayed meanwhile stays", replayedMeanwhile},
		{"revoked tokens", forgottenTokens},
		{"spent bank tokens", forgottenBankTokens},
		{"settled asks", forgottenAsks},
		{"messages that were taken away", forgottenMessages},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			one.run(t, open)
		})
	}
}

// forget does what a platform does every minute.
func (w *world) forget() {
	w.t.Helper()
	ago := func(kept time.Duration) int64 { return w.clock.Now().Add(-kept).UnixMilli() }
	w.must(w.db.Keeper.Prune(w.ctx, store.Kept{
		Notifications: ago(notification.Kept), Asks: ago(ask.Kept), AuthTokens: ago(w.login.Kept()), BankTokens: ago(bank.Kept), Messages: ago(message.Kept),
	}))
}

func forgottenNotifications(t *testing.T, open Open) {
	gone := map[string]bool{} // mini apps whose receivers are gone
	o := newOffice(t, open, answers(func(_ context.Context, r notification.Request) (notification.Reply, error) {
		switch {
		case gone[r.URL]:
			return says(410, "")
		case r.URL == "http://down":
			return notification.Reply{}, errRefused
		default:
			return says(200, thanks)
		}
	}))
	gone["http://gone"] = true
	for _, name := range []string{"up", "gone", "down"} {
		o.receives(name, "http://"+name)
		o.queue(name, 60, 1) // more than one transaction forgets
	}
	o.drain()
	ended := map[notification.State]int{notification.Delivered: 60, notification.Dead: 60, notification.Waiting: 60}
	ids := map[string]notification.State{}
	o.read(func(tx Tx) error {
		list, err := tx.Notifications().List(o.ctx, notification.Filter{}, 1000)
		for _, n := range list {
			ids[n.ID] = n.State
		}
		return err
	})
	o.pass(notification.Kept - time.Millisecond)
	o.forget()
	o.same("while they are on record", o.states(), ended)
	o.pass(time.Millisecond)
	o.forget()
	o.same("after that", o.states(), map[notification.State]int{notification.Waiting: 60})
	for id, state := range ids {
		want := 0
		if state == notification.Waiting {
			want = 1
		}
		if got := len(o.tries(id)); got != want {
			t.Fatalf("%d tries of one that was %s are left, want %d", got, state, want)
		}
		if state != notification.Waiting {
			err := o.db.Write(o.ctx, func(tx Tx) error { _, err := notification.Replay(o.ctx, tx, id, o.now()); return err })
			o.refused(err, problem.NotFound)
		}
	}
	o.queue("up", 1, 2) // of a payment whose first are forgotten
	o.drain()
	o.same("the next of such a payment", o.states()[notification.Delivered], 2)
}

// replayedMeanwhile forgets one that was due to be forgotten, and is waited for
// again.
func replayedMeanwhile(t *testing.T, open Open) {
	w := newWorld(t, open)
	n := w.notice("kopi", "a", w.now())
	w.claim("kopi", w.now(), w.now()+1, 1)
	n.Attempts = 1
	w.same("a try", w.finish(n, notification.Dead, 0, w.now()), true)
	w.pass(notification.Kept)
	w.write(func(tx Tx) error { _, err := notification.Replay(w.ctx, tx, n.ID, w.now()); return err })
	w.forget()
	w.read(func(tx Tx) error {
		tries, err := tx.Notifications().Deliveries(w.ctx, n.ID)
		w.same("its tries", len(tries), 1)
		return err
	})
	w.same("it waits", w.notification(n.ID).State, notification.Waiting)
}

func forgottenTokens(t *testing.T, open Open) {
	w := newWorld(t, open)
	app, u := w.app("kopi"), w.person("Sari", 0)
	c := &codes{world: w, app: app, user: u, launch: w.launched(app, u)}
	replayed, single := c.issue(), c.issue()
	dead, err := c.redeem(app, replayed, "")
	w.must(err)
	lives, err := c.redeem(app, single, "")
	w.must(err)
	_, err = c.redeem(app, replayed, "")
	w.refused(err, problem.CodeReplayed)
	for _, wait := range []time.Duration{w.login.Kept() - time.Millisecond, time.Millisecond, 10 * 365 * 24 * time.Hour} {
		w.pass(wait)
		w.forget()
		if _, err := w.login.Authenticate(w.ctx, lives.Token); err != nil {
			t.Errorf("the token that was not revoked: %v", err)
		}
		_, err = w.login.Authenticate(w.ctx, dead.Token)
		w.refused(err, problem.TokenInvalid)
	}
	w.read(func(tx Tx) error {
		_, found, err := tx.Tokens().Get(w.ctx, idOf(w, replayed))
		w.same("the revoked token is kept", found, false)
		return err
	})
	_, err = c.redeem(app, replayed, "")
	w.refused(err, problem.CodeExpired)
	_, err = c.redeem(app, single, "")
	w.refused(err, problem.CodeReplayed)
}

func idOf(w *world, code string) string {
	w.t.Helper()
	read, ok := w.key.Unseal("auth code", code)
	if !ok {
		w.t.Fatal("it is no code")
	}
	return read.ID.String()
}

func forgottenBankTokens(t *testing.T, open Open) {
	w := newWorld(t, open)
	app, u := w.app("kopi", "bank_account"), w.person("Sari", 0)
	b := &accounts{world: w, app: app, user: u, launch: w.launched(app, u)}
	b.decide(consent.Given)
	spend := func(id string) (fresh bool) {
		w.write(func(tx Tx) (err error) {
			fresh, err = tx.BankTokens().Insert(w.ctx, id, app.ID, u.ID, w.now())
			return err
		})
		return fresh
	}
	token := b.issue()
	_, err := b.redeem(app, token, "first")
	w.must(err)
	w.same("spending an id", spend("id"), true)
	w.pass(bank.Kept - time.Millisecond)
	w.forget()
	w.same("spending it again", spend("id"), false)
	w.pass(time.Millisecond)
	w.forget()
	w.same("spending it when it is forgotten", spend("id"), true)
	_, err = b.redeem(app, token, "")
	w.refused(err, problem.CodeExpired)
}

func forgottenAsks(t *testing.T, open Open) {
	w := newWorld(t, open)
	app, u := w.app("kopi"), w.person("Sari", 0)
	launchID := w.launched(app, u)
	put := func(state ask.State) ask.Ask {
		a := ask.Ask{
			ID: w.ids.New(), LaunchID: launchID, CallID: "call", Method: "getConsent", Params: json.RawMessage(`{}`),
			Kind: ask.Consent, State: ask.Open, Show: json.RawMessage(`{}`), CreatedAt: w.now(), ExpiresAt: w.now() + 1000,
		}
		w.write(func(tx Tx) error {
			if err := tx.Asks().Insert(w.ctx, a); err != nil || state == ask.Open {
				return err
			}
			_, err := tx.Asks().Take(w.ctx, a.ID, state, w.now())
			return err
		})
		return a
	}
	settled := map[ask.State]problem.Code{ask.Answered: problem.AskAnswered, ask.Expired: problem.AskExpired, ask.Withdrawn: problem.AskAnswered}
	ids := map[string]problem.Code{}
	for state, code := range settled {
		ids[put(state).ID] = code
	}
	waiting := put(ask.Open)
	answer := func(id string) error {
		return w.db.Write(w.ctx, func(tx Tx) error {
			_, err := ask.Answer(w.ctx, tx.Asks(), launchID, id, w.clock.Now())
			return err
		})
	}
	w.pass(ask.Kept - time.Millisecond)
	w.forget()
	for id, code := range ids {
		w.refused(answer(id), code)
	}
	w.pass(time.Millisecond)
	w.forget()
	for id := range ids {
		w.refused(answer(id), problem.AskUnknown)
	}
	w.refused(answer(waiting.ID), problem.AskExpired) // it is for the sweep to settle
}

func forgottenMessages(t *testing.T, open Open) {
	w := newWorld(t, open)
	app, u := w.app("kopi"), w.person("Sari", 0)
	put := func(kind miniapp.TemplateKind, name string) string {
		m := message.Message{ID: w.ids.New(), Kind: kind, MiniAppID: app.ID, UserID: u.ID, ReminderID: name, Parameters: "{}", CreatedAt: w.now()}
		w.write(func(tx Tx) error { return tx.Messages().Put(w.ctx, m) })
		return m.ID
	}
	shown, removed := put(miniapp.PushTemplate, ""), []string{put(miniapp.PushTemplate, ""), put(miniapp.ReminderTemplate, "bill")}
	for _, id := range removed {
		w.must(w.messages.Dismiss(w.ctx, id))
	}
	kept := func(id string) error {
		return w.db.Read(w.ctx, func(tx Tx) error { _, err := tx.Messages().Get(w.ctx, id); return err })
	}
	w.pass(message.Kept - time.Millisecond)
	w.forget()
	for _, id := range removed {
		w.must(kept(id))
		w.refused(w.messages.Dismiss(w.ctx, id), problem.MessageUnknown)
	}
	w.pass(time.Millisecond)
	w.forget()
	for _, id := range removed {
		w.refused(kept(id), problem.MessageUnknown)
		w.refused(w.messages.Dismiss(w.ctx, id), problem.MessageUnknown)
	}
	w.must(kept(shown))
}
