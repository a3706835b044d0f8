package edge

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
)

// Strangers counts the refused requests of other websites' pages in one entry of the
// journal. Any website can send such requests from a visitor's browser. With an entry for
// each, they would fill the journal.
//
// A mini app's own page is no stranger, and neither is a page on this machine: a developer
// calling the wrong API from there needs the whole entry.
type Strangers struct {
	Journal *journal.Log
	Clock   clock.Clock
	// Origins returns the origins of the registered mini apps.
	Origins func(context.Context) ([]string, error)

	mu      sync.Mutex
	known   map[string]bool // the origins, as of read
	read    time.Time
	id      string // of the entry; empty before the first one
	counted event.Foreign
	shown   int // the count that the entry has
}

// silence is how long after the last request a new one gets an entry of its own.
const silence = 10 * time.Minute

// Serve serves a request, and counts it if a page of another website sent it and it was
// refused.
func (s *Strangers) Serve(next http.Handler, w http.ResponseWriter, r *http.Request) {
	if s == nil || !s.sent(r) {
		next.ServeHTTP(w, r)
		return
	}
	told := &statusTeller{ResponseWriter: w}
	next.ServeHTTP(told, r.WithContext(context.WithValue(r.Context(), strangerKey{}, true)))
	switch told.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed:
		s.count(r)
	}
}

type strangerKey struct{}

// stranger reports whether a page of another website sent the request. Then the journal
// gets no entry of it before its caller is known.
func stranger(r *http.Request) bool { return r.Context().Value(strangerKey{}) != nil }

// statusTeller remembers the status of a response.
type statusTeller struct {
	http.ResponseWriter
	status int
}

func (w *statusTeller) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (w *statusTeller) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// sent reports whether a page of another website sent a request. Browsers set these
// headers, and pages cannot change them.
func (s *Strangers) sent(r *http.Request) bool {
	site, origin := r.Header.Get("Sec-Fetch-Site"), r.Header.Get("Origin")
	switch {
	case site == "same-origin" || site == "same-site" || site == "none" || site == "" && origin == "":
		return false
	case origin == "" || origin == "null":
		return true
	}
	u, err := url.Parse(origin)
	if err != nil {
		return true
	}
	return !Loopback(u.Host) && u.Host != r.Host && !s.knows(r.Context(), origin)
}

// knows reports whether an origin is a mini app's. It reads the mini apps at most once a
// second.
func (s *Strangers) knows(ctx context.Context, origin string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := time.Now(); s.known == nil || now.Sub(s.read) > time.Second {
		list, err := s.Origins(ctx)
		if err != nil {
			return s.known[origin]
		}
		s.known, s.read = map[string]bool{}, now
		for _, one := range list {
			s.known[one] = true
		}
	}
	return s.known[origin]
}

func (s *Strangers) count(r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Clock.Now().UnixMilli()
	if s.id != "" && now-s.counted.LastAt > silence.Milliseconds() {
		s.show()
		s.id, s.counted, s.shown = "", event.Foreign{}, 0
	}
	s.counted = event.Foreign{
		Count: s.counted.Count + 1, LastAt: now,
		Method: Excerpt(r.Method), Path: Excerpt(r.URL.Path), Origin: Excerpt(r.Header.Get("Origin")),
	}
	if s.id == "" {
		s.show()
	}
}

// Show brings the entry up to date. The platform calls it once a second.
func (s *Strangers) Show() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.show()
}

// show needs the lock. After a reset of the platform, or when newer entries have pushed the
// entry out of the memory, the count begins again with a new entry.
func (s *Strangers) show() {
	if s.counted.Count == s.shown {
		return
	}
	if s.id == "" || !s.Journal.Replace(s.id, event.PageForeign.Entry(event.Scope{}, s.counted)) {
		s.counted.Count -= s.shown
		s.id = s.Journal.Begin(event.PageForeign.Entry(event.Scope{}, s.counted))
	}
	s.shown = s.counted.Count
}
