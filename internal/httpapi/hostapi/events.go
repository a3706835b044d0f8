package hostapi

import (
	"context"
	"net/http"
	"time"

	"github.com/selasar/selasar/internal/event"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/launch"
)

// listen returns the events that reach a launch, until stop is called. A launch
// that has ended is LaunchEnded.
func (d *door) listen(ctx context.Context, launchID string) (events <-chan event.Event, stop func(), err error) {
	about, err := d.audience(ctx, launchID)
	if err != nil {
		return nil, nil, err
	}
	events, stop = d.Events.Listen(about)
	if _, err := d.audience(ctx, launchID); err != nil { // it ended before this listener was there
		stop()
		return nil, nil, err
	}
	return events, stop, nil
}

// audience returns which events reach a launch that has not ended.
func (d *door) audience(ctx context.Context, launchID string) (about event.Of, err error) {
	err = d.DB.Read(ctx, func(tx jsapi.Tx) error {
		l, err := tx.Launches().Get(ctx, launchID)
		if err == nil && l.State == launch.Ended {
			err = l.Running()
		}
		about = event.Of{Launch: l.ID, User: l.UserID, MiniApp: l.MiniAppID}
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
	events, stop, err := d.listen(r.Context(), launchID)
	if err != nil {
		edge.WriteProblem(w, r, err)
		return
	}
	defer stop()
	defer d.Engine.Hosts.Connect(launchID)()
	s := edge.NewStream(w)
	ticker := time.NewTicker(edge.Beat)
	defer ticker.Stop()
	for err := s.Flush(); err == nil; {
		select {
		case e := <-events:
			if err = s.Send(e.Name, 0, e); err == nil {
				err = s.Flush()
			}
		case <-ticker.C:
			err = s.Beat()
		case <-r.Context().Done():
			return
		case <-d.Done:
			return
		}
	}
}
