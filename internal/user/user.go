// Package user describes the users of the super app: name, contact data, the
// balances of the wallet, and the bank account.
package user

import (
	"context"
	"strings"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// User is an account of the super app.
type User struct {
	ID        string
	Name      string
	Username  string
	Phone     string // +62...
	Email     string
	AccountID string // gopay_account_id: every mini app knows it, so it authenticates nobody
	Balance   money.Rupiah
	Coins     money.Rupiah // whole GoPay Coins
	Gems      money.Rupiah // whole GoPay Gems
	Bank      BankAccount
	CreatedAt int64 // ms since the epoch
}

// BankAccount is the bank account that a user has linked. The number is stored
// encrypted, and only bank-details returns it.
type BankAccount struct {
	Code   string // bank_code, such as "jago"
	Name   string
	Number string
}

// Linked reports whether there is an account.
func (b BankAccount) Linked() bool { return b.Number != "" }

// Masked returns the number with all but the last four digits masked.
func (b BankAccount) Masked() string {
	if len(b.Number) <= 4 {
		return strings.Repeat("•", len(b.Number))
	}
	return "••••" + b.Number[len(b.Number)-4:]
}

// Store stores users.
type Store interface {
	Insert(ctx context.Context, u User) error
	// Get returns a user, or a problem UserUnknown.
	Get(ctx context.Context, id string) (User, error)
	// List returns a page of the users, oldest first.
	List(ctx context.Context, p store.Page) ([]User, error)
	// Change loads a user, calls fn to change it, and saves it.
	Change(ctx context.Context, id string, fn func(*User) error) error
}

// Unknown returns the problem for a user that does not exist.
func Unknown(id string) error {
	return problem.New(problem.UserUnknown, "there is no user %q", id)
}
