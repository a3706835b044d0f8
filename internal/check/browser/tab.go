package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
)

// Frame is one document of a tab. A navigation makes a new one.
type Frame struct {
	session string
	context int // of its scripts
}

// NewFrame returns a frame by the protocol's names of its session and of its scripts'
// context. Tests use it.
func NewFrame(session string, context int) Frame { return Frame{session, context} }

// Listener receives what happens in a tab, in order. Its methods must not call the tab.
type Listener interface {
	// Message is a message of a script in a frame.
	Message(Frame, string)
	// Exception is an error that nobody in the frame caught, as the browser prints it.
	Exception(Frame, string)
	// Traffic is a request for a URL that begins (+1) or ends (-1).
	Traffic(url string, change int)
}

// Tab is a page in a browser context of its own: no cookie and no storage of another tab.
type Tab struct {
	conn     *conn
	script   string // runs in each document before its own scripts
	binding  string // the function by which a script sends messages
	listener Listener
	context  string
	session  string // of the page

	requests map[string]string // the URLs of open ones, by id
	setups   sync.WaitGroup
}

// Open opens a tab. The script runs first in each document; there, binding is a function
// that sends a text to the listener. Only one tab may be open at a time.
func (b *Browser) Open(ctx context.Context, script, binding string, l Listener) (*Tab, error) {
	t := &Tab{conn: b.conn, script: script, binding: binding, listener: l, requests: map[string]string{}}
	b.conn.listen(func(m message) { t.hear(ctx, m) })
	var made struct {
		BrowserContextID string `json:"browserContextId"`
	}
	if err := t.conn.call(ctx, "", "Target.createBrowserContext", map[string]any{"disposeOnDetach": true}, &made); err != nil {
		return nil, err
	}
	t.context = made.BrowserContextID
	var target struct {
		TargetID string `json:"targetId"`
	}
	if err := t.conn.call(ctx, "", "Target.createTarget", map[string]any{"url": "about:blank", "browserContextId": t.context}, &target); err != nil {
		return nil, errors.Join(err, t.Close(ctx))
	}
	var attached struct {
		SessionID string `json:"sessionId"`
	}
	err := t.conn.call(ctx, "", "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	if err == nil {
		t.session = attached.SessionID
		err = t.setUp(ctx, t.session)
	}
	if err != nil {
		return nil, errors.Join(err, t.Close(ctx))
	}
	return t, nil
}

// setUp prepares a page, or a frame that has its own process. Both need the same commands.
func (t *Tab) setUp(ctx context.Context, session string) error {
	for _, one := range []struct {
		method string
		params map[string]any
	}{
		{"Page.enable", nil},
		{"Runtime.enable", nil},
		{"Network.enable", nil},
		{"Runtime.addBinding", map[string]any{"name": t.binding}},
		{"Page.addScriptToEvaluateOnNewDocument", map[string]any{"source": t.script, "runImmediately": true}},
		{"Target.setAutoAttach", map[string]any{"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true}},
	} {
		if err := t.conn.call(ctx, session, one.method, one.params, nil); err != nil {
			return err
		}
	}
	return nil
}

// Go opens a URL in the page.
func (t *Tab) Go(ctx context.Context, url string) error {
	var out struct {
		ErrorText string `json:"errorText"`
	}
	if err := t.conn.call(ctx, t.session, "Page.navigate", map[string]any{"url": url}, &out); err != nil {
		return err
	}
	if out.ErrorText != "" {
		return fmt.Errorf("the browser cannot open %s: %s", url, out.ErrorText)
	}
	return nil
}

// InPage evaluates an expression in the page, as a press of the user would.
func (t *Tab) InPage(ctx context.Context, expression string, into any) error {
	return t.evaluate(ctx, t.session, map[string]any{"expression": expression}, into)
}

// InFrame evaluates an expression in a frame, as a press of the user would.
func (t *Tab) InFrame(ctx context.Context, f Frame, expression string, into any) error {
	return t.evaluate(ctx, f.session, map[string]any{"expression": expression, "contextId": f.context}, into)
}

func (t *Tab) evaluate(ctx context.Context, session string, params map[string]any, into any) error {
	params["returnByValue"], params["awaitPromise"], params["userGesture"] = true, true, true
	var out struct {
		Result struct {
			Value json.RawMessage `json:"value"`
		} `json:"result"`
		ExceptionDetails *thrown `json:"exceptionDetails"`
	}
	if err := t.conn.call(ctx, session, "Runtime.evaluate", params, &out); err != nil {
		return err
	}
	if out.ExceptionDetails != nil {
		return errors.New(out.ExceptionDetails.text())
	}
	if into == nil || len(out.Result.Value) == 0 {
		return nil
	}
	return json.Unmarshal(out.Result.Value, into)
}

// Close closes the page and forgets its cookies and storage.
func (t *Tab) Close(ctx context.Context) error {
	t.conn.listen(nil)
	t.setups.Wait()
	err := t.conn.call(context.WithoutCancel(ctx), "", "Target.disposeBrowserContext", map[string]any{"browserContextId": t.context}, nil)
	if errors.Is(err, errGone) {
		return nil
	}
	return err
}
