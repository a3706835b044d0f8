package fault_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/fault"
	"github.com/selasar/selasar/internal/problem"
)

// next hands out one fault for every operation.
type next fault.Fault

func (n next) TakeFault(string) (fault.Fault, bool) { return fault.Fault(n), true }

// none has no fault.
type none struct{}

func (none) TakeFault(string) (fault.Fault, bool) { return fault.Fault{}, false }

// codeOf returns the code of a fault; empty for another error and for none.
func codeOf(err error) string {
	if err == nil {
		return ""
	}
	if code, ok := fault.Code(problem.Of(err)); ok {
		return code
	}
	return ""
}

func TestInject(t *testing.T) {
	own := errors.New("the operation's own problem")
	for name, one := range map[string]struct {
		source fault.Source
		fails  error // of the operation
		code   string
		ran    bool
	}{
		"no source":                    {nil, nil, "", true},
		"no fault":                     {none{}, nil, "", true},
		"a code":                       {next{Code: "900"}, nil, "900", false},
		"a code after the operation":   {next{Code: "900", After: true}, nil, "900", true},
		"a code after one that failed": {next{Code: "900", After: true}, own, "", true},
		"a delay only":                 {next{Delay: time.Microsecond}, nil, "", true},
		"a delay only, then a failure": {next{Delay: time.Microsecond}, own, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			ran := false
			err := fault.Inject(t.Context(), one.source, nil, "token", func() error { ran = true; return one.fails })
			if ran != one.ran || codeOf(err) != one.code || one.code == "" && !errors.Is(err, one.fails) {
				t.Errorf("code %q, ran %v, error %v", codeOf(err), ran, err)
			}
		})
	}
}

func TestInject_delay_ends_when_the_caller_goes_away(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := fault.Inject(ctx, next{Delay: time.Hour}, nil, "token", func() error { t.Error("the operation ran"); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestInject_delay_ends_when_the_platform_stops(t *testing.T) {
	stopping := make(chan struct{})
	close(stopping)
	ran := false
	err := fault.Inject(t.Context(), next{Delay: time.Hour}, stopping, "token", func() error { ran = true; return nil })
	if err != nil || !ran {
		t.Errorf("ran %v, error %v", ran, err)
	}
}

func TestCode_of_another_problem(t *testing.T) {
	if code, ok := fault.Code(problem.Of(problem.New(problem.Internal, "no"))); ok {
		t.Errorf("a fault %q", code)
	}
}
