package proxy

import (
	"crypto/rand"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/dev/document"
)

// A document that a browser opens gets Selasar's own script (page.js) before everything else. In HTML that a page only
// reads, with fetch or into a service worker's cache, no more than the references to GoPay's script are changed.

// navigations are the kinds of request by which a browser opens a document.
var navigations = []string{"document", "iframe", "frame", "embed", "object"}

// navigates reports whether a browser opens a document with a request. Browsers name the kind of a request only to
// servers on this machine and by https; the others are known by what a browser accepts.
func navigates(r *http.Request) bool {
	if kind := r.Header.Get("Sec-Fetch-Dest"); kind != "" {
		return slices.Contains(navigations, kind)
	}
	return strings.Contains(r.Header.Get("Accept"), "text/html") && strings.HasPrefix(r.UserAgent(), "Mozilla/")
}

// conditional are the headers by which a browser asks for a document only if it has changed, or for a part of it. The
// browser would put the headers of the answer beside the body of an earlier one, whose nonce is another.
var conditional = []string{"If-None-Match", "If-Modified-Since", "If-Range", "If-Match", "If-Unmodified-Since", "Range"}

// serveDocument serves a request whose answer may be a document. answered is called with the status; it may be nil.
func (p *Proxy) serveDocument(w http.ResponseWriter, r *http.Request, answered func(status int)) {
	opens := navigates(r)
	if opens {
		r.Header.Set("Accept-Encoding", "identity") // so that the document can be read
		for _, name := range conditional {
			r.Header.Del(name)
		}
	}
	d := &documentWriter{ResponseWriter: w, proxy: p, request: r, opens: opens, answered: answered, path: r.URL.EscapedPath()}
	whole := false
	defer func() { d.finish(whole) }()
	p.handler.ServeHTTP(d, r)
	whole = true
}

// documentKind returns how an answer is read as a document: charset is that of its Content-Type.
func documentKind(h http.Header) (charset string, xml, ok bool) {
	kind, parameters, _ := mime.ParseMediaType(h.Get("Content-Type"))
	return parameters["charset"], kind == "application/xhtml+xml", kind == "text/html" || kind == "application/xhtml+xml"
}

// rewriter returns the rewriter of the document that a request asks for.
func (p *Proxy) rewriter(r *http.Request, opens, xml bool) *document.Rewriter {
	c := document.Config{Script: p.scriptURL(r), XML: xml, URL: &url.URL{Scheme: "http", Host: r.Host, Path: r.URL.Path}}
	if r.TLS != nil {
		c.URL.Scheme = "https"
	}
	if opens {
		c.First, c.Nonce = pagePath, rand.Text()
	}
	return document.New(c)
}

// scriptURL returns the address of Selasar's gp-container.min.js. It stands beside the simulator and not on the page's
// own origin: so the page's policy says the same about it as about GoPay's address.
func (p *Proxy) scriptURL(r *http.Request) string {
	host := nameOf(r.Host)
	if p.config.HostPort != "" {
		host = net.JoinHostPort(host, p.config.HostPort)
	}
	scheme, _, _ := strings.Cut(originOf(r), ":")
	return scheme + "://" + host + "/sdk/stable/gp-container.min.js"
}
