package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/selasar/selasar/internal/event"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/launch"
)

// stream writes server-sent events. A reader that takes nothing for writeWait is
// left: it would hold up the end of the platform, and keep a launch from ending.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

func newStream(w http.ResponseWriter) *stream {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(http.StatusOK)
	return &stream{w: w, control: http.NewResponseController(w)}
}

// begin gives what is written next its time.
func (s *stream) begin() error { return s.control.SetWriteDeadline(time.Now().Add(writeWait)) }

// send writes one event; id 0 is left out.
func (s *stream) send(name string, id int64, data any) error {
	body, err := json.Marshal(data)
	if err != nil {
		return err
	}
	if err := s.begin(); err != nil {
		return err
	}
	if id > 0 {
		if _, err := fmt.Fprintf(s.w, "id: %d\n", id); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(s.w, "event: %s\ndata: %s\n\n", name, body)
	return err
}

func (s *stream) flush() error {
	if err := s.begin(); err != nil {
		return err
	}
	return s.control.Flush()
}

// beat keeps proxies and browsers from taking a quiet stream for a dead one.
const beat = 20 * time.Second

func (s *stream) beat() error {
	if _, err := fmt.Fprint(s.w, ": still here\n\n"); err != nil {
		return err
	}
	return s.flush()
}

// listen gives the events that reach a launch, until stop is called. One that
// has ended hears none: it is LaunchEnded.
func (a *API) listen(ctx context.Context, launchID string) (events <-chan event.Event, stop func(), err error) {
	about, err := a.listener(ctx, launchID)
	if err != nil {
		return nil, nil, err
	}
	events, stop = a.Events.Listen(about)
	if _, err := a.listener(ctx, launchID); err != nil { // it ended before anybody listened
		stop()
		return nil, nil, err
	}
	return events, stop, nil
}

// listener says which events reach a launch that has not ended.
func (a *API) listener(ctx context.Context, launchID string) (about event.Of, err error) {
	err = a.DB.Read(ctx, func(tx jsapi.Tx) error {
		l, err := tx.Launches().Get(ctx, launchID)
		if err == nil && l.State == launch.Ended {
			err = l.Running()
		}
		about = event.Of{Launch: l.ID, User: l.UserID, MiniApp: l.MiniAppID}
		return err
	})
	return about, err
}

func (a *API) launchEvents(w http.ResponseWriter, r *http.Request) {
	launchID, err := a.launchOf(r)
	if err != nil {
		writeProblem(w, r, err)
		return
	}
	events, stop, err := a.listen(r.Context(), launchID)
	if err != nil {
		writeProblem(w, r, err)
		return
	}
	defer stop()
	defer a.Engine.Hosts.Connect(launchID)()
	s := newStream(w)
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for err := s.flush(); err == nil; {
		select {
		case e := <-events:
			if err = s.send(e.Name, 0, e); err == nil {
				err = s.flush()
			}
		case <-ticker.C:
			err = s.beat()
		case <-r.Context().Done():
			return
		case <-a.Done:
			return
		}
	}
}
