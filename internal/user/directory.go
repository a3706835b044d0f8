package user

import "context"

// Directory reads users where the operator keeps them. Both methods return the problems
// UserUnknown and Unavailable. They call another server, so no transaction may wait for
// them.
type Directory interface {
	// Profile returns the name, username, phone and email of a user.
	Profile(ctx context.Context, id string) (User, error)
	// BankAccount returns the linked account; the zero BankAccount if there is none.
	BankAccount(ctx context.Context, id string) (BankAccount, error)
}
