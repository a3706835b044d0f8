// Package store says how rules reach what is kept, without knowing where.
package store

import "context"

// Database runs functions against the nouns that T names. The rules of each
// package declare their own T, as small as they need.
type Database[T any] interface {
	// Write runs fn in one transaction: all of what it changed is kept, and
	// is durable when Write returns nil, or none of it is. fn may run more
	// than once, so it has no effect outside its transaction but on variables
	// that it sets anew each time.
	Write(ctx context.Context, fn func(tx T) error) error

	// Read runs fn against what is kept. Each call inside sees all that was
	// committed before it began.
	Read(ctx context.Context, fn func(tx T) error) error
}
