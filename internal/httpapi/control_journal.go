package httpapi

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/language"
)

// mostEntries is the most that one page of the journal holds.
const mostEntries = 10_000

func (c *control) journal(w http.ResponseWriter, r *http.Request) {
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	if strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
		c.live(w, r, after)
		return
	}
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil || limit < 1 || limit > mostEntries {
		limit = mostEntries
	}
	list, last, _ := c.api.Journal.Since(after, limit)
	writeJSON(w, http.StatusOK, map[string]any{"entries": inLanguage(list, readerLanguage(r)), "last": last})
}

// readerLanguage returns the language of ?lang=, or the one that Accept-Language
// prefers; English by default.
func readerLanguage(r *http.Request) language.Language {
	if l, ok := language.Parse(r.URL.Query().Get("lang")); ok {
		return l
	}
	return language.Preferred(r.Header.Get("Accept-Language"), language.English)
}

// inLanguage returns entries with their texts in a language.
func inLanguage(list []journal.Entry, l language.Language) []journal.Entry {
	in := make([]journal.Entry, len(list))
	for i, e := range list {
		in[i] = event.Render(e, l)
	}
	return in
}

// live streams the state, then the journal's entries as they come, and the
// state whenever it changes.
func (c *control) live(w http.ResponseWriter, r *http.Request, after int64) {
	if id, err := strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64); err == nil {
		after = id
	}
	if _, last, _ := c.api.Journal.Since(after, 1); after > last {
		after = 0 // it followed another run of the platform: of this one it knows nothing
	}
	s, in := newStream(w), readerLanguage(r)
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	changed := c.Simulator.Watch()
	if c.sendState(r, s) != nil {
		return
	}
	for {
		entries, last, more := c.api.Journal.Since(after, 0) // all: a reader that lags misses none that is kept
		for _, e := range entries {
			if s.send("entry", e.Seq, event.Render(e, in)) != nil {
				return
			}
		}
		after = last
		if s.flush() != nil {
			return
		}
		select {
		case <-more:
		case <-changed:
			changed = c.Simulator.Watch()
			if c.sendState(r, s) != nil {
				return
			}
		case <-ticker.C:
			if s.beat() != nil {
				return
			}
		case <-r.Context().Done():
			return
		case <-c.api.Done:
			return
		}
	}
}

func (c *control) sendState(r *http.Request, s *stream) error {
	c.resetting.RLock()
	v, err := c.wholeState(r.Context(), r.Host)
	c.resetting.RUnlock()
	if err != nil {
		return err
	}
	return s.send("state", 0, v)
}
