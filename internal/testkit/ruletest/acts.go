package ruletest

import (
	"fmt"
	"strconv"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/store"
)

// act is an action that must be atomic.
type act struct {
	name    string
	prepare func(w *world, k int) given
	do      func(w *world, g given) error
	whole   func(w *world, g given) bool // checks that it is atomic, and reports whether it happened
	again   func(w *world, g given)      // repeats it, like a caller without a response
}

var acts = []act{
	{"redeeming a code", prepareCode, redeemCode, codeWhole, redeemAgain},
	{"replaying a code", prepareReplay, replayCode, replayWhole, replayAgain},
	{"redeeming a bank token", prepareBankToken, redeemBankToken, bankTokenWhole, bankTokenAgain},
	{"paying", preparePayment, pay, paymentWhole, payAgain},
	{"settling a charge", prepareCharge, settleCharge, chargeWhole, settleAgain},
	{"ordering", prepareOrder, order, orderWhole, orderAgain},
	{"cancelling", preparePayment, cancel, cancelWhole, cancelAgain},
	{"refunding", prepareRefund, refund, refundWhole, refundAgain},
	{"rewarding", prepareGift, give, giftWhole, giveAgain},
	{"reminding", prepareGift, remind, reminderWhole, remindAgain},
	{"ending a launch", preparePayment, endLaunch, endWhole, endAgain},
	{"answering a consent sheet", prepareConsent, answerConsent, consentWhole, consentAgain},
}

// stage creates a new mini app, user and launch.
func stage(w *world, k int) (miniapp.App, given) {
	app := w.App("kopi", "bank_account", "wifi")
	u := w.person(fmt.Sprint("user ", k), 100_000)
	return app, given{Launch: w.Launched(app, u), User: u.ID, Request: "request " + strconv.Itoa(k)}
}

// both checks that two related rows both exist, or neither.
func (w *world) both(what string, one, other bool) bool {
	w.T.Helper()
	if one != other {
		w.T.Errorf("%s: %v and %v", what, one, other)
	}
	return one && other
}

func (w *world) kopi() (app miniapp.App) {
	w.Read(func(tx Tx) (err error) { app, err = tx.MiniApps().Get(w.Ctx, "kopi"); return err })
	return app
}

func (w *world) requestOf(g given, operation string) request.Request {
	return request.Of("kopi", g.Request, operation, []byte(g.Code), w.Clock.Now())
}

func prepareCode(w *world, k int) given {
	_, g := stage(w, k)
	code, err := w.login.Issue(g.Launch, miniapp.Webview)
	w.Must(err)
	g.Code = code
	return g
}

func redeemCode(w *world, g given) error {
	_, err := w.login.Redeem(w.Ctx, w.kopi(), g.Code, w.requestOf(g, "token"))
	return err
}

func codeWhole(w *world, g given) (done bool) {
	code, _ := w.Key.Unseal("auth code", g.Code)
	w.Read(func(tx Tx) error {
		_, token, err := tx.Tokens().Get(w.Ctx, w.Key.Token(code).ID.String())
		w.Must(err)
		_, kept, err := tx.Requests().Get(w.Ctx, w.requestOf(g, ""), 0)
		done = w.both("the token and the request that made it", token, kept)
		return err
	})
	if _, err := w.login.Authenticate(w.Ctx, w.Key.Token(code).Text); done != (err == nil) {
		w.T.Errorf("the token is there: %v, but opening a session gives %v", done, err)
	}
	return done
}

func redeemAgain(w *world, g given) {
	granted, err := w.login.Redeem(w.Ctx, w.kopi(), g.Code, w.requestOf(g, "token"))
	w.Must(err)
	if _, err := w.login.Authenticate(w.Ctx, granted.Token); err != nil {
		w.T.Errorf("the token of a retry after a crash: %v", err)
	}
}

func prepareReplay(w *world, k int) given {
	g := prepareCode(w, k)
	w.Must(redeemCode(w, g))
	return g
}

func replayCode(w *world, g given) error {
	_, err := w.login.Redeem(w.Ctx, w.kopi(), g.Code, request.Of("kopi", "", "token", nil, w.Clock.Now()))
	w.Refused(err, problem.CodeReplayed)
	return nil
}

func replayWhole(w *world, g given) bool {
	code, _ := w.Key.Unseal("auth code", g.Code)
	_, err := w.login.Authenticate(w.Ctx, w.Key.Token(code).Text)
	return w.both("the revocation and its warning", err != nil, w.inJournal(g.Launch, journal.Warning))
}

func replayAgain(w *world, g given) {
	w.Must(replayCode(w, g))
	if !replayWhole(w, g) {
		w.T.Error("a replay after a crash does not revoke")
	}
}

// inJournal reports whether an entry of a launch and kind was stored.
func (w *world) inJournal(launchID string, kind journal.Kind) bool {
	saved, err := w.DB.Keeper.LoadJournal(w.Ctx, store.First(1<<20))
	w.Must(err)
	for _, e := range saved {
		if e.LaunchID == launchID && e.Kind == kind {
			return true
		}
	}
	return false
}

func prepareBankToken(w *world, k int) given {
	_, g := stage(w, k)
	w.Must(w.people.Decide(w.Ctx, g.User, "kopi", "bank_account", consent.StateGiven))
	token, err := w.bank.Issue(g.Launch)
	w.Must(err)
	g.Code = token
	return g
}

func redeemBankToken(w *world, g given) error {
	_, err := w.bank.Redeem(w.Ctx, w.kopi(), g.Code, w.requestOf(g, "bank-details"))
	return err
}

func bankTokenWhole(w *world, g given) (done bool) {
	w.Read(func(tx Tx) (err error) { _, done, err = tx.Requests().Get(w.Ctx, w.requestOf(g, ""), 0); return err })
	_, err := w.bank.Redeem(w.Ctx, w.kopi(), g.Code, request.Of("kopi", "", "bank-details", nil, w.Clock.Now()))
	if spent := problem.Is(err, problem.CodeReplayed); w.both("the spent token and the request that spent it", spent, done) != done || (!spent && err != nil) {
		w.T.Errorf("the token after a crash: %v", err)
	}
	return done
}

func bankTokenAgain(w *world, g given) {
	if _, err := w.bank.Redeem(w.Ctx, w.kopi(), g.Code, w.requestOf(g, "bank-details")); err != nil && !problem.Is(err, problem.CodeReplayed) {
		w.T.Errorf("a retry after a crash: %v", err)
	}
}
