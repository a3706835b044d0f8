package check

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/check/browser"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
)

// binding is the function by which the observer reports.
const binding = "selasarCheckReport"

//go:embed observer.js
var observer string

// setting is how one visit finds the phone.
type setting struct {
	app        miniapp.App
	appVersion string
	consents   string
	payment    string
	variants   map[miniapp.VariantName]string
}

// device is the change of the simulated device.
func (s setting) device() map[string]any {
	change := map[string]any{}
	if s.appVersion != "" {
		change["app_version"] = s.appVersion
	}
	if len(s.variants) > 0 {
		readings := maps.Clone(s.app.Variants)
		if readings == nil {
			readings = map[miniapp.VariantName]string{}
		}
		maps.Copy(readings, s.variants)
		change["variants"] = readings
	}
	return change
}

// answer is the user's answer to a consent sheet.
func (s setting) answer() string {
	if s.consents == ConsentsDeclined {
		return "decline"
	}
	return "allow"
}

// seenCall is a call of the page, as the observer reports it.
type seenCall struct {
	ID      int    `json:"id"`
	Dialect string `json:"dialect"`
	Method  string `json:"method"`
	Params  string `json:"params"`
	Stack   string `json:"stack"`
	Message string `json:"message"` // of a call that gpContainer refused itself

	refused  bool
	nested   bool // from a frame in the page
	found    Way
	document int
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

// Exception receives an error that nobody caught.
func (v *visit) Exception(f browser.Frame, text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.last = time.Now()
	if _, ours := v.frames[f]; ours {
		v.thrown = append(v.thrown, exception{text, v.phase})
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

// openApp opens the mini app in the simulator, as soon as that shows its button.
const openApp = `new Promise((resolve) => {
  const open = () => {
    const app = document.querySelector(".home-app");
    app?.click();
    if (app) resolve(true);
    return Boolean(app);
  };
  if (!open()) new MutationObserver((_, o) => open() && o.disconnect()).observe(document, { childList: true, subtree: true });
})`

// shown are the lines of text of the page.
const shown = `(document.body?.innerText ?? "").slice(0, 100_000)`

// visit opens the mini app once and returns what happened.
func (c *checker) visit(ctx context.Context, s setting) (*visit, error) {
	if err := c.control.prepare(ctx, s); err != nil {
		return nil, err
	}
	v := newVisit(strings.TrimSuffix(c.urls.App, "/"))
	script := strings.NewReplacer("{{origin}}", v.origin, "{{binding}}", binding).Replace(observer)
	tab, err := c.browser.Open(ctx, script, binding, v)
	if err != nil {
		return nil, err
	}
	err = c.walk(ctx, tab, v)
	if err == nil {
		v.entries, err = c.control.journal(ctx)
	}
	return v, errors.Join(err, tab.Close(ctx))
}

// walk opens the mini app, waits for its page, and runs the developer's script.
func (c *checker) walk(ctx context.Context, tab *browser.Tab, v *visit) error {
	if err := tab.Go(ctx, c.urls.Simulator); err != nil {
		return err
	}
	if err := tab.InPage(ctx, openApp, nil); err != nil {
		return fmt.Errorf("opening the mini app in the simulator: %w", err)
	}
	began, err := await(ctx, c.Wait, func() bool { _, ok := v.frame(); return ok })
	if err != nil {
		return err
	}
	if !began {
		return c.neverOpened(ctx)
	}
	if err := c.settle(ctx, v); err != nil {
		return err
	}
	v.enter(ByScript)
	for _, step := range c.steps {
		if err := c.take(ctx, tab, v, step); err != nil {
			return err
		}
		if err := c.settle(ctx, v); err != nil {
			return err
		}
	}
	f, _ := v.frame()
	var text string
	if err := tab.InFrame(ctx, f, shown, &text); err != nil {
		return fmt.Errorf("reading the page: %w", err)
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			v.text = append(v.text, line)
		}
	}
	return nil
}

// settle waits until the page is quiet. A page that never is gets a limited time.
func (c *checker) settle(ctx context.Context, v *visit) error {
	_, err := await(ctx, c.Wait, func() bool { return v.quiet(c.Settle) })
	return err
}

// neverOpened says why the page did not open, as far as the journal knows it.
func (c *checker) neverOpened(ctx context.Context) error {
	why := "the page's document did not come"
	entries, err := c.control.journal(ctx)
	for _, e := range entries {
		if e.Kind == journal.Page && e.Message != "" {
			why = e.Message
		}
	}
	return errors.Join(fmt.Errorf("the mini app did not open within %s: %s", c.Wait, why), err)
}
