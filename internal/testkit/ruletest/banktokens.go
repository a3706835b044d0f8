package ruletest

import (
	"fmt"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/testkit/storetest"
	"github.com/selasar/selasar/internal/user"
)

// bankTokens checks that bank account tokens are redeemed by the rules of auth codes.
func bankTokens(t *testing.T, open Open) {
	for _, one := range []struct {
		name string
		run  func(b *accounts)
	}{
		{"one of many racers wins", racingReaders},
		{"a retry gets the account again, a replay does not", retriedReads},
		{"a token is good for its own mini app, its time and its purpose", foreignReads},
		{"withdrawing the consent counts at once", withdrawn},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, open)
			app, u := w.App("kopi", "bank_account"), w.person("Sari", 0)
			b := &accounts{world: w, app: app, user: u, launch: w.Launched(app, u)}
			b.decide(consent.Given)
			one.run(b)
		})
	}
}

// accounts is a world with a mini app that may read its user's bank account.
type accounts struct {
	*world
	app    miniapp.App
	user   user.User
	launch string
}

func (b *accounts) decide(action consent.Action) {
	b.Write(func(tx Tx) error {
		return consent.Record(b.Ctx, tx, consent.Entry{
			ID: b.IDs.New(), UserID: b.user.ID, MiniAppID: b.app.ID, Name: consent.BankAccount, Action: action, At: b.Now(), Source: consent.Settings,
		})
	})
}

func (b *accounts) issue() string {
	token, err := b.bank.Issue(b.launch)
	b.Must(err)
	return token
}

func (b *accounts) redeem(app miniapp.App, token, id string) (user.BankAccount, error) {
	return b.bank.Redeem(b.Ctx, app, token, request.Of(app.ID, id, "bank-details", []byte(token), b.Clock.Now()))
}

func racingReaders(b *accounts) {
	for _, one := range []struct{ racers, trials int }{{2, 100}, {16, 100}, {64, 40}} {
		storetest.Lanes(storetest.Trials(one.trials, 100*one.trials), func(int) {
			token, errs := b.issue(), make([]error, one.racers)
			storetest.Together(one.racers, func(i int) { _, errs[i] = b.redeem(b.app, token, "") })
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
				} else {
					b.Refused(err, problem.CodeReplayed)
				}
			}
			if won != 1 {
				b.T.Errorf("%d of %d racers won", won, one.racers)
			}
		})
	}
}

func retriedReads(b *accounts) {
	storetest.Lanes(storetest.Trials(100, 10_000), func(trial int) {
		token, id := b.issue(), fmt.Sprint("first ", trial)
		for range 3 {
			if got, err := b.redeem(b.app, token, id); err != nil || got != b.user.Bank {
				b.T.Errorf("got %+v, %v; want %+v", got, err, b.user.Bank)
			}
		}
		_, err := b.redeem(b.app, b.issue(), id)
		b.Refused(err, problem.KeyReused)
		for _, other := range []string{"", id + " again"} {
			_, err := b.redeem(b.app, token, other)
			b.Refused(err, problem.CodeReplayed)
		}
	})
}

func foreignReads(b *accounts) {
	roti := b.app
	roti.ID = "roti"
	b.Write(func(tx Tx) error { return tx.MiniApps().Put(b.Ctx, roti) })
	code, err := b.login.Issue(b.launch, miniapp.Webview)
	b.Must(err)
	token := b.issue()
	for _, one := range []struct {
		app  miniapp.App
		text string
	}{{roti, token}, {b.app, code}, {b.app, token[1:] + "0"}, {b.app, ""}} {
		_, err := b.redeem(one.app, one.text, "")
		b.Refused(err, problem.CodeUnknown)
	}
	b.Pass(bank.Life)
	if _, err := b.redeem(b.app, token, ""); err != nil {
		b.T.Errorf("the owner, at the end of the token's life, after strangers: %v", err)
	}
	late := b.issue()
	b.Pass(bank.Life + time.Millisecond)
	_, err = b.redeem(b.app, late, "")
	b.Refused(err, problem.CodeExpired)
}

func withdrawn(b *accounts) {
	used, unused := b.issue(), b.issue()
	_, err := b.redeem(b.app, used, "first")
	b.Must(err)
	b.decide(consent.Revoked)
	for _, token := range []string{used, unused} { // neither one accepts even the retry of an answered request
		_, err := b.redeem(b.app, token, "first")
		b.Refused(err, problem.ConsentMissing)
	}
	b.decide(consent.Given)
	if got, err := b.redeem(b.app, unused, ""); err != nil || got.Number != b.user.Bank.Number {
		b.T.Errorf("a refused request has spent the token: %v", err)
	}
}
