package launch

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/strict"
	"github.com/selasar/selasar/internal/user"
)

// Tx is the part of a transaction that launches use.
type Tx interface {
	MiniApps() miniapp.Store
	Users() user.Store
	Launches() Store
	Asks() ask.Store
	consent.Tx
}

// Service opens launches, handles the answer to their consent sheet, and ends them.
type Service struct {
	DB        store.Database[Tx]
	Clock     clock.Clock
	IDs       *id.Source
	Devices   device.Source
	Responder ask.Responder
	Events    *bus.Bus
}

// Opened is a new launch with the data for its host.
type Opened struct {
	Launch Launch
	App    miniapp.App
	Ask    *ask.Ask // the consent sheet, when the launch waits for one

	decided []consent.Entry // decisions that needed no sheet
}

// Request describes a launch to open.
type Request struct {
	MiniAppID string
	UserID    string
	// Path is a path on the mini app's origin, as of a link to an order (coreflow-v2: any
	// entry URL logs in). Empty: the entry.
	Path   string
	Device *device.Device // nil: the platform has a [device.Source]
}

// Open opens a mini app for a user. The launch waits for a consent sheet when a mandatory
// consent is not given, or an optional one was never asked for; the sheet lists every
// permitted consent that is not given (get-consent). Its problems: MiniAppUnknown,
// MiniAppSuspended, UserUnknown, BadRequest.
func (s *Service) Open(ctx context.Context, r Request) (Opened, error) {
	var opened Opened
	err := s.DB.Write(ctx, func(tx Tx) (err error) {
		opened, err = s.OpenIn(ctx, tx, r)
		return err
	})
	if err == nil {
		consent.Tell(s.Events, opened.decided...)
	}
	return opened, err
}

// OpenIn is Open in the caller's transaction, for a platform without a Responder of its
// own, so that no consent is decided in it.
func (s *Service) OpenIn(ctx context.Context, tx Tx, r Request) (Opened, error) {
	if err := checkPath(r.Path); err != nil {
		return Opened{}, err
	}
	app, err := tx.MiniApps().Get(ctx, r.MiniAppID)
	if err != nil {
		return Opened{}, err
	}
	if err := app.Runs(); err != nil {
		return Opened{}, err
	}
	if _, err := tx.Users().Get(ctx, r.UserID); err != nil {
		return Opened{}, err
	}
	return s.open(ctx, tx, app, r)
}

func (s *Service) open(ctx context.Context, tx Tx, app miniapp.App, r Request) (Opened, error) {
	now := s.Clock.Now()
	l := Launch{ID: s.IDs.New(), MiniAppID: app.ID, UserID: r.UserID, Path: r.Path, State: Open, CreatedAt: now.UnixMilli(), Device: r.Device}
	offers, err := due(ctx, tx, app, r.UserID)
	if err != nil {
		return Opened{}, err
	}
	if len(offers) > 0 {
		l.State = Consent
	}
	if err := tx.Launches().Insert(ctx, l); err != nil {
		return Opened{}, err
	}
	err = tx.Journal().Append(ctx, begun[l.State].Entry(
		event.Scope{MiniAppID: app.ID, UserID: r.UserID, LaunchID: l.ID},
		event.Launch{State: string(l.State), EntryURL: l.EntryURL(app)},
	))
	if err != nil || len(offers) == 0 {
		return Opened{Launch: l, App: app}, err
	}
	a := s.sheet(l, app, offers, now)
	if raw, by, ok := s.Responder.Respond(ctx, a); ok {
		l, decided, err := s.decide(ctx, tx, l, app, a, raw, by)
		return Opened{Launch: l, App: app, decided: decided}, err
	}
	return Opened{Launch: l, App: app, Ask: &a}, tx.Asks().Insert(ctx, a)
}

// due returns the lines of the consent sheet, or none when no sheet is needed.
func due(ctx context.Context, tx Tx, app miniapp.App, userID string) ([]consent.Offer, error) {
	if len(app.Consents) == 0 {
		return nil, nil
	}
	standing, err := consent.Standing(ctx, tx.Consents(), userID, app)
	if err != nil {
		return nil, err
	}
	var offers []consent.Offer
	must := false
	for _, c := range app.Consents {
		state := standing[consent.Name(c.Name)].State()
		if state == consent.StateGiven {
			continue
		}
		offers = append(offers, consent.NewOffer(c))
		must = must || c.Mandatory || state == consent.StateNeverAsked
	}
	if !must {
		return nil, nil
	}
	return offers, nil
}

func (s *Service) sheet(l Launch, app miniapp.App, offers []consent.Offer, now time.Time) ask.Ask {
	return ask.Ask{
		ID: s.IDs.New(), LaunchID: l.ID, Kind: ask.Consent, State: ask.Open,
		Show:      journal.Detail(map[string]any{"phase": consent.OnLaunch, "consents": offers}),
		CreatedAt: now.UnixMilli(), ExpiresAt: now.Add(ask.Consent.Patience()).UnixMilli(),
	}
}

// Answer applies the answer to a launch's consent sheet, in the transaction that
// took the ask. It returns the decisions, for events after the commit.
func (s *Service) Answer(ctx context.Context, tx Tx, a ask.Ask, raw json.RawMessage) (Launch, []consent.Entry, error) {
	l, err := tx.Launches().Get(ctx, a.LaunchID)
	if err != nil {
		return Launch{}, nil, err
	}
	if l.State != Consent {
		return Launch{}, nil, problem.New(problem.LaunchEnded, "launch %s no longer waits for consent", l.ID)
	}
	app, err := tx.MiniApps().Get(ctx, l.MiniAppID)
	if err != nil {
		return Launch{}, nil, err
	}
	return s.decide(ctx, tx, l, app, a, raw, event.ByPage)
}

// decide records the decisions of a sheet and changes the state of the launch.
func (s *Service) decide(ctx context.Context, tx Tx, l Launch, app miniapp.App, a ask.Ask, raw json.RawMessage, by event.Settler) (Launch, []consent.Entry, error) {
	var answer consent.Answer
	if err := strict.Loosely(raw, &answer); err != nil {
		return l, nil, problem.New(problem.AnswerInvalid, `an answer looks like {"answer":"allow","consents":["location"]}; this one: %v`, err)
	}
	var shown struct{ Consents []consent.Offer }
	if err := json.Unmarshal(a.Show, &shown); err != nil {
		return l, nil, fmt.Errorf("reading the sheet of ask %s: %w", a.ID, err)
	}
	decided, err := consent.Decide(shown.Consents, answer)
	if err != nil {
		return l, nil, err
	}
	dev, err := l.On(ctx, s.Devices)
	if err != nil {
		return l, nil, err
	}
	var missing []event.ConsentName
	var entries []consent.Entry
	for _, offer := range shown.Consents {
		standing, err := tx.Consents().Get(ctx, l.UserID, l.MiniAppID, offer.Name)
		if err != nil {
			return l, nil, err
		}
		if standing.State() == consent.StateGiven {
			continue // while the sheet was open, the user gave it in another way
		}
		e := consent.Entry{
			ID: s.IDs.New(), UserID: l.UserID, MiniAppID: l.MiniAppID, Name: offer.Name, Action: decided[offer.Name],
			At: s.Clock.Now().UnixMilli(), Wording: offer.Wording(dev.Locale), AppVersion: dev.AppVersion.String(),
			LaunchID: l.ID, Source: consent.OnLaunch,
		}
		if err := consent.Record(ctx, tx, e); err != nil {
			return l, nil, err
		}
		entries = append(entries, e)
		if offer.Mandatory && decided[offer.Name] != consent.Given {
			missing = append(missing, event.ConsentName(offer.Name))
		}
	}
	l, err = s.settle(ctx, tx, l, app, missing, by)
	return l, entries, err
}

func (s *Service) settle(ctx context.Context, tx Tx, l Launch, app miniapp.App, missing []event.ConsentName, by event.Settler) (Launch, error) {
	if len(missing) == 0 {
		return s.move(ctx, tx, l.ID, Open, event.LaunchMove{AnsweredBy: by})
	}
	return s.move(ctx, tx, l.ID, Refused, event.LaunchMove{AnsweredBy: by, Reason: event.ConsentDeclined, AppName: app.Name, Missing: missing})
}

// moved are the events of a launch that comes to a state.
var moved = map[State]event.Event[event.LaunchMove]{
	Open: event.LaunchAllowed, Refused: event.LaunchRefused, Ended: event.LaunchEnded,
}

// begun are the events of a launch that begins in a state.
var begun = map[State]event.Event[event.Launch]{Open: event.LaunchOpened, Consent: event.LaunchAsked}

// move changes the state of a launch and appends the change, with its reason, to the
// journal.
func (s *Service) move(ctx context.Context, tx Tx, launchID string, to State, why event.LaunchMove) (l Launch, err error) {
	why.State = string(to)
	err = tx.Launches().Change(ctx, launchID, func(kept *Launch) error {
		kept.State, kept.Reason, kept.Missing = to, why.Reason, why.Missing
		if to == Refused || to == Ended {
			kept.EndedAt = s.Clock.Now().UnixMilli()
		}
		l = *kept
		return nil
	})
	if err != nil {
		return l, err
	}
	of := event.Scope{MiniAppID: l.MiniAppID, UserID: l.UserID, LaunchID: l.ID}
	return l, tx.Journal().Append(ctx, moved[to].Entry(of, why))
}

// Lapse refuses a launch whose consent sheet was not answered in time.
func (s *Service) Lapse(ctx context.Context, tx Tx, a ask.Ask) error {
	l, err := tx.Launches().Get(ctx, a.LaunchID)
	if err != nil || l.State != Consent {
		return err
	}
	_, err = s.move(ctx, tx, l.ID, Refused, event.LaunchMove{Reason: event.ConsentTimeout})
	return err
}

// End ends a launch.
func (s *Service) End(ctx context.Context, tx Tx, launchID string, why event.LaunchMove) (Launch, error) {
	return s.move(ctx, tx, launchID, Ended, why)
}
