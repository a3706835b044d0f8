package control

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// mostEntries is the largest number of entries in one response.
const mostEntries = 10_000

func (d *door) journal(w http.ResponseWriter, r *http.Request) {
	in, err := edge.Language(r)
	if err != nil {
		edge.WriteProblem(w, r, err)
		return
	}
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	if strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
		d.live(w, r, in, after)
		return
	}
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil || limit < 1 || limit > mostEntries {
		limit = mostEntries
	}
	list, last, _ := d.Journal.Since(after, limit)
	cursor := r.URL.Query().Get("cursor")
	if cursor != "" {
		if list, err = d.earlier(r.Context(), cursor, min(limit, mostEarlier)); err != nil {
			edge.WriteProblem(w, r, err)
			return
		}
	}
	answer := edge.Paged("entries", inLanguage(list, in), oldestOf(list, after))
	answer["last"] = last
	edge.WriteJSON(w, http.StatusOK, answer)
}

// mostEarlier is the largest number of entries in a page of earlier ones.
const mostEarlier = 1000

// earlier returns the newest entries before a cursor. Memory serves them while it has
// them, in commit order and including unsaved entries. The database serves older ones,
// which have no seq.
func (d *door) earlier(ctx context.Context, cursor string, limit int) ([]journal.Entry, error) {
	if len(cursor) > edge.MaxCursor || !edge.Storable(cursor) {
		return nil, problem.New(problem.BadRequest, "the journal has not returned this cursor; leave it out to begin at the newest entries")
	}
	if list := d.Journal.Before(cursor, limit); len(list) > 0 {
		return list, nil
	}
	return d.Earlier(ctx, store.Page{Cursor: cursor, Limit: limit})
}

// oldestOf returns the cursor of the entries before a page; empty after the oldest one.
func oldestOf(list []journal.Entry, after int64) string {
	if len(list) == 0 || after > 0 {
		return ""
	}
	return list[0].ID
}

// inLanguage returns entries with their texts in a language.
func inLanguage(list []journal.Entry, l language.Language) []journal.Entry {
	in := make([]journal.Entry, len(list))
	for i, e := range list {
		in[i] = event.Render(e, l)
	}
	return in
}

// live streams the state, then the journal's entries as they arrive, and what changed of
// the state after each change.
func (d *door) live(w http.ResponseWriter, r *http.Request, in language.Language, after int64) {
	if id, err := strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64); err == nil {
		after = id
	}
	if _, last, _ := d.Journal.Since(after, 1); after > last {
		after = 0 // the id belongs to an earlier run of the platform
	}
	s := edge.NewStream(w)
	ticker := time.NewTicker(edge.Beat)
	defer ticker.Stop()
	changed := d.Simulator.Watch()
	revision := r.URL.Query().Get("since")
	if d.sendState(r, s, &revision) != nil {
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
			if d.sendState(r, s, &revision) != nil {
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

// sendState sends what changed since the reader's revision, and moves that on.
func (d *door) sendState(r *http.Request, s *edge.Stream, revision *string) error {
	d.resetting.RLock()
	state, err := d.stateSince(r, *revision)
	d.resetting.RUnlock()
	if err != nil {
		return err
	}
	if err := json.Unmarshal(state["revision"], revision); err != nil {
		return err
	}
	return s.Send("state", 0, state)
}
