package simulator

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/setting"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/user"
	"github.com/selasar/selasar/internal/wallet"
)

// PeopleTx has the stores that a change of users needs.
type PeopleTx interface {
	wallet.Tx
	consent.Tx
	MiniApps() miniapp.Store
}

// People changes the users of a development platform and their consents.
type People struct {
	DB        store.Database[PeopleTx]
	IDs       *id.Source
	Now       func() time.Time
	Events    *bus.Bus
	Simulator *Simulator
}

// On returns a simulator and its people on a database, whose transactions have the
// stores of both. If the database has a stored device, call Load next.
func On[Tx any](db store.Database[Tx], c *clock.Movable, ids *id.Source, events *bus.Bus, j Tracer) (*Simulator, *People) {
	s := New(store.View[setting.Tx](db), c, events, j)
	return s, &People{DB: store.View[PeopleTx](db), IDs: ids, Now: c.Now, Events: events, Simulator: s}
}

// Add creates a user, with a wallet of Rp0 unless the change has a balance.
func (p *People) Add(ctx context.Context, c user.Change) (user.User, error) {
	added, err := p.Seed(ctx, c)
	if err != nil {
		return user.User{}, err
	}
	u, err := p.get(ctx, added[0])
	if err != nil {
		return user.User{}, err
	}
	p.Simulator.tell(event.NewUser.Entry(event.Scope{}, event.UserAdded{UserID: u.ID, Name: u.Name}))
	return u, nil
}

// Seed creates the first users of a platform, all of them or none, and returns their ids. The journal has no entries of
// them: nobody did anything yet.
func (p *People) Seed(ctx context.Context, all ...user.Change) (ids []string, err error) {
	var users []user.User
	for _, c := range all {
		u := user.User{ID: p.IDs.New(), AccountID: user.NewAccountID(), CreatedAt: p.Now().UnixMilli()}
		if err := c.Apply(&u); err != nil {
			return nil, err
		}
		users, ids = append(users, u), append(ids, u.ID)
	}
	err = p.DB.Write(ctx, func(tx PeopleTx) error {
		for i, u := range users {
			if err := tx.Users().Insert(ctx, u); err != nil {
				return err
			}
			if err := p.hold(ctx, tx, u.ID, all[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	p.Simulator.Changed()
	return ids, nil
}

// Change changes a user.
func (p *People) Change(ctx context.Context, userID string, c user.Change) (user.User, error) {
	err := p.DB.Write(ctx, func(tx PeopleTx) error {
		if err := tx.Users().Change(ctx, userID, c.Apply); err != nil {
			return err
		}
		return p.hold(ctx, tx, userID, c)
	})
	if err != nil {
		return user.User{}, err
	}
	if names := c.Names(); len(names) > 0 {
		p.Simulator.tell(event.UserChanged.Entry(event.Scope{}, event.UserChange{UserID: userID, Changed: names}))
	}
	return p.get(ctx, userID)
}

func (p *People) get(ctx context.Context, userID string) (u user.User, err error) {
	err = p.DB.Read(ctx, func(tx PeopleTx) error {
		u, err = tx.Users().Get(ctx, userID)
		return err
	})
	return u, err
}

// hold adjusts a wallet to the amounts of a change.
func (p *People) hold(ctx context.Context, tx PeopleTx, userID string, c user.Change) error {
	return wallet.Set(ctx, tx, userID, c, p.IDs.New, p.Now().UnixMilli())
}

// Decide records a consent as if the user had changed it in the settings. Open
// launches follow it at their next call.
func (p *People) Decide(ctx context.Context, userID, miniAppID, text string, state consent.State) error {
	name, ok := consent.Parse(text)
	if !ok {
		return problem.New(problem.BadRequest, "there is no consent %q; there are %s", text, consent.List())
	}
	action, ok := map[consent.State]consent.Action{
		consent.StateGiven: consent.Given, consent.StateRevoked: consent.Revoked, consent.StateNeverAsked: consent.Forgotten,
	}[state]
	if !ok {
		return problem.New(problem.BadRequest, "state is given, revoked or never_asked, not %q", state)
	}
	dev := p.Simulator.Now()
	var decided consent.Entry
	err := p.DB.Write(ctx, func(tx PeopleTx) error {
		app, err := tx.MiniApps().Get(ctx, miniAppID)
		if err != nil {
			return err
		}
		if _, err := tx.Users().Get(ctx, userID); err != nil {
			return err
		}
		registered, ok := app.Consent(string(name))
		if !ok {
			return problem.New(problem.BadRequest, "%s has no consent %q in its manifest", miniAppID, name)
		}
		decided = consent.Entry{
			ID: p.IDs.New(), UserID: userID, MiniAppID: miniAppID, Name: name, Action: action, At: p.Now().UnixMilli(),
			Wording: consent.NewOffer(registered).Wording(dev.Locale), AppVersion: dev.AppVersion.String(), Source: consent.Settings,
		}
		return consent.Record(ctx, tx, decided)
	})
	if err != nil {
		return err
	}
	consent.Tell(p.Events, decided)
	p.Simulator.Changed()
	return nil
}
