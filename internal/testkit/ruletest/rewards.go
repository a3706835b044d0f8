package ruletest

import (
	"fmt"
	"testing"

	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/reward"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/storetest"
	"github.com/selasar/selasar/internal/user"
	"github.com/selasar/selasar/internal/wallet"
)

// rewards lets retries race: the action of a Request-Id happens once, in one
// transaction with the request, and each retry gets the same answer.
func rewards(t *testing.T, open Open) {
	for _, one := range []struct {
		name string
		run  func(w *world)
	}{
		{"retries that race make one reward", racingRewards},
		{"of two bodies under one id that race, one is refused", racingBodies},
		{"a refused reward leaves its id free", refusedReward},
		{"rewards that race each move the wallet", rewardsTogether},
		{"reminders of one name that race leave one", racingReminders},
		{"pushes that race under one id show one", racingPushes},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			one.run(newWorld(t, open))
		})
	}
}

const racers = 16

// session returns the session of a user's auth token.
func (w *world) session(app miniapp.App, u user.User) login.Session {
	return login.Session{App: app, User: u, LaunchID: w.Launched(app, u)}
}

func (w *world) requested(id, body string) request.Request {
	return request.Of("kopi", id, "rewards", []byte(body), w.Clock.Now())
}

func gems(n money.Rupiah) reward.Gift {
	return reward.Gift{Type: miniapp.Gems, Amount: n, Description: "Daily gems"}
}

// again reads a user from the database again.
func (w *world) again(u user.User) (now user.User) {
	w.T.Helper()
	w.Read(func(tx Tx) (err error) { now, err = tx.Users().Get(w.Ctx, u.ID); return err })
	return now
}

func (w *world) movements(u user.User) (list []wallet.Entry) {
	w.T.Helper()
	w.Read(func(tx Tx) (err error) { list, err = tx.Wallets().List(w.Ctx, u.ID, store.First(1000)); return err })
	return list
}

func racingRewards(w *world) {
	s := w.session(w.App("kopi"), w.person("Sari", 0))
	for trial := range storetest.Trials(20, 500) {
		before, had := w.again(s.User).Gems, len(w.movements(s.User))
		req := w.requested(fmt.Sprint("id ", trial), "body")
		var ids [racers]string
		storetest.Together(racers, func(i int) {
			var err error
			if ids[i], err = w.rewards.Give(w.Ctx, s, gems(7), req); err != nil {
				w.T.Errorf("racer %d: %v", i, err)
			}
		})
		for _, id := range ids {
			if id == "" || id != ids[0] {
				w.T.Fatalf("the racers got %v", ids)
			}
		}
		if now, has := w.again(s.User).Gems, len(w.movements(s.User)); now != before+7 || has != had+1 {
			w.T.Fatalf("%d gems became %d, %d movements %d", before, now, had, has)
		}
	}
}

func racingBodies(w *world) {
	s := w.session(w.App("kopi"), w.person("Sari", 0))
	for trial := range storetest.Trials(20, 500) {
		before := w.again(s.User).Coins
		var errs [2]error
		storetest.Together(2, func(i int) {
			g := reward.Gift{Type: miniapp.Coins, Amount: money.Rupiah(1 + i), Description: "Points"}
			_, errs[i] = w.rewards.Give(w.Ctx, s, g, w.requested(fmt.Sprint("id ", trial), fmt.Sprint("body ", i)))
		})
		won := 0
		if errs[0] != nil {
			won = 1
		}
		w.Must(errs[won])
		w.Refused(errs[1-won], problem.KeyReused)
		w.Same("coins after one of two", w.again(s.User).Coins, before+money.Rupiah(1+won))
	}
}

func refusedReward(w *world) {
	app := w.App("kopi")
	app.Rewards = miniapp.Rewards{Types: []miniapp.RewardType{miniapp.Gems}, MaxGems: 10}
	s := w.session(app, w.person("Sari", 500))
	give := func(g reward.Gift) error {
		_, err := w.rewards.Give(w.Ctx, s, g, w.requested("id", "body"))
		return err
	}
	w.Refused(give(reward.Gift{Type: miniapp.Emoney, Amount: 5}), problem.RewardUnknown)
	w.Refused(give(gems(11)), problem.OverLimit)
	w.Refused(give(gems(0)), problem.ParamValue)
	w.Refused(give(gems(-3)), problem.ParamValue)
	w.Same("movements after refusals, but for the balance that was set", len(w.movements(s.User)), 1)
	w.Must(give(gems(10)))
	now := w.again(s.User)
	w.Same("rupiah, coins and gems", []money.Rupiah{now.Balance, now.Coins, now.Gems}, []money.Rupiah{500, 0, 10})
}

func rewardsTogether(w *world) {
	s := w.session(w.App("kopi"), w.person("Sari", 100))
	types := []miniapp.RewardType{miniapp.Emoney, miniapp.Coins, miniapp.Gems}
	storetest.Together(3*racers, func(i int) {
		g := reward.Gift{Type: types[i%3], Amount: money.Rupiah(1 + i%3), Description: "Points"}
		if _, err := w.rewards.Give(w.Ctx, s, g, w.requested(fmt.Sprint("id ", i), "body")); err != nil {
			w.T.Errorf("reward %d: %v", i, err)
		}
	})
	now := w.again(s.User)
	w.Same("rupiah, coins and gems", []money.Rupiah{now.Balance, now.Coins, now.Gems}, []money.Rupiah{100 + racers, 2 * racers, 3 * racers})
	sums, seen := map[wallet.Unit]money.Rupiah{}, map[string]bool{}
	for _, e := range w.movements(s.User) {
		sums[e.Unit] += e.Amount
		if e.Cause == wallet.CauseReward && (e.MiniAppID != "kopi" || e.Payment == "" || seen[e.Payment]) {
			w.T.Errorf("a movement %+v", e)
		}
		seen[e.Payment] = true
	}
	w.Same("the sums of the movements", sums, map[wallet.Unit]money.Rupiah{wallet.Rupiah: now.Balance, wallet.Coins: now.Coins, wallet.Gems: now.Gems})
}

func racingReminders(w *world) {
	s := w.session(w.App("kopi"), w.person("Sari", 0))
	storetest.Together(racers, func(i int) {
		text := message.Text{Template: "T", ReminderID: "bill"}
		if _, err := w.messages.Remind(w.Ctx, s, text, w.requested(fmt.Sprint("id ", i), "body")); err != nil {
			w.T.Errorf("reminder %d: %v", i, err)
		}
	})
	list, err := w.messages.Shown(w.Ctx, s.User.ID, store.First(100))
	w.Must(err)
	w.Same("the reminders that are left", len(list), 1)
}

func racingPushes(w *world) {
	s := w.session(w.App("kopi"), w.person("Sari", 0))
	storetest.Together(racers, func(i int) {
		if err := w.messages.Push(w.Ctx, s, message.Text{Template: "T"}, w.requested("id", "body")); err != nil {
			w.T.Errorf("push %d: %v", i, err)
		}
	})
	list, err := w.messages.Shown(w.Ctx, s.User.ID, store.First(100))
	w.Must(err)
	w.Same("the pushes that are shown", len(list), 1)
}
