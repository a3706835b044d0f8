package transfer

import (
	"context"
	"errors"
)

// Provider is the operator's provider. An error of its methods means that the outcome is
// not known. It wraps ErrNotSent if the provider cannot have received the request.
type Provider interface {
	// Send asks the provider to move the money. A repeated id moves it once.
	Send(ctx context.Context, t Transfer) (Outcome, error)
	// Look asks what became of a transfer. found is false if the provider has no
	// transfer of this id.
	Look(ctx context.Context, t Transfer) (o Outcome, found bool, err error)
	// Cancel makes the provider refuse a charge from now on. If the charge was made
	// already, the outcome is Done.
	Cancel(ctx context.Context, t Transfer) (Outcome, error)
}

// ErrNotSent means that the provider did not receive a request.
var ErrNotSent = errors.New("the request was not sent")

// try returns the outcome of a transfer. The first try sends it. A later one asks for it
// first, because an earlier one may have arrived.
//
//	tries before   the provider knows it   time left   action
//	none           -                       yes         send
//	none           -                       no          cancelled, without a request
//	some           yes                     -           its answer is the outcome
//	some           no                      yes         send again
//	some           no                      no          cancel
func (s *Sender) try(ctx context.Context, t Transfer) (Outcome, error) {
	late := t.Until > 0 && s.Clock.Now().UnixMilli() >= t.Until
	if t.Attempts == 1 && late {
		return Outcome{Cancelled, Unreachable}, nil
	}
	if t.Attempts > 1 {
		o, found, err := s.Provider.Look(ctx, t)
		switch {
		case err != nil || found:
			return o, err
		case late:
			return s.Provider.Cancel(ctx, t)
		}
	}
	o, err := s.Provider.Send(ctx, t)
	if t.Attempts == 1 && t.Kind == Charge && errors.Is(err, ErrNotSent) {
		return Outcome{Cancelled, Unreachable}, nil // the user can try again at once
	}
	return o, err
}
