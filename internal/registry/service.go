package registry

import (
	"context"
	"unicode/utf8"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/strict"
)

// Service changes registrations, each change in its caller's transaction.
type Service struct {
	DB       store.Database[Tx]
	Clock    clock.Clock
	Consents consent.Keeper
	Events   *bus.Bus // hears of withdrawn consents
}

func (s *Service) now() int64 { return s.Clock.Now().UnixMilli() }

// Register registers a mini app with its first version, which waits for review. The
// manifest has the id. Its problems: BadRequest; Conflict if the id is taken.
func (s *Service) Register(ctx context.Context, tx Tx, in Submission, by string) (Registration, error) {
	m, err := in.read()
	if err != nil {
		return Registration{}, err
	}
	now := s.now()
	r := Registration{ID: m.ID, Name: m.Name, Status: Draft, Versions: 1, Revision: 1, CreatedAt: now, ChangedAt: now}
	inserted, err := tx.Registrations().Insert(ctx, r)
	switch {
	case err != nil:
		return r, err
	case !inserted:
		return r, problem.New(problem.Conflict, "the id %q is taken; to add a version, submit it to that mini app, or choose another id", m.ID)
	}
	return r, tx.Registrations().InsertVersion(ctx, Version{
		MiniAppID: m.ID, Number: 1, State: Submitted, Origin: in.Origin, Manifest: in.Manifest, SubmittedAt: now, SubmittedBy: by,
	})
}

// Submit adds a version, which waits for review. Its problems: MiniAppUnknown, BadRequest.
func (s *Service) Submit(ctx context.Context, tx Tx, id string, in Submission, by string) (v Version, err error) {
	m, err := in.read()
	switch {
	case err != nil:
		return v, err
	case m.ID != id:
		return v, problem.New(problem.BadRequest, "the manifest: its id is %q, and the version is for %q", m.ID, id)
	}
	_, err = s.change(ctx, tx, id, nil, func(r *Registration) error {
		r.Versions++
		v = Version{
			MiniAppID: id, Number: r.Versions, State: Submitted, Origin: in.Origin, Manifest: in.Manifest, SubmittedAt: s.now(), SubmittedBy: by,
		}
		return nil
	})
	if err != nil {
		return v, err
	}
	return v, tx.Registrations().InsertVersion(ctx, v)
}

// Decision is a reviewer's decision about a version.
type Decision struct {
	Number  int64
	Approve bool
	Reason  string
	By      string // the id of an API key
}

// Decide approves or rejects a version. An approved version is live at once. Its problems:
// MiniAppUnknown, VersionUnknown, BadRequest; Conflict for a version that was decided.
func (s *Service) Decide(ctx context.Context, tx Tx, id string, d Decision) (v Version, err error) {
	if err := checkReason(d.Reason); err != nil {
		return v, err
	}
	_, err = s.change(ctx, tx, id, nil, func(r *Registration) error {
		if v, err = tx.Registrations().GetVersion(ctx, id, d.Number); err != nil {
			return err
		}
		if v.State != Submitted {
			return problem.New(problem.Conflict, "version %d of %q is %s; only a submitted version can be decided", d.Number, id, v.State)
		}
		v.State, v.DecidedAt, v.DecidedBy, v.Reason = Rejected, s.now(), d.By, d.Reason
		if d.Approve {
			v.State = Live
			if err := s.replace(ctx, tx, r, v); err != nil {
				return err
			}
		}
		return tx.Registrations().DecideVersion(ctx, v)
	})
	return v, err
}

// replace makes a version the live one.
func (s *Service) replace(ctx context.Context, tx Tx, r *Registration, v Version) error {
	if r.Live != 0 {
		old, err := tx.Registrations().GetVersion(ctx, r.ID, r.Live)
		if err != nil {
			return err
		}
		old.State = Replaced
		if err := tx.Registrations().DecideVersion(ctx, old); err != nil {
			return err
		}
	}
	m, err := Submission{v.Origin, v.Manifest}.read()
	if err != nil {
		return err
	}
	r.Live, r.Name = v.Number, m.Name
	if r.Status == Draft {
		r.Status = Active
	}
	return nil
}

func checkReason(text string) error {
	if utf8.RuneCountInString(text) > maxReason || !strict.Line(text) {
		return problem.New(problem.BadRequest, "reason must be one line of at most %d characters", maxReason)
	}
	return nil
}

// Match is the revision that a caller has read, from If-Match. Nil accepts any.
type Match *int64

// Permit replaces the permissions. Its problems: MiniAppUnknown, BadRequest, Changed.
func (s *Service) Permit(ctx context.Context, tx Tx, id string, p Permissions, match Match) (Registration, error) {
	if err := p.Check(); err != nil {
		return Registration{}, err
	}
	return s.change(ctx, tx, id, match, func(r *Registration) error {
		r.Permissions = p
		return nil
	})
}

// Suspend refuses all launches, calls and backend requests of a mini app, from the commit
// on. Its problems: MiniAppUnknown, BadRequest, Changed; Conflict unless it is active.
func (s *Service) Suspend(ctx context.Context, tx Tx, id, reason string, match Match) (Registration, error) {
	if err := checkReason(reason); err != nil {
		return Registration{}, err
	}
	return s.move(ctx, tx, id, match, Active, Suspended, reason)
}

// Resume ends a suspension. Its problems: MiniAppUnknown, Changed; Conflict unless it is
// suspended.
func (s *Service) Resume(ctx context.Context, tx Tx, id string, match Match) (Registration, error) {
	return s.move(ctx, tx, id, match, Suspended, Active, "")
}

func (s *Service) move(ctx context.Context, tx Tx, id string, match Match, from, to Status, reason string) (Registration, error) {
	return s.change(ctx, tx, id, match, func(r *Registration) error {
		if r.Status != from {
			return problem.New(problem.Conflict, "mini app %q is %s, not %s", id, r.Status, from)
		}
		r.Status, r.Reason = to, reason
		return nil
	})
}

// Delete ends a mini app forever: its id cannot be used again, and Withdraw withdraws its
// consents. Payments and the audit log keep their rows. Its problems: MiniAppUnknown, Changed.
func (s *Service) Delete(ctx context.Context, tx Tx, id string, match Match) (Registration, error) {
	return s.change(ctx, tx, id, match, func(r *Registration) error {
		r.Status, r.Reason = Deleting, ""
		return nil
	})
}

// change changes a registration, and writes the mini app as it runs then. It returns the
// changed registration.
func (s *Service) change(ctx context.Context, tx Tx, id string, match Match, fn func(*Registration) error) (r Registration, err error) {
	err = tx.Registrations().Change(ctx, id, func(kept *Registration) error {
		if kept.Gone() {
			return Unknown(id)
		}
		if match != nil && kept.Revision != *match {
			return problem.New(problem.Changed, "mini app %q has changed: its ETag is %q; read it again", id, kept.ETag())
		}
		if err := fn(kept); err != nil {
			return err
		}
		kept.Revision++
		kept.ChangedAt = s.now()
		kept.NextExpiry = kept.Permissions.nextExpiry(kept.ChangedAt)
		r = *kept
		return nil
	})
	if err != nil || r.Live == 0 {
		return r, err
	}
	return r, s.run(ctx, tx, r)
}

// run writes the mini app as it runs.
func (s *Service) run(ctx context.Context, tx Tx, r Registration) error {
	v, err := tx.Registrations().GetVersion(ctx, r.ID, r.Live)
	if err != nil {
		return err
	}
	a, err := v.app(r, s.now())
	if err != nil {
		return err
	}
	before, err := tx.MiniApps().Get(ctx, r.ID)
	if err != nil && !problem.Is(err, problem.MiniAppUnknown) {
		return err
	}
	if err := tx.MiniApps().Put(ctx, a); err != nil || before.Status == a.Status {
		return err
	}
	moved := event.MiniAppActivated
	if a.Status == miniapp.Suspended {
		moved = event.MiniAppSuspended
	}
	return tx.Journal().Append(ctx, moved.Entry(event.Scope{MiniAppID: a.ID}, event.AppStatus{Status: string(a.Status)}))
}
