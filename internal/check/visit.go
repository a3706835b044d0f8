package check

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/check/browser"
	"github.com/selasar/selasar/internal/journal"
)

// binding is the function by which the observer reports.
const binding = "selasarCheckReport"

//go:embed page/observer.js
var observer string

// seenCall is a call of the page, as the observer reports it.
type seenCall struct {
	ID      int    `json:"id"`
	Dialect string `json:"dialect"`
	Method  string `json:"method"`
	Params  string `json:"params"`
	Stack   string `json:"stack"`
	Message string `json:"message"` // of a call that gpContainer refused itself

	refused bool
	nested  bool // from a frame in the page
	found   Way
}

// exception is an error that the page did not catch.
type exception struct {
	text  string // with its stack
	found Way
}

// visit is one opening of the mini app, with everything that was seen.
type visit struct {
	origin string // of the mini app

	mu        sync.Mutex
	phase     Way
	frames    map[browser.Frame]bool // the documents of the mini app; true for one in a frame of its own page
	current   browser.Frame          // the page's document
	documents int
	loaded    bool
	open      map[string]bool // calls without an answer
	traffic   int
	last      time.Time // of anything that happened

	calls   []seenCall
	thrown  []exception
	text    []string // what the page shows at the end, by lines
	entries []journal.Entry
}

func newVisit(origin string) *visit {
	return &visit{origin: origin, phase: AtLoad, frames: map[browser.Frame]bool{}, open: map[string]bool{}, last: time.Now()}
}

// Message receives a report of the observer.
func (v *visit) Message(f browser.Frame, payload string) {
	var in struct {
		Type   string `json:"type"`
		Nested bool   `json:"nested"`
		seenCall
	}
	if json.Unmarshal([]byte(payload), &in) != nil {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.last = time.Now()
	nested, known := v.frames[f]
	if in.Type != "document" && !known {
		return
	}
	call := in.seenCall
	key := fmt.Sprint(f, call.ID)
	call.found, call.nested = v.phase, nested
	switch in.Type {
	case "document":
		v.frames[f] = in.Nested
		if !in.Nested {
			v.current, v.loaded = f, false
			v.documents++
			clear(v.open) // the calls of the document before are gone
		}
	case "loaded":
		v.loaded = v.loaded || f == v.current
	case "call":
		v.calls = append(v.calls, call)
		v.open[key] = true
	case "answer":
		delete(v.open, key)
	case "refused":
		call.refused = true
		v.calls = append(v.calls, call)
	}
}

// Exception receives an error that nobody caught. A repeated one counts once.
func (v *visit) Exception(f browser.Frame, text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	_, ours := v.frames[f]
	again := slices.ContainsFunc(v.thrown, func(e exception) bool { return e.text == text })
	if ours && !again { // a listener may throw at each of a thousand events
		v.thrown = append(v.thrown, exception{text, v.phase})
		v.last = time.Now()
	}
}

// Traffic counts the page's open requests.
func (v *visit) Traffic(url string, change int) {
	if !strings.HasPrefix(url, v.origin+"/") {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.traffic += change
	v.last = time.Now()
}

// quiet reports whether the page has loaded, and nothing happened for a time.
func (v *visit) quiet(during time.Duration) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.loaded && len(v.open) == 0 && v.traffic <= 0 && time.Since(v.last) >= during
}

// complete reports whether the page has loaded.
func (v *visit) complete() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.loaded
}

func (v *visit) frame() (f browser.Frame, ok bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.current, v.documents > 0
}

func (v *visit) enter(w Way) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.phase, v.last = w, time.Now()
}

// glance is how often a condition of the page is looked at.
const glance = 20 * time.Millisecond

// await waits until a condition holds. It reports whether it did within a limit.
func await(ctx context.Context, limit time.Duration, done func() bool) (bool, error) {
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	for !done() {
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-deadline.C:
			return false, nil
		case <-time.After(glance):
		}
	}
	return true, nil
}
