package reward_test

import (
	"testing"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/reward"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/stage"
	"github.com/selasar/selasar/internal/wallet"
)

// desk is a stage with the mini app kopi, which gives rewards to sari.
type desk struct {
	*stage.Stage
	rewards *reward.Service
	to      login.Session
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	s := stage.New(t)
	return &desk{
		Stage: s, rewards: &reward.Service{DB: stage.View[reward.Tx](s), Clock: s.Clock, IDs: s.IDs},
		to: login.Session{App: s.App("kopi"), User: s.Person("sari", 0), LaunchID: "launch"},
	}
}

func (d *desk) request(id string) request.Request {
	return request.Of("kopi", id, "reward", []byte("body"), d.Clock.Now())
}

func (d *desk) give(g reward.Gift) (string, error) {
	return d.rewards.Give(d.Ctx, d.to, g, d.request(""))
}

// holds returns sari's rupiah, coins and gems.
func (d *desk) holds() [3]money.Rupiah {
	u := d.User("sari")
	return [3]money.Rupiah{u.Balance, u.Coins, u.Gems}
}

func TestGive_moves_what_the_mini_app_may_give(t *testing.T) {
	all := miniapp.Rewards{}
	gemsOnly := miniapp.Rewards{Types: []miniapp.RewardType{miniapp.Gems}, MaxGems: 10}
	d := newDesk(t)
	for _, one := range []struct {
		name    string
		rewards miniapp.Rewards
		kind    miniapp.RewardType
		amount  money.Rupiah
		code    string
		holds   [3]money.Rupiah
	}{
		{"e-money", all, miniapp.Emoney, 500, "none", [3]money.Rupiah{500, 0, 0}},
		{"coins", all, miniapp.Coins, 1, "none", [3]money.Rupiah{500, 1, 0}},
		{"gems", all, miniapp.Gems, 3, "none", [3]money.Rupiah{500, 1, 3}},
		{"nothing", all, miniapp.Emoney, 0, "param_value", [3]money.Rupiah{500, 1, 3}},
		{"less than nothing", all, miniapp.Emoney, -1, "param_value", [3]money.Rupiah{500, 1, 3}},
		{"too much", all, miniapp.Coins, money.Max + 1, "param_value", [3]money.Rupiah{500, 1, 3}},
		{"a type that is not permitted", gemsOnly, miniapp.Coins, 1, "reward_not_configured", [3]money.Rupiah{500, 1, 3}},
		{"the most gems", gemsOnly, miniapp.Gems, 10, "none", [3]money.Rupiah{500, 1, 13}},
		{"more gems", gemsOnly, miniapp.Gems, 11, "over_limit", [3]money.Rupiah{500, 1, 13}},
		{"e-money above the limit of gems", miniapp.Rewards{MaxGems: 10}, miniapp.Emoney, 11, "none", [3]money.Rupiah{511, 1, 13}},
		{"the largest amount", all, miniapp.Coins, money.Max, "none", [3]money.Rupiah{511, money.Max + 1, 13}},
	} {
		d.to.App.Rewards = one.rewards
		before := len(d.Entries(journal.Reward))
		paymentID, err := d.give(reward.Gift{Type: one.kind, Amount: one.amount})
		stage.Is(t, one.name, stage.Code(err), one.code)
		stage.Is(t, one.name, d.holds(), one.holds)
		stage.Is(t, one.name+" has a payment id", paymentID != "", err == nil)
		stage.Is(t, one.name+" is in the journal", len(d.Entries(journal.Reward)) > before, err == nil)
	}
}

func TestGive_books_one_movement(t *testing.T) {
	d := newDesk(t)
	paymentID, err := d.give(reward.Gift{Type: miniapp.Coins, Amount: 5, Description: "Thank you"})
	d.Must(err)
	var list []wallet.Entry
	d.Read(func(tx *stage.Tx) (err error) {
		list, err = tx.Wallets().List(d.Ctx, "sari", store.First(10))
		return err
	})
	if len(list) != 1 || list[0].ID == "" || paymentID[:2] != "01" {
		t.Fatalf("%q, %+v", paymentID, list)
	}
	list[0].ID = ""
	stage.Is(t, "the movement", list[0], wallet.Entry{
		UserID: "sari", Unit: wallet.Coins, Amount: 5, Balance: 5, Title: "Thank you", MiniAppID: "kopi", Payment: paymentID, Cause: wallet.CauseReward, At: d.Now(),
	})
	e := d.Entries(journal.Reward)[0]
	stage.Is(t, "the entry", e.MiniAppID+" "+e.UserID+" "+e.LaunchID, "kopi sari launch")
}

func TestGive_answers_a_retry_without_a_second_reward(t *testing.T) {
	d := newDesk(t)
	g := reward.Gift{Type: miniapp.Gems, Amount: 5}
	first, err := d.rewards.Give(d.Ctx, d.to, g, d.request("a"))
	d.Must(err)
	again, err := d.rewards.Give(d.Ctx, d.to, g, d.request("a"))
	d.Must(err)
	stage.Is(t, "the payment id", again, first)
	stage.Is(t, "what sari holds", d.holds(), [3]money.Rupiah{0, 0, 5})
	d.Whole(func() error { _, err := d.rewards.Give(d.Ctx, d.to, g, d.request("b")); return err })
}

func TestCollect_gives_gems(t *testing.T) {
	d := newDesk(t)
	paymentID, err := d.rewards.Collect(d.Ctx, d.to, reward.Gift{Type: miniapp.Coins, Amount: 4}, d.request("a"))
	stage.Is(t, "collecting", stage.Code(err), "none")
	stage.Is(t, "a payment id", paymentID != "", true)
	stage.Is(t, "what sari holds", d.holds(), [3]money.Rupiah{0, 0, 4})
	d.to.User = d.User("sari")
	gems, err := d.rewards.Gems(d.to)
	stage.Is(t, "the gems", []any{int(gems), err}, []any{4, nil})
	d.to.App.Rewards.Types = []miniapp.RewardType{miniapp.Coins}
	_, err = d.rewards.Collect(d.Ctx, d.to, reward.Gift{Amount: 4}, d.request("b"))
	stage.Is(t, "collecting where there are no gems", stage.Code(err), "gems_not_configured")
	gems, err = d.rewards.Gems(d.to)
	stage.Is(t, "the gems where there are none", []any{int(gems), stage.Code(err)}, []any{0, "gems_not_configured"})
}
