package proxy

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/selasar/selasar/internal/dev/document"
)

// The proxy's own paths on the mini app's origin. No service worker of a mini app answers
// the simulator's requests to them, because the simulator is another origin.
const (
	ownPaths = "/.selasar/"
	pagePath = ownPaths + "page.js"
	// openPath prepares the origin for a launch: it clears what another mini app left, and
	// tells how many documents the proxy has served to the frame.
	openPath = ownPaths + "open"
)

//go:embed page.js
var pageScript string

//go:embed script.js
var leadingScript string

// serveOwn serves the proxy's own paths; it reports whether the path was one of them.
func (p *Proxy) serveOwn(w http.ResponseWriter, r *http.Request) bool {
	switch r.URL.Path {
	case pagePath:
		h := w.Header()
		h.Set("Content-Type", "text/javascript; charset=utf-8")
		h.Set("Cache-Control", "no-cache")
		h.Set("X-Content-Type-Options", "nosniff")
		_, _ = p.scriptValues(r).WriteString(w, leadingScript)
		// The script does nothing outside the simulator's frame and the windows that the simulator opens for a page.
		_, _ = io.WriteString(w, p.view().Script(r.Header.Get("User-Agent"), p.config.HostPort))
		_, _ = strings.NewReplacer("{{host}}", p.config.HostPort, "{{own}}", ownPrefix(r)).WriteString(w, pageScript)
	case openPath:
		p.serveOpen(w, r)
	default:
		return false
	}
	return true
}

// scriptValues are what the script that leads to Selasar's gp-container.min.js has to know.
func (p *Proxy) scriptValues(r *http.Request) *strings.Replacer {
	var pairs []string
	for name, value := range map[string]string{
		"pattern": document.Pattern, "host": document.Host, "script": p.scriptURL(r), "policy": document.TrustedPolicy,
	} {
		text, err := json.Marshal(value)
		if err != nil {
			panic(err) // a string is always valid
		}
		pairs = append(pairs, `"{{`+name+`}}"`, string(text))
	}
	return strings.NewReplacer(pairs...)
}

// serveOpen answers the simulator before it inserts the frame. A browser keeps storage,
// service workers and cookies by port, so the mini app that ran here before could answer
// for this one. The answer never clears all cookies: those of the developer's other
// projects have the same host name.
func (p *Proxy) serveOpen(w http.ResponseWriter, r *http.Request) {
	origin := r.Header.Get("Origin")
	from, err := url.Parse(origin)
	if err != nil || from.Hostname() != nameOf(r.Host) || from.Port() != p.config.HostPort {
		http.Error(w, "only the simulator opens mini apps", http.StatusForbidden)
		return
	}
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Allow-Credentials", "true")
	h.Set("Vary", "Origin")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", "application/json")
	mark, app := "selasar-app-"+port(r), p.mark()
	before, err := r.Cookie(mark)
	cleared := err != nil || before.Value != app
	if cleared {
		h.Set("Clear-Site-Data", `"storage"`)
		expireOwn(w, r)
		h.Add("Set-Cookie", mark+"="+app+"; Path="+ownPaths+"; Max-Age=31536000; HttpOnly; SameSite=Lax")
	}
	_, _ = fmt.Fprintf(w, `{"cleared":%v,"documents":%d}`, cleared, p.documents.Load())
}

// mark identifies the mini app to the browser.
func (p *Proxy) mark() string {
	sum := sha256.Sum256([]byte(p.config.App))
	return hex.EncodeToString(sum[:8])
}

// ownPrefix begins the names of the cookies that name a mini app's cookies. Their value is
// the path of the cookie.
func ownPrefix(r *http.Request) string { return "selasar-own-" + port(r) + "-" }

// expireOwn expires the cookies that the mini app before has set.
func expireOwn(w http.ResponseWriter, r *http.Request) {
	prefix := ownPrefix(r)
	for _, c := range r.Cookies() {
		name, ok := strings.CutPrefix(c.Name, prefix)
		path, err := url.QueryUnescape(c.Value)
		if !ok || err != nil || strings.ContainsAny(path, ";\r\n") {
			continue
		}
		gone := name + "=; Path=" + path + "; Max-Age=0"
		if needsSecure(name) {
			gone += "; Secure"
		}
		w.Header().Add("Set-Cookie", gone)
		w.Header().Add("Set-Cookie", c.Name+"=; Path="+ownPaths+"; Max-Age=0")
	}
}

// noteCookies adds, for a browser, a cookie that names each cookie of an answer.
func noteCookies(h http.Header, r *http.Request) {
	page, err := url.Parse(pageOf(r.Context()))
	if r.Header.Get("Sec-Fetch-Site") == "" || err != nil {
		return
	}
	prefix := ownPrefix(&http.Request{Host: page.Host})
	for _, line := range h["Set-Cookie"] {
		name, _, ok := strings.Cut(line, "=")
		if name = strings.TrimSpace(name); !ok || name == "" || strings.HasPrefix(name, "selasar-") {
			continue
		}
		h.Add("Set-Cookie", prefix+name+"="+url.QueryEscape(pathOf(line, r))+"; Path="+ownPaths+"; Max-Age=31536000; SameSite=Lax")
	}
}

// pathOf returns the path of a Set-Cookie line, or the default path (RFC 6265, 5.1.4).
func pathOf(line string, r *http.Request) string {
	for _, part := range strings.Split(line, ";")[1:] {
		name, value, _ := strings.Cut(part, "=")
		if value = strings.TrimSpace(value); strings.EqualFold(strings.TrimSpace(name), "path") && strings.HasPrefix(value, "/") {
			return value
		}
	}
	if at := strings.LastIndex(r.URL.Path, "/"); at > 0 {
		return r.URL.Path[:at]
	}
	return "/"
}

// needsSecure reports whether browsers accept a cookie of this name only with Secure.
func needsSecure(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasPrefix(lower, "__host-") || strings.HasPrefix(lower, "__secure-")
}

func port(r *http.Request) string {
	if _, port, err := net.SplitHostPort(r.Host); err == nil {
		return port
	}
	return "80"
}

func nameOf(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return strings.Trim(name, "[]")
	}
	return strings.Trim(host, "[]")
}
