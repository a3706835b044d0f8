package consent

import (
	"context"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/store"
)

// Action is the decision that an entry of the ledger records.
type Action string

// The actions.
const (
	Given     Action = "given"
	Refused   Action = "refused"
	Revoked   Action = "revoked"
	Forgotten Action = "forgotten" // as if never asked; dev only
)

// State is the state of a consent.
type State string

// The states.
const (
	StateGiven      State = "given"
	StateRefused    State = "refused"
	StateRevoked    State = "revoked"
	StateNeverAsked State = "never_asked"
)

// Source is the place where a decision was made.
type Source string

// The sources.
const (
	OnLaunch Source = "launch"   // the sheet before a mini app opens
	OnCall   Source = "call"     // the sheet of getConsent
	Settings Source = "settings" // the user's settings, or the simulator's panel

	ByOperator Source = "operator" // the operator, such as when a mini app is deleted
)

// Entry is one entry of the ledger: a user's decision with its time, the wording
// that was shown, and the version of the super app.
type Entry struct {
	ID         string `json:"id"`
	UserID     string `json:"user_id"`
	MiniAppID  string `json:"mini_app_id"`
	Name       Name   `json:"name"`
	Action     Action `json:"action"`
	At         int64  `json:"at"` // ms since the epoch
	Wording    string `json:"wording"`
	AppVersion string `json:"app_version"`
	LaunchID   string `json:"launch_id,omitempty"`
	Source     Source `json:"source"`
}

// State returns the state after the entry; the zero entry means never asked.
func (e Entry) State() State {
	switch e.Action {
	case Given:
		return StateGiven
	case Refused:
		return StateRefused
	case Revoked:
		return StateRevoked
	default:
		return StateNeverAsked
	}
}

// Store stores the ledger. Entries cannot be changed or removed.
type Store interface {
	Insert(ctx context.Context, e Entry) error
	// Get returns the newest entry for a name, or the zero entry.
	Get(ctx context.Context, userID, miniAppID string, name Name) (Entry, error)
	// List returns a page of the entries of a user and a mini app. The first page
	// has the newest ones. The entries of a page are oldest first.
	List(ctx context.Context, userID, miniAppID string, p store.Page) ([]Entry, error)
}

// Tx is the part of a transaction that Record uses.
type Tx interface {
	Consents() Store
	Journal() journal.Appender
}

// Record adds a decision to the ledger and tells the journal.
func Record(ctx context.Context, tx Tx, e Entry) error {
	if err := tx.Consents().Insert(ctx, e); err != nil {
		return err
	}
	return tx.Journal().Append(ctx, actions[e.Action].Entry(
		event.Scope{MiniAppID: e.MiniAppID, UserID: e.UserID, LaunchID: e.LaunchID},
		event.Consent{
			ID: e.ID, UserID: e.UserID, MiniAppID: e.MiniAppID, Name: string(e.Name), Action: string(e.Action), At: e.At,
			Wording: e.Wording, AppVersion: e.AppVersion, LaunchID: e.LaunchID, Source: string(e.Source),
		},
	))
}

// actions are the events of the decisions.
var actions = map[Action]event.Event[event.Consent]{
	Given: event.ConsentGiven, Refused: event.ConsentRefused, Revoked: event.ConsentRevoked, Forgotten: event.ConsentForgotten,
}

// Tell tells the open launches of the user and the mini app of decisions, once
// they are kept.
func Tell(events *bus.Bus, decisions ...Entry) {
	for _, e := range decisions {
		events.Publish(bus.Of{User: e.UserID, MiniApp: e.MiniAppID}, bus.New(bus.ConsentChanged, bus.ConsentChange{Name: string(e.Name), State: string(e.State())}))
	}
}

// Standing returns the newest entry of a user for every registered consent of a mini
// app. It does not read the whole ledger.
func Standing(ctx context.Context, s Store, userID string, app miniapp.App) (map[Name]Entry, error) {
	standing := make(map[Name]Entry, len(app.Consents))
	for _, c := range app.Consents {
		e, err := s.Get(ctx, userID, app.ID, Name(c.Name))
		if err != nil {
			return nil, err
		}
		standing[Name(c.Name)] = e
	}
	return standing, nil
}
