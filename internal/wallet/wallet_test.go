package wallet_test

import (
	"testing"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/stage"
	"github.com/selasar/selasar/internal/wallet"
)

func move(s *stage.Stage, unit wallet.Unit, amount money.Rupiah) error {
	e := wallet.Entry{ID: s.IDs.New(), UserID: "sari", Unit: unit, Amount: amount, Title: "Es kopi", MiniAppID: "kopi", Payment: "A1", Cause: s.IDs.New(), At: s.Now()}
	return s.Try(func(tx *stage.Tx) error { return wallet.Move(s.Ctx, tx, e) })
}

// Each line moves one unit of sari's wallet, in turn.
func TestMove_never_goes_below_zero(t *testing.T) {
	s := stage.New(t)
	s.App("kopi")
	s.Person("sari", 100)
	for _, one := range []struct {
		name   string
		unit   wallet.Unit
		amount money.Rupiah
		code   string
		holds  [3]money.Rupiah // rupiah, coins, gems
	}{
		{"rupiah come in", wallet.Rupiah, 50, "none", [3]money.Rupiah{150, 0, 0}},
		{"more than all goes out", wallet.Rupiah, -151, "insufficient_funds", [3]money.Rupiah{150, 0, 0}},
		{"all goes out", wallet.Rupiah, -150, "none", [3]money.Rupiah{0, 0, 0}},
		{"one more", wallet.Rupiah, -1, "insufficient_funds", [3]money.Rupiah{0, 0, 0}},
		{"coins come in", wallet.Coins, 7, "none", [3]money.Rupiah{0, 7, 0}},
		{"gems come in", wallet.Gems, 9, "none", [3]money.Rupiah{0, 7, 9}},
		{"coins do not pay for rupiah", wallet.Rupiah, -1, "insufficient_funds", [3]money.Rupiah{0, 7, 9}},
		{"too many coins go out", wallet.Coins, -8, "insufficient_funds", [3]money.Rupiah{0, 7, 9}},
		{"gems go out", wallet.Gems, -9, "none", [3]money.Rupiah{0, 7, 0}},
	} {
		before := s.Contents()
		stage.Is(t, one.name, stage.Code(move(s, one.unit, one.amount)), one.code)
		u := s.User("sari")
		stage.Is(t, one.name, [3]money.Rupiah{u.Balance, u.Coins, u.Gems}, one.holds)
		if one.code != "none" {
			stage.Is(t, one.name+" keeps nothing", s.Contents(), before)
		}
	}
}

func TestMove_books_the_balance_after_it(t *testing.T) {
	s := stage.New(t)
	s.Person("sari", 100)
	s.Must(move(s, wallet.Rupiah, -30))
	s.Must(move(s, wallet.Rupiah, 5))
	var list []wallet.Entry
	s.Read(func(tx *stage.Tx) (err error) {
		list, err = tx.Wallets().List(s.Ctx, "sari", store.First(10))
		return err
	})
	stage.Is(t, "the balances", []money.Rupiah{list[1].Balance, list[0].Balance}, []money.Rupiah{70, 75})
	e := list[0]
	e.ID, e.Cause = "", ""
	stage.Is(t, "the movement", e, wallet.Entry{UserID: "sari", Unit: wallet.Rupiah, Amount: 5, Balance: 75, Title: "Es kopi", MiniAppID: "kopi", Payment: "A1", At: s.Now()})
}

func TestMove_is_whole(t *testing.T) {
	s := stage.New(t)
	s.Person("sari", 100)
	s.Whole(func() error { return move(s, wallet.Rupiah, -1) })
}

func TestMove_says_how_much_is_missing(t *testing.T) {
	s := stage.New(t)
	s.Person("sari", 100)
	for unit, want := range map[wallet.Unit]wallet.Shortage{
		wallet.Rupiah: {Unit: wallet.Rupiah, Held: 100, Missing: 5}, wallet.Coins: {Unit: wallet.Coins, Missing: 105},
	} {
		err := move(s, unit, -105)
		s.Refused(err, problem.InsufficientFunds)
		stage.Is(t, "the shortage of "+string(unit), wallet.ShortageOf(err), want)
	}
	stage.Is(t, "the shortage of another problem", wallet.ShortageOf(problem.New(problem.NotFound, "")), wallet.Shortage{})
}
