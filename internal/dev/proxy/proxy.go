// Package proxy serves a mini app's pages on the mini app's own origin during development. It forwards requests to the
// developer's server, or serves a plain folder.
//
// The proxy is transparent to the page: it forwards WebSockets and streams, and cookies and redirects stay on this
// origin. It removes headers that forbid framing, because the simulator shows the page in a frame instead of a WebView;
// the journal records each removal. To a document that a browser opens it adds one script: page.js tells the simulator
// what a native shell would see of its WebView, and script.js leads what the page's code loads from GoPay's address to
// Selasar's gp-container.min.js. In the document itself, package document changes that address. The paths below
// /.selasar/ are the proxy's own.
package proxy

import (
	"errors"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/selasar/selasar/internal/dev/webview"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
)

// Config configures a proxy.
type Config struct {
	Target  *url.URL      // scheme and host of the developer's server; nil serves Folder, or what Find finds
	Folder  string        // the folder to serve without a Target
	Hidden  []string      // folders and files below Folder that are not served; dot files never are
	Command string        // the command that starts the target, for messages; empty when the developer starts it
	Wait    time.Duration // how long a request waits for the first start of a Command's target; default 30 s

	// Find returns the server of a Command that chooses its own address, once it is known. May be nil.
	Find func() (Server, bool)
	// Lost is called when the server does not accept a connection, so that it is found again when it has moved. May be nil.
	Lost func()
	// Late reports whether the Command has had enough time to start. Requests then do not wait for it. May be nil.
	Late func() bool
	// Ended reports whether the Command has ended, and how. May be nil.
	Ended func() (how event.Command, ended bool)
	// Report records a journal entry. May be nil.
	Report func(journal.Entry)

	App      string // identifies the mini app, so that nothing of another one on this port reaches it
	HostPort string // the port of the simulator

	View func() webview.View // the WebView that shows the pages; nil: pages have what the browser has
	Link *webview.Link       // what the browser's requests cross; nil: they are neither delayed nor lost
}

// Proxy is the HTTP handler of a mini app's origin.
type Proxy struct {
	config    Config
	handler   http.Handler
	close     func()
	door      *door
	transport http.RoundTripper

	documents atomic.Int64 // served to the simulator's frame

	mu      sync.Mutex
	noted   map[string]bool // keys of the entries that were recorded
	wasDown bool
}

// New returns a proxy. The caller must call Close.
func New(config Config) (*Proxy, error) {
	if config.Wait == 0 {
		config.Wait = 30 * time.Second
	}
	p := &Proxy{config: config, noted: map[string]bool{}, close: func() {}}
	if config.Target == nil && config.Find == nil {
		folder, err := openFolder(config.Folder, config.Hidden)
		if err != nil {
			return nil, err
		}
		p.handler, p.close = folder, folder.close
		return p, nil
	}
	if t := config.Target; t != nil && (t.Host == "" || (t.Scheme != "http" && t.Scheme != "https")) {
		return nil, errors.New("the target is not an http or https URL: " + config.Target.Redacted())
	}
	p.door = newDoor(config)
	transport := p.door.transport()
	p.transport, p.handler = transport, p.reverse(transport)
	p.close = transport.CloseIdleConnections
	return p, nil
}

// Close closes the folder or the idle connections. Running requests continue.
func (p *Proxy) Close() { p.close() }

// passedHeader marks a forwarded request, so that the proxy detects a target that is the proxy itself.
const passedHeader = "Selasar-Passed"

func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get(passedHeader) != "" {
		http.Error(w, "the mini app's URL leads back to Selasar itself; dev.url must name the mini app's own server", http.StatusLoopDetected)
		return
	}
	switch {
	case p.serveOwn(w, r):
	case p.config.Link != nil:
		p.config.Link.Handler(http.HandlerFunc(p.servePage), p.lost).ServeHTTP(w, r)
	default:
		p.servePage(w, r)
	}
}

// servePage serves a request of the mini app's page.
func (p *Proxy) servePage(w http.ResponseWriter, r *http.Request) {
	p.view().SetHeaders(r)
	if inFrame(r) {
		p.serveFrame(w, r)
		return
	}
	p.serveDocument(w, r, nil)
}

func (p *Proxy) view() (v webview.View) {
	if p.config.View != nil {
		v = p.config.View()
	}
	return v
}

func (p *Proxy) lost(r *http.Request) {
	if p.config.Report != nil {
		p.config.Report(event.PageLost.Entry(event.Scope{}, event.LostRequest{Method: r.Method, Path: r.URL.EscapedPath()}))
	}
}

// toServer waits until the server is known and forwards a request to it.
func (p *Proxy) toServer(forward http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		server, err := p.door.await(r.Context())
		if err != nil {
			p.failed(w, r, err)
			return
		}
		forward.ServeHTTP(w, withServer(r, server))
	})
}

func (p *Proxy) failed(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		w.WriteHeader(http.StatusBadGateway) // the page has closed the request
		return
	}
	p.unreachable(w, r, err)
}

func (p *Proxy) reverse(transport http.RoundTripper) http.Handler {
	return p.toServer(&httputil.ReverseProxy{
		Transport:     transport,
		FlushInterval: -1, // forward streams without buffering
		Rewrite: func(r *httputil.ProxyRequest) {
			toTarget(r, serverOf(r.In.Context()).Origin)
			r.Out.Header.Set(passedHeader, "1")
		},
		ModifyResponse: func(r *http.Response) error {
			p.reached()
			r.Header.Del("Origin-Agent-Cluster") // an origin has one answer, the platform's
			p.toPage(r)
			noteCookies(r.Header, r.Request)
			return nil
		},
		ErrorHandler: p.failed,
		ErrorLog:     discardLog,
	})
}

// note records an entry once per key.
func (p *Proxy) note(key string, entry journal.Entry) {
	p.mu.Lock()
	first := !p.noted[key] && len(p.noted) < maxNotes
	if first {
		p.noted[key] = true
	}
	p.mu.Unlock()
	if first && p.config.Report != nil {
		p.config.Report(entry)
	}
}

// maxNotes limits the remembered keys, because a page may request endless paths.
const maxNotes = 1000

// asksForPage reports whether a request is a navigation, and not a load by a page.
func asksForPage(r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Dest") {
	case "document", "iframe", "frame":
		return true
	case "":
		return strings.Contains(r.Header.Get("Accept"), "text/html")
	}
	return false
}
