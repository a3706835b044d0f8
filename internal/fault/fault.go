// Package fault replaces or delays the answers of backend operations, so that a
// developer sees what a mini app's backend makes of them. Where faults are
// listed and removed is not its business: a [Source] hands them out.
package fault

import (
	"context"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/problem"
)

// Fault replaces the next answer of a backend operation, once the caller is
// authenticated. The operation does not run; with After it runs, and only its
// answer is replaced.
type Fault struct {
	Code  string        // a code of the operation's documented list; empty: only the delay applies
	After bool          // the operation runs, then its answer is replaced
	Delay time.Duration // how long the answer waits
}

// Source hands out faults.
type Source interface {
	// TakeFault returns the next fault of an operation and counts it as used.
	TakeFault(operation string) (f Fault, found bool)
}

// prefix starts the problem codes of faults; the requested code follows.
const prefix = "fault:"

// Code returns the documented code that a fault's problem stands for.
func Code(p *problem.Problem) (code string, ok bool) {
	return strings.CutPrefix(string(p.Code), prefix)
}

// Inject runs an operation, unless the source has a fault for it. A nil source
// has none. The delay comes first and ends early when stopping closes; a caller
// that goes away ends it with the context's error.
func Inject(ctx context.Context, source Source, stopping <-chan struct{}, operation string, run func() error) error {
	if source == nil {
		return run()
	}
	f, found := source.TakeFault(operation)
	if !found {
		return run()
	}
	if err := wait(ctx, stopping, f.Delay); err != nil {
		return err
	}
	if f.Code != "" && !f.After {
		return f.problem("nothing has happened")
	}
	if err := run(); err != nil || f.Code == "" {
		return err
	}
	return f.problem("all was done, and only the answer is lost")
}

func (f Fault) problem(what string) error {
	return problem.New(problem.Code(prefix+f.Code), "this fault was asked for at POST /control/v1/faults; %s", what)
}

func wait(ctx context.Context, stopping <-chan struct{}, delay time.Duration) error {
	if delay <= 0 {
		return nil
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-stopping:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
