// Package launch opens mini apps. A launch is one opening of a mini app by a user on
// a device. All calls of the mini app belong to a launch.
//
//	consent ──▶ open ──▶ ended
//	   │  └─────────────▶ ended
//	   └──▶ refused          (a mandatory consent was declined)
//
// A launch starts in the state open when no consent sheet is needed.
package launch

import (
	"context"
	"net/url"

	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

// State is the state of a launch.
type State string

// The states.
const (
	Consent State = "consent"
	Open    State = "open"
	Refused State = "refused"
	Ended   State = "ended"
)

// Launch is one opening of a mini app.
type Launch struct {
	ID        string
	MiniAppID string
	UserID    string
	Path      string // the path of the first page on the mini app's origin; empty for the entry
	State     State
	Reason    event.Reason        // why it was refused or ended; otherwise empty
	Missing   []event.ConsentName // with the reason ConsentDeclined: the mandatory consents that were declined
	CreatedAt int64               // ms since the epoch
	EndedAt   int64
	// Device is the device that the operator named when it opened the launch. Nil: the
	// platform has a [device.Source].
	Device *device.Device
}

// On returns the device of the launch: its own, or that of a source.
func (l Launch) On(ctx context.Context, devices device.Source) (device.Device, error) {
	if l.Device != nil {
		return *l.Device, nil
	}
	return devices.Device(ctx, l.ID)
}

// EntryURL returns the URL of the page that the launch opens.
func (l Launch) EntryURL(app miniapp.App) string {
	if l.Path == "" {
		return app.EntryURL
	}
	return app.Origin + l.Path
}

// Message returns the words of the reason; otherwise an empty string.
func (l Launch) Message(in language.Language, appName string) string {
	return event.LaunchMove{Reason: l.Reason, AppName: appName, Missing: l.Missing}.Message(in)
}

// maxPath is the longest path of a launch in bytes.
const maxPath = 2048

// checkPath returns a problem for a text that is not a path on a mini app's origin.
func checkPath(path string) error {
	if path == "" {
		return nil
	}
	if _, err := url.Parse(path); err != nil || path[0] != '/' || len(path) > maxPath {
		return problem.New(problem.BadRequest, `path begins with "/" and is at most %d bytes, such as "/orders?id=7": it opens on the mini app's own origin`, maxPath)
	}
	return nil
}

// Running returns nil when the launch is open, or a problem.
func (l Launch) Running() error {
	switch l.State {
	case Open:
		return nil
	case Consent:
		return problem.New(problem.LaunchNotOpen, "launch %s waits for its consent sheet to be answered", l.ID)
	case Refused:
		return problem.New(problem.LaunchEnded, "launch %s was refused: %s", l.ID, l.Message(language.English, l.MiniAppID))
	default:
		return problem.New(problem.LaunchEnded, "launch %s has ended; open the mini app again", l.ID)
	}
}

// Store stores launches.
type Store interface {
	Insert(ctx context.Context, l Launch) error
	// Get returns a launch, or a problem LaunchUnknown.
	Get(ctx context.Context, id string) (Launch, error)
	// Change loads a launch, calls fn to change it, and saves it.
	Change(ctx context.Context, id string, fn func(*Launch) error) error
}

// Unknown returns the problem for a launch that does not exist.
func Unknown(id string) error {
	return problem.New(problem.LaunchUnknown, "there is no launch %q", id)
}
