package hostapi

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/launch"
)

// listen returns a listener for the events of a launch; the caller stops it. The error
// for an ended launch is LaunchEnded.
func (d *door) listen(ctx context.Context, launchID string) (*bus.Listener, error) {
	about, err := d.audience(ctx, launchID)
	if err != nil {
		return nil, err
	}
	events := d.Events.Listen(about)
	if _, err := d.audience(ctx, launchID); err != nil { // the launch ended before the listener existed
		events.Stop()
		return nil, err
	}
	return events, nil
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

func (d *door) launchEvents(w http.ResponseWriter, r *http.Request) {
	launchID, err := d.launchOf(r)
	if err != nil {
		edge.WriteProblem(w, r, err)
		return
	}
	events, err := d.listen(r.Context(), launchID)
	if err != nil {
		edge.WriteProblem(w, r, err)
		return
	}
	defer events.Stop()
	defer d.Engine.Hosts.Connect(launchID)()
	s := edge.NewStream(w)
	ticker := time.NewTicker(edge.Beat)
	defer ticker.Stop()
	for err := s.Flush(); err == nil; {
		select {
		case <-events.Wake():
			err = pass(events, s)
		case <-ticker.C:
			err = s.Beat()
		case <-r.Context().Done():
			return
		case <-d.Done:
			return
		}
	}
}

// pass sends the waiting events. For a listener that fell behind, it sends a last event
// with that reason.
func pass(events *bus.Listener, s *edge.Stream) error {
	for {
		e, ok, err := events.Take()
		switch {
		case err != nil:
			return errors.Join(err, s.Send("stream_ended", 0, map[string]string{"reason": "behind", "message": err.Error()}), s.Flush())
		case !ok:
			return s.Flush()
		}
		if err := s.Send(e.Name, 0, e); err != nil {
			return err
		}
	}
}
