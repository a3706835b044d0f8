package proxy

import (
	"net/http"
	"time"

	"github.com/selasar/selasar/internal/journal/event"
)

// slowAfter is how long a document of the frame may take until the journal says so.
const slowAfter = 6 * time.Second

// inFrame reports whether a request is a navigation of the simulator's frame.
func inFrame(r *http.Request) bool {
	return r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Dest") == "iframe"
}

// serveFrame serves a document of the simulator's frame. The journal records an error
// status and a slow answer.
func (p *Proxy) serveFrame(w http.ResponseWriter, r *http.Request) {
	p.documents.Add(1)
	path := r.URL.EscapedPath()
	slow := time.AfterFunc(slowAfter, func() {
		if p.door == nil || p.door.opened.Load() {
			p.trouble(event.PageProblem{Reason: event.PageSlow, Path: path, Seconds: int(slowAfter / time.Second)})
		}
	})
	defer slow.Stop()
	p.serveDocument(w, r, func(status int) {
		slow.Stop()
		if status >= http.StatusBadRequest && w.Header().Get(unreachableHeader) == "" {
			p.trouble(event.PageProblem{Reason: event.PageStatus, Path: path, Status: status})
		}
	})
}

func (p *Proxy) trouble(data event.PageProblem) {
	if p.config.Report != nil {
		p.config.Report(event.PageTrouble.Entry(event.Scope{}, data))
	}
}
