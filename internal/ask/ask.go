// Package ask is what the engine needs from a host before it can go on: show
// the consent sheet, show the payment sheet, open a deeplink, read a sensor.
//
// An ask is kept with a deadline, so that any node can take its answer. It is
// answered once: by the host, by a policy or the simulated device, by its
// deadline, or by the end of its launch or of the payment that it is about.
//
//	open ──▶ answered
//	  ├────▶ expired     (the deadline passed)
//	  └────▶ withdrawn   (the launch ended, or its payment was cancelled)
package ask

import (
	"context"
	"encoding/json"
	"time"

	"github.com/selasar/selasar/internal/problem"
)

// Kind says what is asked.
type Kind string

// The kinds of ask.
const (
	Consent    Kind = "consent"
	Payment    Kind = "payment"
	Deeplink   Kind = "deeplink"
	Location   Kind = "location"
	SystemInfo Kind = "system_info"
	WifiInfo   Kind = "wifi_info"
)

// Patience is how long the host has: a person takes her time, a sensor does not.
func (k Kind) Patience() time.Duration {
	switch k {
	case Consent, Payment, Deeplink:
		return 10 * time.Minute
	default:
		return 10 * time.Second
	}
}

// Kept is how long an ask is kept once it is settled: until then its answer,
// when it comes again, is told so.
const Kept = 24 * time.Hour

// State is where an ask stands.
type State string

// The states.
const (
	Open      State = "open"
	Answered  State = "answered"
	Expired   State = "expired"
	Withdrawn State = "withdrawn"
)

// Ask is one thing asked of the host of a launch.
type Ask struct {
	ID         string
	LaunchID   string
	CallID     string // empty for the consent sheet before a launch
	Method     string // of the call
	Params     json.RawMessage
	Kind       Kind
	State      State
	Show       json.RawMessage // an object: what the host needs to show
	Subject    string          // what it is about, such as a payment's reference number
	CreatedAt  int64           // ms since the epoch
	ExpiresAt  int64
	AnsweredAt int64
}

// MarshalJSON writes what the host sees: id, kind, expires_at and the members
// of Show beside them.
func (a Ask) MarshalJSON() ([]byte, error) {
	members := map[string]json.RawMessage{}
	if len(a.Show) > 0 {
		if err := json.Unmarshal(a.Show, &members); err != nil {
			return nil, err
		}
	}
	for name, value := range map[string]any{"id": a.ID, "kind": a.Kind, "expires_at": a.ExpiresAt} {
		data, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		members[name] = data
	}
	return json.Marshal(members)
}

// Store keeps asks.
type Store interface {
	Insert(ctx context.Context, a Ask) error
	// Get gives an ask, or a problem AskUnknown.
	Get(ctx context.Context, id string) (Ask, error)
	// Open gives the open asks of a launch, oldest first.
	Open(ctx context.Context, launchID string) ([]Ask, error)
	// Due gives open asks whose deadline has come at now, at most limit.
	Due(ctx context.Context, now int64, limit int) ([]Ask, error)
	// Take moves an open ask to another state, once: it gives false when
	// the ask was not open any more.
	Take(ctx context.Context, id string, to State, now int64) (bool, error)
}

// Responder answers asks without a person: the simulated device and the chosen
// answers of dev. ok is false for what is left to the host.
type Responder interface {
	Respond(ctx context.Context, a Ask) (answer json.RawMessage, by string, ok bool)
}

// Answer takes an ask for the host's answer. It refuses an ask of another
// launch, one that was answered, and one whose deadline has passed, and
// changes nothing then; the ask comes with the refusal, if there is one.
func Answer(ctx context.Context, s Store, launchID, askID string, now time.Time) (Ask, error) {
	a, err := s.Get(ctx, askID)
	if err != nil {
		return Ask{}, err
	}
	switch {
	case a.LaunchID != launchID:
		return a, problem.New(problem.AskForeign, "ask %s belongs to another launch; answer with that launch's token", askID)
	case a.State == Expired || (a.State == Open && now.UnixMilli() >= a.ExpiresAt):
		return a, problem.New(problem.AskExpired, "ask %s ran out at its deadline; call the method again", askID)
	case a.State != Open:
		return a, taken(askID)
	}
	took, err := s.Take(ctx, askID, Answered, now.UnixMilli())
	if err == nil && !took {
		err = taken(askID)
	}
	return a, err
}

func taken(askID string) error {
	return problem.New(problem.AskAnswered, "ask %s is settled already; nothing was changed", askID)
}

// Personal says whether an ask is put to a person rather than to the device.
func (k Kind) Personal() bool { return k == Consent || k == Payment || k == Deeplink }
