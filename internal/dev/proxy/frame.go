package proxy

import (
	"bytes"
	"crypto/rand"
	"net/http"
	"strings"
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
// status and a slow answer. HTML gets the script that tells the simulator what a native
// shell would see of its WebView.
func (p *Proxy) serveFrame(w http.ResponseWriter, r *http.Request) {
	p.documents.Add(1)
	r.Header.Set("Accept-Encoding", "identity") // so that the script can be added
	path := r.URL.EscapedPath()
	slow := time.AfterFunc(slowAfter, func() {
		if p.door == nil || p.door.opened.Load() {
			p.trouble(event.PageProblem{Reason: event.PageSlow, Path: path, Seconds: int(slowAfter / time.Second)})
		}
	})
	f := &frameWriter{ResponseWriter: w, request: r}
	f.answered = func(status int) {
		slow.Stop()
		if status >= http.StatusBadRequest && w.Header().Get(unreachableHeader) == "" {
			p.trouble(event.PageProblem{Reason: event.PageStatus, Path: path, Status: status})
		}
	}
	defer slow.Stop()
	p.handler.ServeHTTP(f, r)
}

func (p *Proxy) trouble(data event.PageProblem) {
	if p.config.Report != nil {
		p.config.Report(event.PageTrouble.Entry(event.Scope{}, data))
	}
}

// frameWriter adds the script to an HTML document.
type frameWriter struct {
	http.ResponseWriter
	request  *http.Request
	answered func(status int)
	began    bool
	tag      string // to be added to the first bytes; empty when there is nothing to add
}

// Unwrap lets the reverse proxy flush.
func (f *frameWriter) Unwrap() http.ResponseWriter { return f.ResponseWriter }

func (f *frameWriter) WriteHeader(status int) {
	if status >= 200 && !f.began {
		f.began = true
		f.answered(status)
		h := f.Header()
		kind, _, _ := strings.Cut(h.Get("Content-Type"), ";")
		if strings.EqualFold(strings.TrimSpace(kind), "text/html") && h.Get("Content-Encoding") == "" && status != http.StatusNotModified && status != http.StatusNoContent {
			nonce := rand.Text()
			f.tag = `<script src="` + pagePath + `" nonce="` + nonce + `"></script>`
			allowScript(h, originOf(f.request)+pagePath, nonce)
			h.Del("Content-Length")
		}
	}
	f.ResponseWriter.WriteHeader(status)
}

func (f *frameWriter) Write(data []byte) (int, error) {
	if !f.began {
		f.WriteHeader(http.StatusOK)
	}
	if f.tag == "" || len(data) == 0 {
		return f.ResponseWriter.Write(data)
	}
	head := doctype(data)
	tag := f.tag
	f.tag = ""
	for _, part := range [][]byte{data[:head], []byte(tag), data[head:]} {
		if _, err := f.ResponseWriter.Write(part); err != nil {
			return 0, err
		}
	}
	return len(data), nil
}

// doctype returns the length of the document type at the beginning of HTML: without it
// before the first tag, the browser would lay the page out in quirks mode.
func doctype(data []byte) int {
	rest := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n\f")
	const mark = "<!doctype"
	if len(rest) < len(mark) || !strings.EqualFold(string(rest[:len(mark)]), mark) {
		return 0
	}
	end := bytes.IndexByte(rest, '>')
	if end < 0 {
		return 0
	}
	return len(data) - len(rest) + end + 1
}

// allowScript adds the script to the policies that restrict scripts. A policy with nonces
// or hashes gets a nonce; another one gets the script's URL, because a nonce would switch
// its 'unsafe-inline' off.
func allowScript(h http.Header, url, nonce string) {
	for i, header := range h["Content-Security-Policy"] {
		policies := strings.Split(header, ",")
		for j, policy := range policies {
			policies[j] = withScript(policy, url, nonce)
		}
		h["Content-Security-Policy"][i] = strings.Join(policies, ", ")
	}
}

func withScript(policy, url, nonce string) string {
	directives := strings.Split(policy, ";")
	for _, name := range []string{"script-src-elem", "script-src", "default-src"} {
		for i, directive := range directives {
			words := strings.Fields(directive)
			if len(words) == 0 || !strings.EqualFold(words[0], name) {
				continue
			}
			sources := strings.Join(words[1:], " ")
			if strings.EqualFold(sources, "'none'") {
				sources = ""
			}
			add := url
			if strings.Contains(sources, "'nonce-") || strings.Contains(sources, "'sha") || strings.Contains(sources, "'strict-dynamic'") {
				add = "'nonce-" + nonce + "'"
			}
			if name == "default-src" { // only scripts get more
				return strings.Join(append(directives, " script-src "+strings.TrimSpace(sources+" "+add)), ";")
			}
			directives[i] = " " + name + " " + strings.TrimSpace(sources+" "+add)
			return strings.Join(directives, ";")
		}
	}
	return policy
}
