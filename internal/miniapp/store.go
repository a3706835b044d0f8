package miniapp

import (
	"context"

	"github.com/selasar/selasar/internal/problem"
)

// Store keeps the registered mini apps.
type Store interface {
	// Put registers a mini app, or replaces its registration.
	Put(ctx context.Context, a App) error
	// Get gives a mini app, or a problem MiniAppUnknown.
	Get(ctx context.Context, id string) (App, error)
	List(ctx context.Context) ([]App, error)
}

// Unknown is the problem of a mini app that is not registered.
func Unknown(id string) error {
	return problem.New(problem.MiniAppUnknown, "mini app %q is not registered on this platform", id)
}

// Runs gives the problem of a mini app that its operator has suspended.
func (a App) Runs() error {
	if a.Status == Suspended {
		return problem.New(problem.MiniAppSuspended, "mini app %q is suspended by its operator", a.ID)
	}
	return nil
}
