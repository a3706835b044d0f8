package httpapi

import (
	"context"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/problem"
)

// A fault is an answer that somebody asked for, to see what a mini app's
// backend makes of it. Each pipeline looks for one once it knows who calls.

// faultStart opens the problem codes of faults; the code that was asked for
// follows.
const faultStart = "fault:"

// injected gives the code of a fault's problem.
func injected(p *problem.Problem) (code string, ok bool) {
	return strings.CutPrefix(string(p.Code), faultStart)
}

// faulted does what an operation does, unless it meets a fault now: then
// nothing is done, or all but the answer. The delay comes first.
func (a *API) faulted(ctx context.Context, operation string, do func() error) error {
	f, found := a.takeFault(operation)
	if !found {
		return do()
	}
	if err := a.wait(ctx, time.Duration(f.DelayMS)*time.Millisecond); err != nil {
		return err
	}
	if f.Code != "" && !f.After {
		return problem.New(problem.Code(faultStart+f.Code), "this fault was asked for at POST /control/v1/faults; nothing has happened")
	}
	if err := do(); err != nil || f.Code == "" {
		return err
	}
	return problem.New(problem.Code(faultStart+f.Code), "this fault was asked for at POST /control/v1/faults; all was done, and only the answer is lost")
}

func (a *API) takeFault(operation string) (f simulator.Fault, found bool) {
	if a.Dev == nil {
		return f, false
	}
	return a.Dev.Simulator.TakeFault(operation)
}

// wait lets an answer be late, unless its caller goes away or the server stops.
func (a *API) wait(ctx context.Context, delay time.Duration) error {
	if delay <= 0 {
		return nil
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-a.Done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
