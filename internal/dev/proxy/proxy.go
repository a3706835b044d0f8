// Package proxy serves a mini app's pages on the mini app's own origin while it is being developed: by passing requests
// on to the developer's server, or from a plain folder.
//
// The page must not notice: WebSockets and streams pass, cookies and redirects stay on this origin. Only what forbids
// framing is taken away, because the simulator shows the page in a frame where a phone has a WebView; the journal says so.
package proxy

import (
	"errors"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/journal"
)

// Config says what is served.
type Config struct {
	Target  *url.URL      // scheme and host of the server to pass requests on to; nil: Folder is served
	Folder  string        // the folder to serve when there is no Target
	Hidden  []string      // folders and files below Folder that are never served, beside all that begin with a dot
	Command string        // what starts the target, for people; empty when somebody else starts it
	Wait    time.Duration // how long a request waits for a Command's target that has not been up yet; default 30 s

	// Ended says that the Command has ended, how, and its last lines of output. May be nil.
	Ended func() (message string, last []string, ended bool)
	// Report takes what the journal should know. May be nil.
	Report func(journal.Entry)
}

// Proxy is the handler of a mini app's origin.
type Proxy struct {
	config  Config
	handler http.Handler
	close   func()
	door    *door

	mu      sync.Mutex
	noted   map[string]bool // what the journal has been told
	wasDown bool
}

// New makes the handler. Close releases what it holds.
func New(config Config) (*Proxy, error) {
	if config.Wait == 0 {
		config.Wait = 30 * time.Second
	}
	p := &Proxy{config: config, noted: map[string]bool{}, close: func() {}}
	if config.Target == nil {
		folder, err := openFolder(config.Folder, config.Hidden)
		if err != nil {
			return nil, err
		}
		p.handler, p.close = folder, folder.close
		return p, nil
	}
	if config.Target.Host == "" || (config.Target.Scheme != "http" && config.Target.Scheme != "https") {
		return nil, errors.New("the target is not an http or https URL: " + config.Target.Redacted())
	}
	p.door = newDoor(config)
	transport := p.door.transport()
	p.handler = p.reverse(transport)
	p.close = transport.CloseIdleConnections
	return p, nil
}

// Close releases the folder or the idle connections. Requests that are under way go on.
func (p *Proxy) Close() { p.close() }

// passed marks what has been through a proxy of this kind once, so that a target that is this proxy is found out.
const passed = "Selasar-Passed"

func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get(passed) != "" {
		http.Error(w, "the mini app's URL leads back to Selasar itself; dev.url must name the mini app's own server", http.StatusLoopDetected)
		return
	}
	p.handler.ServeHTTP(w, r)
}

func (p *Proxy) reverse(transport http.RoundTripper) http.Handler {
	target := p.config.Target
	return &httputil.ReverseProxy{
		Transport:     transport,
		FlushInterval: -1, // a stream reaches the page as it comes
		Rewrite: func(r *httputil.ProxyRequest) {
			toTarget(r, target)
			r.Out.Header.Set(passed, "1")
		},
		ModifyResponse: func(r *http.Response) error {
			p.reached()
			p.toPage(r)
			return nil
		},
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			if r.Context().Err() != nil {
				w.WriteHeader(http.StatusBadGateway) // nobody reads it: the page is gone
				return
			}
			p.unreachable(w, r, err)
		},
		ErrorLog: quiet,
	}
}

// note tells the journal once for a key.
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

// maxNotes bounds what is remembered of a page that makes up endless paths.
const maxNotes = 1000

// asksForPage tells a navigation from what a page loads by itself.
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
