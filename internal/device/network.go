package device

import "context"

// Network is the connection that calls cross.
type Network interface {
	// Cross waits as long as a call needs, and reports whether the call is lost on its
	// way. The error is ctx's.
	Cross(ctx context.Context) (lost bool, err error)
}

type lostKey struct{}

// Lose returns the context of a call that is lost on its way.
func Lose(ctx context.Context) context.Context { return context.WithValue(ctx, lostKey{}, true) }

// Lost reports whether the call of a context is lost on its way.
func Lost(ctx context.Context) bool { return ctx.Value(lostKey{}) != nil }
