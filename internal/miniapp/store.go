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

// Permits gives the problem of a consent that the mini app may not ask for.
func (a App) Permits(name string) error {
	if _, ok := a.Consent(name); !ok {
		return problem.New(problem.NotPermitted, "mini app %q has no %q consent; add it to consents in its manifest", a.ID, name)
	}
	return nil
}
