package ruletest

import (
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

// forgetting lets time pass until expired rows are deleted, and checks the answers to
// later requests for them.
func forgetting(t *testing.T, open Open) {
	for _, one := range []struct {
		name string
		run  func(*testing.T, Open)
	}{
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

// forget runs the regular pruning of a platform.
func (w *world) forget() {
	w.T.Helper()
	ago := func(kept time.Duration) int64 { return w.Clock.Now().Add(-kept).UnixMilli() }
	w.Must(w.DB.Keeper.Prune(w.Ctx, store.Kept{
		Notifications: ago(notification.Kept), Asks: ago(ask.Kept), AuthTokens: ago(w.login.Kept()), BankTokens: ago(bank.Kept), Messages: ago(message.Kept),
	}))
}

func forgottenTokens(t *testing.T, open Open) {
	w := newWorld(t, open)
	app, u := w.App("kopi"), w.person("Sari", 0)
	c := &codes{world: w, app: app, user: u, launch: w.Launched(app, u)}
	replayed, single := c.issue(), c.issue()
	dead, err := c.redeem(app, replayed, "")
	w.Must(err)
	lives, err := c.redeem(app, single, "")
	w.Must(err)
	_, err = c.redeem(app, replayed, "")
	w.Refused(err, problem.CodeReplayed)
	for _, wait := range []time.Duration{w.login.Kept() - time.Millisecond, time.Millisecond, 10 * 365 * 24 * time.Hour} {
		w.Pass(wait)
		w.forget()
		if _, err := w.login.Authenticate(w.Ctx, lives.Token); err != nil {
			t.Errorf("the token that was not revoked: %v", err)
		}
		_, err = w.login.Authenticate(w.Ctx, dead.Token)
		w.Refused(err, problem.TokenInvalid)
	}
	w.Read(func(tx Tx) error {
		_, found, err := tx.Tokens().Get(w.Ctx, idOf(w, replayed))
		w.Same("the revoked token is kept", found, false)
		return err
	})
	_, err = c.redeem(app, replayed, "")
	w.Refused(err, problem.CodeExpired)
	_, err = c.redeem(app, single, "")
	w.Refused(err, problem.CodeReplayed)
}

func idOf(w *world, code string) string {
	w.T.Helper()
	read, ok := w.Key.Unseal("auth code", code)
	if !ok {
		w.T.Fatal("it is no code")
	}
	return read.ID.String()
}

func forgottenBankTokens(t *testing.T, open Open) {
	w := newWorld(t, open)
	app, u := w.App("kopi", "bank_account"), w.person("Sari", 0)
	b := &accounts{world: w, app: app, user: u, launch: w.Launched(app, u)}
	b.decide(consent.Given)
	spend := func(id string) (fresh bool) {
		w.Write(func(tx Tx) (err error) {
			fresh, err = tx.BankTokens().Insert(w.Ctx, id, app.ID, u.ID, w.Now())
			return err
		})
		return fresh
	}
	token := b.issue()
	_, err := b.redeem(app, token, "first")
	w.Must(err)
	w.Same("spending an id", spend("id"), true)
	w.Pass(bank.Kept - time.Millisecond)
	w.forget()
	w.Same("spending it again", spend("id"), false)
	w.Pass(time.Millisecond)
	w.forget()
	w.Same("spending it when it is forgotten", spend("id"), true)
	_, err = b.redeem(app, token, "")
	w.Refused(err, problem.CodeExpired)
}

func forgottenAsks(t *testing.T, open Open) {
	w := newWorld(t, open)
	app, u := w.App("kopi"), w.person("Sari", 0)
	launchID := w.Launched(app, u)
	put := func(state ask.State) ask.Ask {
		a := ask.Ask{
			ID: w.IDs.New(), LaunchID: launchID, CallID: "call", Method: "getConsent", Params: json.RawMessage(`{}`),
			Kind: ask.Consent, State: ask.Open, Show: json.RawMessage(`{}`), CreatedAt: w.Now(), ExpiresAt: w.Now() + 1000,
		}
		w.Write(func(tx Tx) error {
			if err := tx.Asks().Insert(w.Ctx, a); err != nil || state == ask.Open {
				return err
			}
			_, err := tx.Asks().Take(w.Ctx, a.ID, state, w.Now())
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
		return w.DB.Write(w.Ctx, func(tx Tx) error {
			_, err := ask.Answer(w.Ctx, tx.Asks(), launchID, id, w.Clock.Now())
			return err
		})
	}
	w.Pass(ask.Kept - time.Millisecond)
	w.forget()
	for id, code := range ids {
		w.Refused(answer(id), code)
	}
	w.Pass(time.Millisecond)
	w.forget()
	for id := range ids {
		w.Refused(answer(id), problem.AskUnknown)
	}
	w.Refused(answer(waiting.ID), problem.AskExpired) // the sweep must settle it
}

func forgottenMessages(t *testing.T, open Open) {
	w := newWorld(t, open)
	app, u := w.App("kopi"), w.person("Sari", 0)
	put := func(kind miniapp.TemplateKind, name string) string {
		m := message.Message{ID: w.IDs.New(), Kind: kind, MiniAppID: app.ID, UserID: u.ID, ReminderID: name, Parameters: "{}", CreatedAt: w.Now()}
		w.Write(func(tx Tx) error { return tx.Messages().Put(w.Ctx, m) })
		return m.ID
	}
	shown, removed := put(miniapp.PushTemplate, ""), []string{put(miniapp.PushTemplate, ""), put(miniapp.ReminderTemplate, "bill")}
	for _, id := range removed {
		w.Must(w.messages.Dismiss(w.Ctx, id))
	}
	kept := func(id string) error {
		return w.DB.Read(w.Ctx, func(tx Tx) error { _, err := tx.Messages().Get(w.Ctx, id); return err })
	}
	w.Pass(message.Kept - time.Millisecond)
	w.forget()
	for _, id := range removed {
		w.Must(kept(id))
		w.Refused(w.messages.Dismiss(w.Ctx, id), problem.MessageUnknown)
	}
	w.Pass(time.Millisecond)
	w.forget()
	for _, id := range removed {
		w.Refused(kept(id), problem.MessageUnknown)
		w.Refused(w.messages.Dismiss(w.Ctx, id), problem.MessageUnknown)
	}
	w.Must(kept(shown))
}
