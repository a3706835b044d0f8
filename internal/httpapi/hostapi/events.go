package hostapi

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
)

func (d *door) launchEvents(w http.ResponseWriter, r *http.Request) {
	launchID, err := d.launchOf(r)
	if err != nil {
		edge.WriteProblem(w, r, err)
		return
	}
	events, err := d.streamed(r, launchID)
	if err != nil {
		edge.WriteProblem(w, r, err)
		return
	}
	defer events.Stop()
	defer d.Engine.Hosts.Connect(launchID)()
	s := edge.NewStream(w)
	ticker := time.NewTicker(edge.Beat)
	defer ticker.Stop()
	for err := pass(events, s); err == nil; {
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

// streamed returns the news of a stream. A browser that reconnects sends the number of
// the last report in Last-Event-ID.
func (d *door) streamed(r *http.Request, launchID string) (*news, error) {
	in, err := edge.Language(r)
	if err != nil {
		return nil, err
	}
	var after int64
	if id := r.Header.Get("Last-Event-ID"); id != "" {
		if after, err = strconv.ParseInt(id, 10, 64); err != nil {
			return nil, problem.New(problem.BadRequest, "Last-Event-ID is the id of an event, which is a whole number; got %q", edge.Excerpt(id))
		}
	}
	return d.listen(r.Context(), launchID, after, in)
}

// pass sends the waiting events. For a listener that fell behind, it sends a last event
// with that reason.
func pass(events *news, s *edge.Stream) error {
	for {
		e, ok, err := events.take()
		switch {
		case err != nil:
			return errors.Join(err, s.Send("stream_ended", 0, map[string]string{"reason": "behind", "message": err.Error()}), s.Flush())
		case !ok:
			return s.Flush()
		}
		if err := s.Send(e.Name, e.Seq, e); err != nil {
			return err
		}
	}
}
