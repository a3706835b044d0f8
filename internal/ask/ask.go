// Package ask defines asks: requests from the engine to the host, such as to show
// the consent sheet, open a deeplink or read a sensor.
//
// An ask is stored with a deadline, so that any node can accept its answer. It is
// settled once: by the host, by a policy or the simulated device, by its
// deadline, or by the end of its launch or payment.
//
//	open ──▶ answered
//	  ├────▶ expired     (the deadline passed)
//	  └────▶ withdrawn   (the launch ended, its page went away, its payment was
//	                      cancelled, or its question was settled in another way)
//
// Calls of a launch that ask the same question share one sheet: the host gets the ask
// of the first call, and the asks of the others name it in Sheet. They settle with it.
package ask

import (
	"context"
	"encoding/json"
	"time"

	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/problem"
)

// Kept is how long a settled ask stays in the database. Until then, a second
// answer is refused as AskAnswered.
const Kept = 24 * time.Hour

// State is the state of an ask.
type State string

// The states.
const (
	Open      State = "open"
	Answered  State = "answered"
	Expired   State = "expired"
	Withdrawn State = "withdrawn"
)

// Ask is a request to the host of a launch.
type Ask struct {
	ID         string
	LaunchID   string
	CallID     string // empty for the consent sheet before a launch
	Dialect    string // the dialect of the call
	Method     string // the method of the call, in its dialect
	Params     json.RawMessage
	Kind       Kind
	State      State
	Show       json.RawMessage // an object with the data that the host shows
	Subject    string          // the object that it concerns, such as a payment's reference number
	CreatedAt  int64           // ms since the epoch
	ExpiresAt  int64
	AnsweredAt int64
	Sheet      string // the id of the ask whose sheet this ask shares; empty for a sheet of its own
}

// MarshalJSON returns the form that the host receives: id, kind, expires_at and the
// members of Show in one object.
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

// Store stores asks.
type Store interface {
	Insert(ctx context.Context, a Ask) error
	// Get returns an ask, or a problem AskUnknown.
	Get(ctx context.Context, id string) (Ask, error)
	// Open returns the open asks of a launch that have their own sheet, oldest first.
	Open(ctx context.Context, launchID string) ([]Ask, error)
	// Sharing returns the open asks that share the sheet of an ask, oldest first.
	Sharing(ctx context.Context, id string) ([]Ask, error)
	// Waiting returns the open asks to a user by a mini app that have their own sheet,
	// oldest first. An empty id means all users, or all mini apps.
	Waiting(ctx context.Context, userID, miniAppID string) ([]Ask, error)
	// Due returns open asks whose deadline has passed at now, at most limit. Asks that
	// share a sheet end with it.
	Due(ctx context.Context, now int64, limit int) ([]Ask, error)
	// Take moves an open ask to another state. It returns false when the ask
	// is no longer open. It removes what a page has sent, Params, Show and the Subject
	// of a deeplink: a link can contain a code or a token.
	Take(ctx context.Context, id string, to State, now int64) (bool, error)
}

// Responder answers asks without a person, in dev: from the simulated device and
// the answers policy. ok is false when the host must answer.
type Responder interface {
	Respond(ctx context.Context, a Ask) (answer json.RawMessage, by event.Settler, ok bool)
}

// Nobody is a Responder that answers nothing: every ask is for the host.
type Nobody struct{}

// Respond returns false.
func (Nobody) Respond(context.Context, Ask) (json.RawMessage, event.Settler, bool) {
	return nil, "", false
}

// Answer marks an ask as answered by the host and returns it. Its problems:
// AskUnknown, AskForeign (another launch), AskAnswered (already settled),
// AskExpired. With a problem, nothing changes; the ask is returned if it exists.
func Answer(ctx context.Context, s Store, launchID, askID string, now time.Time) (Ask, error) {
	return take(ctx, s, launchID, askID, Answered, now)
}

// Withdraw takes an ask back for its host, because nobody will answer it. Its problems
// are those of [Answer].
func Withdraw(ctx context.Context, s Store, launchID, askID string, now time.Time) (Ask, error) {
	return take(ctx, s, launchID, askID, Withdrawn, now)
}

func take(ctx context.Context, s Store, launchID, askID string, to State, now time.Time) (Ask, error) {
	a, err := Check(ctx, s, launchID, askID, now)
	if err != nil {
		return a, err
	}
	took, err := s.Take(ctx, askID, to, now.UnixMilli())
	if err == nil && !took {
		err = taken(askID)
	}
	return a, err
}

// Check returns an ask that the host can answer now, and leaves it open. Its problems are
// those of [Answer].
func Check(ctx context.Context, s Store, launchID, askID string, now time.Time) (Ask, error) {
	a, err := s.Get(ctx, askID)
	if err == nil && a.Sheet != "" {
		err = problem.New(problem.AskUnknown, "there is no ask %q", askID) // the host does not know its id
	}
	if err != nil {
		return Ask{}, err
	}
	switch {
	case a.LaunchID != launchID:
		return a, problem.New(problem.AskForeign, "ask %s belongs to another launch; answer with that launch's token", askID)
	case a.State == Expired || (a.State == Open && now.UnixMilli() >= a.ExpiresAt):
		return a, problem.New(problem.AskExpired, "ask %s expired at its deadline; call the method again", askID)
	case a.State != Open:
		return a, taken(askID)
	}
	return a, nil
}

func taken(askID string) error {
	return problem.New(problem.AskAnswered, "ask %s is already settled; nothing was changed", askID)
}
