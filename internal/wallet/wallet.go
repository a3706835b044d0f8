// Package wallet adds rupiah, coins and gems to users' wallets and takes them out.
// Every movement is an entry. Invariant: the balance of a unit is the sum of the
// user's entries in that unit.
package wallet

import (
	"context"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
)

// Unit is the unit of a balance: rupiah, or a unit of rewards
// (reward-coins-emoney-v2, reward-gems-v2).
type Unit string

// The units.
const (
	Rupiah Unit = "IDR"
	Coins  Unit = "COINS"
	Gems   Unit = "GEMS"
)

// CausePaid is the cause of the entry that pays a payment. The cause of a refund
// is its refund number. CauseReward is the cause of a reward.
const (
	CausePaid   = "paid"
	CauseReward = "reward"
)

// Entry is one movement of a wallet. There is at most one entry per payment and
// cause.
type Entry struct {
	ID      string
	UserID  string
	Unit    Unit
	Amount  money.Rupiah // whole units; negative when taken out
	Balance money.Rupiah // the balance of the unit after the movement
	Title   string
	// MiniAppID is the mini app that caused the movement; empty for none.
	MiniAppID string
	Payment   string // the reference number of a payment, or the payment id of a reward
	Cause     string // CausePaid, a refund number, or CauseReward
	At        int64  // ms since the epoch
}

// Store stores entries. They are never changed.
type Store interface {
	Insert(ctx context.Context, e Entry) error
	// List returns a page of a user's entries, newest first.
	List(ctx context.Context, userID string, p store.Page) ([]Entry, error)
}

// Tx is the part of a transaction that Move uses.
type Tx interface {
	Users() user.Store
	Wallets() Store
}

// Move records e and changes the balance of its user. When the balance would fall
// below zero, it changes nothing and returns InsufficientFunds.
func Move(ctx context.Context, tx Tx, e Entry) error {
	err := tx.Users().Change(ctx, e.UserID, func(u *user.User) error {
		held := holding(u, e.Unit)
		if *held+e.Amount < 0 {
			return insufficient(e.Unit, *held, -(*held + e.Amount))
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

// Shortage is the facts of an InsufficientFunds problem.
type Shortage struct {
	Unit    Unit
	Held    money.Rupiah // whole units
	Missing money.Rupiah
}

func insufficient(unit Unit, held, missing money.Rupiah) error {
	p := problem.New(problem.InsufficientFunds, "the wallet holds %d %s, %d short", int64(held), unit, int64(missing))
	if unit == Rupiah {
		p = problem.New(problem.InsufficientFunds, "the wallet holds %s, %s short; top it up or pay with another user", held, missing)
	}
	p.Facts = Shortage{unit, held, missing}
	return p
}

// ShortageOf returns the facts of an InsufficientFunds problem; the zero
// Shortage for another error.
func ShortageOf(err error) Shortage {
	facts, _ := problem.Of(err).Facts.(Shortage)
	return facts
}
