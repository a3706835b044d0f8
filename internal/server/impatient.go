package server

import (
	"io"
	"net/http"
	"time"
)

// bodyPause is the longest pause of a request's body, unless Serving has another one.
const bodyPause = 30 * time.Second

// impatient fails the reading of a body that stops to arrive. Without a limit, each such
// request would never end. A body without a pause may take any time,
// because the mini app's own server may receive large files.
func impatient(next http.Handler, pause time.Duration) http.Handler {
	if pause == 0 {
		pause = bodyPause
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body != http.NoBody && r.Header.Get("Upgrade") == "" {
			body := &watchedBody{ReadCloser: r.Body, conn: http.NewResponseController(w), pause: pause}
			body.wait()
			r.Body = body
		}
		next.ServeHTTP(w, r)
	})
}

// watchedBody is a body with a limit for its pauses.
type watchedBody struct {
	io.ReadCloser
	conn  *http.ResponseController
	pause time.Duration
}

// wait sets the deadline of the next read. A connection that supports no deadline keeps
// the limits of the server.
func (b *watchedBody) wait() { _ = b.conn.SetReadDeadline(time.Now().Add(b.pause)) }

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == nil {
		b.wait()
	}
	if err == io.EOF {
		_ = b.conn.SetReadDeadline(time.Time{}) // the answer may take longer
	}
	return n, err
}
