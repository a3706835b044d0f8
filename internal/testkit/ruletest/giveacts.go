package ruletest

import (
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/user"
)

func prepareGift(w *world, k int) given {
	_, g := stage(w, k)
	return g
}

// speaks returns the session of the prepared user.
func (w *world) speaks(g given) login.Session {
	return login.Session{App: w.kopi(), User: w.again(user.User{ID: g.User}), LaunchID: g.Launch}
}

// asked reports whether the request of an act was stored.
func (w *world) asked(g given) (kept bool) {
	w.Read(func(tx Tx) (err error) { _, kept, err = tx.Requests().Get(w.Ctx, w.requestOf(g, ""), 0); return err })
	return kept
}

func give(w *world, g given) error {
	_, err := w.rewards.Give(w.Ctx, w.speaks(g), gems(30), w.requestOf(g, "rewards"))
	return err
}

func giftWhole(w *world, g given) bool {
	rewarded := w.speaks(g).User.Gems == 30
	w.both("the gems and their movement", rewarded, w.balanceOfGems(g) == 30)
	w.both("the gems and the journal", rewarded, w.inJournal(g.Launch, journal.Reward))
	return w.both("the gems and the request for them", rewarded, w.asked(g))
}

func (w *world) balanceOfGems(g given) (sum money.Rupiah) {
	for _, e := range w.movements(user.User{ID: g.User}) {
		if e.Unit == "GEMS" {
			sum += e.Amount
		}
	}
	return sum
}

func giveAgain(w *world, g given) {
	w.Must(give(w, g))
	if !giftWhole(w, g) {
		w.T.Error("a reward that is asked for again after a crash is not there once")
	}
}

func remind(w *world, g given) error {
	_, err := w.messages.Remind(w.Ctx, w.speaks(g), message.Text{Template: "BILL", ReminderID: "bill"}, w.requestOf(g, "reminder"))
	return err
}

func reminderWhole(w *world, g given) bool {
	err := w.DB.Read(w.Ctx, func(tx Tx) error { _, err := tx.Messages().Reminder(w.Ctx, "kopi", g.User, "bill"); return err })
	if err != nil {
		w.Refused(err, problem.MessageUnknown)
	}
	w.both("the reminder and the journal", err == nil, w.inJournal(g.Launch, journal.Message))
	return w.both("the reminder and the request for it", err == nil, w.asked(g))
}

func remindAgain(w *world, g given) {
	w.Must(remind(w, g))
	if !reminderWhole(w, g) {
		w.T.Error("a reminder that is asked for again after a crash is not there")
	}
}
