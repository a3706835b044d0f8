// Package user is the people who use the super app: what they are called, how
// they are reached, their wallet's balance and their bank account.
package user

import (
	"context"
	"strings"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
)

// User is a person with an account in the super app.
type User struct {
	ID        string
	Name      string
	Username  string
	Phone     string // +62...
	Email     string
	AccountID string // gopay_account_id: known to every mini app, proof of nothing
	Balance   money.Rupiah
	Coins     money.Rupiah // GoPay Coins, whole ones
	Gems      money.Rupiah // GoPay Gems, whole ones
	Bank      BankAccount
	CreatedAt int64 // ms since the epoch
}

// BankAccount is the bank account that a user has linked. The number is kept
// encrypted and leaves the platform only through bank-details.
type BankAccount struct {
	Code   string // bank_code, such as "jago"
	Name   string
	Number string
}

// Linked says whether there is an account.
func (b BankAccount) Linked() bool { return b.Number != "" }

// Masked shows the last four digits of the number only.
func (b BankAccount) Masked() string {
	if len(b.Number) <= 4 {
		return strings.Repeat("•", len(b.Number))
	}
	return "••••" + b.Number[len(b.Number)-4:]
}

// Store keeps users.
type Store interface {
	Insert(ctx context.Context, u User) error
	// Get gives a user, or a problem UserUnknown.
	Get(ctx context.Context, id string) (User, error)
	List(ctx context.Context) ([]User, error)
	// Change loads a user, lets fn alter it, and saves it.
	Change(ctx context.Context, id string, fn func(*User) error) error
}

// Unknown is the problem of a user who is not there.
func Unknown(id string) error {
	return problem.New(problem.UserUnknown, "there is no user %q", id)
}
