package hostapi

import (
	"context"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/launch"
)

// news are the events of a launch for one connection of its host: first the reports
// that the host has missed, then the events as they happen. A report comes once.
type news struct {
	*bus.Listener
	missed []bus.Event
	last   int64 // the number of the newest report in missed
	in     language.Language
}

// listen returns the news of a launch; the caller stops them. After is the number of the
// last report that the host has seen. The error for an ended launch is LaunchEnded.
func (d *door) listen(ctx context.Context, launchID string, after int64, in language.Language) (*news, error) {
	about, err := d.audience(ctx, launchID)
	if err != nil {
		return nil, err
	}
	n := &news{Listener: d.Events.Listen(about), in: in}
	if _, err := d.audience(ctx, launchID); err != nil { // the launch ended before the listener existed
		n.Stop()
		return nil, err
	}
	// After the listener exists: a report is in missed, or the listener gets it, or both.
	if n.missed = d.Engine.Reports(launchID, after); len(n.missed) > 0 {
		n.last = n.missed[len(n.missed)-1].Seq
	}
	return n, nil
}

// audience returns the events that a launch receives. The launch must not have ended.
func (d *door) audience(ctx context.Context, launchID string) (about bus.Of, err error) {
	err = d.DB.Read(ctx, func(tx jsapi.Tx) error {
		l, err := tx.Launches().Get(ctx, launchID)
		if err == nil && l.State == launch.Ended {
			err = l.Running()
		}
		about = bus.Of{Launch: l.ID, User: l.UserID, MiniApp: l.MiniAppID}
		return err
	})
	return about, err
}

// take returns the next event, as [bus.Listener.Take] does.
func (n *news) take() (e bus.Event, ok bool, err error) {
	if len(n.missed) > 0 {
		e, n.missed = n.missed[0], n.missed[1:]
		return e.In(n.in), true, nil
	}
	for {
		e, ok, err = n.Take()
		if !ok || err != nil || e.Seq == 0 || e.Seq > n.last {
			return e.In(n.in), ok, err
		}
	}
}

// next waits for the next event and takes it, as [bus.Listener.Next] does.
func (n *news) next(ctx context.Context) (bus.Event, error) {
	for {
		if e, ok, err := n.take(); ok || err != nil {
			return e, err
		}
		select {
		case <-n.Wake():
		case <-ctx.Done():
			return bus.Event{}, ctx.Err()
		}
	}
}
