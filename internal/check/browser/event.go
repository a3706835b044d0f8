package browser

import (
	"cmp"
	"context"
	"encoding/json"
)

// thrown is an exception in the protocol's form.
type thrown struct {
	Text             string `json:"text"`
	ExecutionContext int    `json:"executionContextId"`
	Exception        *struct {
		Description string          `json:"description"`
		Value       json.RawMessage `json:"value"`
	} `json:"exception"`
}

// text is the exception with its stack, or what was thrown instead of an error.
func (e thrown) text() string {
	if e.Exception == nil {
		return e.Text
	}
	return cmp.Or(e.Exception.Description, string(e.Exception.Value), e.Text)
}

// hear passes the events of the tab's sessions to the listener.
func (t *Tab) hear(ctx context.Context, m message) {
	switch m.Method {
	case "Target.attachedToTarget":
		t.attached(ctx, m.Params)
	case "Runtime.bindingCalled":
		var in struct {
			Name    string `json:"name"`
			Payload string `json:"payload"`
			Context int    `json:"executionContextId"`
		}
		if json.Unmarshal(m.Params, &in) == nil && in.Name == t.binding {
			t.listener.Message(Frame{m.Session, in.Context}, in.Payload)
		}
	case "Runtime.exceptionThrown":
		var in struct {
			Details thrown `json:"exceptionDetails"`
		}
		if json.Unmarshal(m.Params, &in) == nil {
			t.listener.Exception(Frame{m.Session, in.Details.ExecutionContext}, in.Details.text())
		}
	case "Network.requestWillBeSent", "Network.loadingFinished", "Network.loadingFailed":
		t.traffic(m)
	}
}

// attached prepares a frame of another process, a worker or a window. It waits for that.
func (t *Tab) attached(ctx context.Context, params json.RawMessage) {
	var in struct {
		Session string `json:"sessionId"`
		Target  struct {
			Type string `json:"type"`
		} `json:"targetInfo"`
	}
	if json.Unmarshal(params, &in) != nil {
		return
	}
	t.setups.Go(func() { // a command waits for its answer, which the caller of hear reads
		if in.Target.Type == "iframe" {
			_ = t.setUp(ctx, in.Session) // a frame that is gone again needs none
		}
		_ = t.conn.call(ctx, in.Session, "Runtime.runIfWaitingForDebugger", nil, nil)
	})
}

// traffic counts open requests. A stream of events never ends, so it does not count. The
// document of a frame may begin in the page's session and end in the frame's.
func (t *Tab) traffic(m message) {
	var in struct {
		ID      string `json:"requestId"`
		Type    string `json:"type"`
		Request struct {
			URL string `json:"url"`
		} `json:"request"`
	}
	if json.Unmarshal(m.Params, &in) != nil || in.Type == "EventSource" {
		return
	}
	url, open := t.requests[in.ID]
	switch begins := m.Method == "Network.requestWillBeSent"; {
	case begins && !open: // a redirect begins again
		t.requests[in.ID] = in.Request.URL
		t.listener.Traffic(in.Request.URL, 1)
	case !begins && open:
		delete(t.requests, in.ID)
		t.listener.Traffic(url, -1)
	}
}
