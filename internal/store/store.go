// Package store defines how rules read and write stored data without knowing the
// database.
package store

import "context"

// Database runs functions in transactions. T is the set of stores that a
// transaction offers; each rule package declares the small T that it needs.
type Database[T any] interface {
	// Write runs fn in one transaction. When Write returns nil, all changes of
	// fn are durable; otherwise none is kept. fn may run more than once, so its
	// only effect outside the transaction is to assign variables.
	Write(ctx context.Context, fn func(tx T) error) error

	// Read runs fn without changes. Each call of a store inside fn sees
	// everything that was committed before that call began.
	Read(ctx context.Context, fn func(tx T) error) error
}
