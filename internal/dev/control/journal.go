package control

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/language"
)

// mostEntries is the largest number of entries in one response.
const mostEntries = 10_000

func (d *door) journal(w http.ResponseWriter, r *http.Request) {
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	if strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
		d.live(w, r, after)
		return
	}
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil || limit < 1 || limit > mostEntries {
		limit = mostEntries
	}
	list, last, _ := d.Journal.Since(after, limit)
	edge.WriteJSON(w, http.StatusOK, map[string]any{"entries": inLanguage(list, readerLanguage(r)), "last": last})
}

// readerLanguage returns the language of ?lang=, or the language that Accept-Language
// prefers; the default is English.
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

// live streams the state, then the journal's entries as they arrive, and the state
// after each change.
func (d *door) live(w http.ResponseWriter, r *http.Request, after int64) {
	if id, err := strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64); err == nil {
		after = id
	}
	if _, last, _ := d.Journal.Since(after, 1); after > last {
		after = 0 // the id belongs to an earlier run of the platform
	}
	s, in := edge.NewStream(w), readerLanguage(r)
	ticker := time.NewTicker(edge.Beat)
	defer ticker.Stop()
	changed := d.Simulator.Watch()
	if d.sendState(r, s) != nil {
		return
	}
	for {
		entries, last, more := d.Journal.Since(after, 0) // every entry: a slow reader misses none that is retained
		for _, e := range entries {
			if s.Send("entry", e.Seq, event.Render(e, in)) != nil {
				return
			}
		}
		after = last
		if s.Flush() != nil {
			return
		}
		select {
		case <-more:
		case <-changed:
			changed = d.Simulator.Watch()
			if d.sendState(r, s) != nil {
				return
			}
		case <-ticker.C:
			if s.Beat() != nil {
				return
			}
		case <-r.Context().Done():
			return
		case <-d.Done:
			return
		}
	}
}

func (d *door) sendState(r *http.Request, s *edge.Stream) error {
	d.resetting.RLock()
	v, err := d.wholeState(r)
	d.resetting.RUnlock()
	if err != nil {
		return err
	}
	return s.Send("state", 0, v)
}
