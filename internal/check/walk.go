package check

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/check/browser"
	"github.com/selasar/selasar/internal/journal"
)

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

// busyFor is how long a page that has loaded may be busy until the check goes on.
const busyFor = 5 * time.Second

// settle waits until the page is quiet. A page that never is gets a limited time.
func (c *checker) settle(ctx context.Context, v *visit) error {
	if _, err := await(ctx, c.Wait, v.complete); err != nil {
		return err
	}
	quiet, err := await(ctx, max(busyFor, 2*c.Settle), func() bool { return v.quiet(c.Settle) })
	c.report.Busy = c.report.Busy || !quiet
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
