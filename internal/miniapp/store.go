package miniapp

import (
	"context"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// Store stores the registered mini apps.
type Store interface {
	// Put registers a mini app, or replaces its registration.
	Put(ctx context.Context, a App) error
	// Get returns a mini app, or a problem MiniAppUnknown.
	Get(ctx context.Context, id string) (App, error)
	List(ctx context.Context) ([]App, error)
}

// Unknown returns the problem for a mini app that is not registered.
func Unknown(id string) error {
	return problem.New(problem.MiniAppUnknown, "mini app %q is not registered on this platform", id)
}

// Runs returns nil, or a problem when the operator has suspended the mini app.
func (a App) Runs() error {
	if a.Status == Suspended {
		return problem.New(problem.MiniAppSuspended, "mini app %q is suspended by its operator", a.ID)
	}
	return nil
}

// Tx is what [Running] reads.
type Tx interface{ MiniApps() Store }

// Running returns a mini app that its operator has not suspended. Its problems:
// MiniAppUnknown, and MiniAppSuspended, with which it still returns the mini app.
func Running[T Tx](ctx context.Context, db store.Database[T], id string) (a App, err error) {
	err = db.Read(ctx, func(tx T) (err error) {
		if a, err = tx.MiniApps().Get(ctx, id); err == nil {
			err = a.Runs()
		}
		return err
	})
	return a, err
}

// Permits returns nil, or a problem when the mini app may not ask for the consent.
func (a App) Permits(name string) error {
	if _, ok := a.Consent(name); !ok {
		return problem.New(problem.NotPermitted, "mini app %q has no %q consent; add it to consents in its manifest", a.ID, name)
	}
	return nil
}
