package httpapi

import (
	"net/http"
	"time"
)

// observed reports the answers of a route to Observe.
func (h *Handler) observed(route Route) http.Handler {
	next := route.guarded()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h.Observe == nil {
			next.ServeHTTP(w, r)
			return
		}
		began := time.Now()
		seen := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(seen, r)
		h.Observe(r, route.Pattern, seen.status, time.Since(began))
	})
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status  int
	written bool
}

func (w *statusWriter) WriteHeader(status int) {
	if !w.written {
		w.status, w.written = status, status >= http.StatusOK // an informational status comes before the answer
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(data []byte) (int, error) {
	w.written = true
	return w.ResponseWriter.Write(data)
}

// Unwrap lets http.ResponseController, and with it event streams and sockets, reach the
// connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
