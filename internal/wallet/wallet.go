// Package wallet moves rupiah, coins and gems in and out of users' wallets.
// Every movement is an entry; what a user holds of a unit is the sum of the
// user's entries in it, always.
package wallet

import (
	"context"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/user"
)

// Unit is what a wallet holds: rupiah, or one of the rewards
// (reward-coins-emoney-v2, reward-gems-v2).
type Unit string

// The units.
const (
	Rupiah Unit = "IDR"
	Coins  Unit = "COINS"
	Gems   Unit = "GEMS"
)

// CausePaid is the cause of the movement that pays a payment; a refund's is
// its number. CauseReward is that of a reward, whose payment is its own
// payment id.
const (
	CausePaid   = "paid"
	CauseReward = "reward"
)

// Entry is one movement of a wallet. A payment moves it once for each cause.
type Entry struct {
	ID      string
	UserID  string
	Unit    Unit
	Amount  money.Rupiah // whole units; negative when they leave the wallet
	Balance money.Rupiah // of the unit, after the movement
	Title   string
	// MiniAppID is whose doing it was; empty when it was nobody's.
	MiniAppID string
	Payment   string // reference number, when a payment caused it; of a reward, its payment id
	Cause     string // what of the payment: CausePaid, a refund's number, or CauseReward
	At        int64  // ms since the epoch
}

// Store keeps movements; they are only ever added.
type Store interface {
	Insert(ctx context.Context, e Entry) error
	List(ctx context.Context, userID string, limit int) ([]Entry, error)
}

// Tx is what a movement touches.
type Tx interface {
	Users() user.Store
	Wallets() Store
}

// Move books e for its user. It refuses with InsufficientFunds, and books
// nothing, when the balance would fall below zero.
func Move(ctx context.Context, tx Tx, e Entry) error {
	err := tx.Users().Change(ctx, e.UserID, func(u *user.User) error {
		held := holding(u, e.Unit)
		if *held+e.Amount < 0 {
			return short(e.Unit, *held, -(*held + e.Amount))
		}
		*held += e.Amount
		e.Balance = *held
		return nil
	})
	if err != nil {
		return err
	}
	return tx.Wallets().Insert(ctx, e)
}

func holding(u *user.User, unit Unit) *money.Rupiah {
	switch unit {
	case Coins:
		return &u.Coins
	case Gems:
		return &u.Gems
	default:
		return &u.Balance
	}
}

func short(unit Unit, held, missing money.Rupiah) error {
	if unit == Rupiah {
		return problem.New(problem.InsufficientFunds, "the wallet holds %s, %s short; top it up or pay with another user", held, missing)
	}
	return problem.New(problem.InsufficientFunds, "the wallet holds %d %s, %d short", int64(held), unit, int64(missing))
}
