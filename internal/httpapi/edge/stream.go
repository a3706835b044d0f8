package edge

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// WriteWait is the time limit of one write to a stream or a socket.
const WriteWait = 10 * time.Second

// Beat is the interval of the comments on a quiet stream, so that proxies and browsers
// do not close it.
const Beat = 20 * time.Second

// Stream writes server-sent events. A write fails if the reader accepts nothing for
// [WriteWait]. Without that limit, such a reader would delay the platform's stop and
// the end of a launch.
type Stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

// NewStream writes the response headers of an event stream.
func NewStream(w http.ResponseWriter) *Stream {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(http.StatusOK)
	return &Stream{w: w, control: http.NewResponseController(w)}
}

func (s *Stream) extend() error { return s.control.SetWriteDeadline(time.Now().Add(WriteWait)) }

// Send writes one event. It omits an id of 0.
func (s *Stream) Send(name string, id int64, data any) error {
	body, err := json.Marshal(data)
	if err != nil {
		return err
	}
	if err := s.extend(); err != nil {
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

// Flush sends what has been written.
func (s *Stream) Flush() error {
	if err := s.extend(); err != nil {
		return err
	}
	return s.control.Flush()
}

// Beat sends a comment.
func (s *Stream) Beat() error {
	if _, err := fmt.Fprint(s.w, ": still here\n\n"); err != nil {
		return err
	}
	return s.Flush()
}
