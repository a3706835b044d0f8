package ruletest

import (
	"fmt"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/testkit/storetest"
	"github.com/selasar/selasar/internal/user"
)

// authCodes checks the redemption of codes: once, by the code's mini app, before it
// expires. A replay revokes the token of the first redemption.
func authCodes(t *testing.T, open Open) {
	for _, one := range []struct {
		name string
		run  func(c *codes)
	}{
		{"one of many racers wins", racingRedeemers},
		{"racing retries of one request get one answer", racingRetries},
		{"a retry gets the same answer, a replay revokes the token", replays},
		{"what is not the owner's neither redeems nor harms the code", strangers},
		{"what callers saw at once, one could have seen", histories},
		{"a code lives its time", lives},
		{"a code lives as long as the platform says", setLife},
		{"a clock that steps does not lengthen a life", steps},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, open)
			app, u := w.App("kopi"), w.person("Sari", 0)
			one.run(&codes{world: w, app: app, user: u, launch: w.Launched(app, u)})
		})
	}
}

// codes is a world with a mini app that logs its user in.
type codes struct {
	*world
	app    miniapp.App
	user   user.User
	launch string
}

func (c *codes) issue() string { c.T.Helper(); return c.issueFor(miniapp.Webview) }

// issueFor issues a code from a dialect of a generation.
func (c *codes) issueFor(of miniapp.Generation) string {
	c.T.Helper()
	code, err := c.login.Issue(c.launch, of)
	c.Must(err)
	return code
}

// redeem sends a code like the app's backend; an empty id means no Request-Id.
func (c *codes) redeem(app miniapp.App, code, id string) (login.Granted, error) {
	body := fmt.Appendf(nil, `{"auth_code":%q}`, code)
	return c.login.Redeem(c.Ctx, app, code, request.Of(app.ID, id, "token", body, c.Clock.Now()))
}

// alive reports whether a token still opens a session.
func (c *codes) alive(token string) bool {
	c.T.Helper()
	session, err := c.login.Authenticate(c.Ctx, token)
	if err != nil {
		c.Refused(err, problem.TokenInvalid)
		return false
	}
	if session.User.ID != c.user.ID || session.App.ID != c.app.ID {
		c.T.Errorf("the token is %s's in %s", session.User.Name, session.App.ID)
	}
	return true
}

// racingRedeemers redeem one code concurrently. Exactly one succeeds, and the only
// other result is that the code is spent.
func racingRedeemers(c *codes) {
	for _, one := range []struct{ racers, trials int }{{2, storetest.Bar(1000, 50_000)}, {16, storetest.Bar(1000, 40_000)}, {64, storetest.Bar(1000, 10_000)}} {
		storetest.Lanes(one.trials, func(int) {
			code, answers, errs := c.issue(), make([]login.Granted, one.racers), make([]error, one.racers)
			storetest.Together(one.racers, func(i int) { answers[i], errs[i] = c.redeem(c.app, code, "") })
			won := 0
			var token string
			for i, err := range errs {
				if err == nil {
					won, token = won+1, answers[i].Token
				} else if c.Refused(err, problem.CodeReplayed); answers[i].Token != "" {
					c.T.Errorf("a loser got the token with %v", err)
				}
			}
			if won != 1 {
				c.T.Errorf("%d of %d racers won", won, one.racers)
			}
			if c.alive(token) {
				c.T.Error("the code was replayed by the losers, yet its token lives")
			}
		})
	}
}

func racingRetries(c *codes) {
	storetest.Lanes(storetest.Trials(200, 20_000), func(trial int) {
		code, answers, errs := c.issue(), make([]login.Granted, 8), make([]error, 8)
		storetest.Together(8, func(i int) { answers[i], errs[i] = c.redeem(c.app, code, fmt.Sprint("request ", trial)) })
		for i := range answers {
			if errs[i] != nil || answers[i] != answers[0] || answers[i].AccountID != c.user.AccountID {
				c.T.Errorf("retry %d: %+v, %v; retry 0: %+v", i, answers[i], errs[i], answers[0])
			}
		}
		if !c.alive(answers[0].Token) {
			c.T.Error("retries revoked the token")
		}
	})
}

func replays(c *codes) {
	storetest.Lanes(storetest.Bar(1000, 100_000), func(trial int) {
		code, id := c.issue(), fmt.Sprint("first ", trial)
		first := c.redeemed(code, id)
		_, err := c.redeem(c.app, c.issue(), id) // this Request-Id with another body
		c.Refused(err, problem.KeyReused)
		if !c.alive(first.Token) {
			c.T.Error("a reused Request-Id revoked a token")
		}
		c.replayed(code, id, []string{"", fmt.Sprint("second ", trial)}[trial%2], first)
	})
	for range 20 { // a retry and a replay keep their results after the code has expired
		code := c.issue()
		first := c.redeemed(code, "late "+code)
		c.Pass(10 * time.Minute)
		if again, err := c.redeem(c.app, code, "late "+code); err != nil || again != first {
			c.T.Errorf("a late retry got %+v, %v", again, err)
		}
		c.replayed(code, "late "+code, "", first)
	}
}

// redeemed redeems a code and retries it.
func (c *codes) redeemed(code, id string) login.Granted {
	c.T.Helper()
	first, err := c.redeem(c.app, code, id)
	if err != nil {
		c.T.Error(err)
	}
	if again, err := c.redeem(c.app, code, id); err != nil || again != first || !c.alive(first.Token) {
		c.T.Errorf("a retry got %+v, %v after %+v", again, err, first)
	}
	return first
}

// replayed sends a redeemed code under another id, then the first request again.
func (c *codes) replayed(code, firstID, otherID string, first login.Granted) {
	c.T.Helper()
	_, err := c.redeem(c.app, code, otherID)
	c.Refused(err, problem.CodeReplayed)
	if c.alive(first.Token) {
		c.T.Error("the token lives though its code was replayed")
	}
	_, err = c.redeem(c.app, code, firstID)
	c.Refused(err, problem.CodeReplayed) // a retry does not bring it back
}
