package webview

import (
	"net/http"
)

// piece is how many bytes of an answer are sent at once.
const piece = 4 << 10

// Handler delays and drops the requests of next as the link does. It calls lost for each dropped request, whose connection
// closes without an answer.
func (l *Link) Handler(next http.Handler, lost func(*http.Request)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		gone, err := l.Cross(r.Context())
		switch {
		case err != nil:
			panic(http.ErrAbortHandler)
		case gone:
			lost(r)
			drop(w)
		case l.Limited():
			next.ServeHTTP(&slowWriter{w, l, r}, r)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// drop ends the connection of a request with bytes that are no answer. A browser would send the request again if the
// connection only closed.
func drop(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	_, _ = conn.Write([]byte("lost\r\n\r\n"))
	_ = conn.Close()
}

// slowWriter sends an answer over the link.
type slowWriter struct {
	http.ResponseWriter
	link    *Link
	request *http.Request
}

// Unwrap lets the reverse proxy flush.
func (s *slowWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }

func (s *slowWriter) Write(data []byte) (written int, err error) {
	for len(data) > 0 {
		part := data[:min(piece, len(data))]
		if err := s.link.Send(s.request.Context(), len(part)); err != nil {
			return written, err
		}
		n, err := s.ResponseWriter.Write(part)
		if written += n; err != nil {
			return written, err
		}
		data = data[len(part):]
	}
	return written, nil
}
