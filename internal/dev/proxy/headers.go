package proxy

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"

	"github.com/selasar/selasar/internal/journal"
)

// toTarget prepares a request of the page for the target.
//
// A server on this machine gets the Host that the browser sent: then its own checks of Origin against Host, its absolute
// links and its hot-reload socket all fit the page's origin. A server elsewhere is found by its name, so it gets its own.
func toTarget(r *httputil.ProxyRequest, target *url.URL) {
	origin := originOf(r.In)
	r.SetURL(&url.URL{Scheme: target.Scheme, Host: target.Host})
	r.Out.URL.RawQuery = r.In.URL.RawQuery // as it is: the target may read what Go's parser would drop
	r.SetXForwarded()
	if Loopback(target.Hostname()) {
		r.Out.Host = r.In.Host
		return
	}
	for _, name := range []string{"Origin", "Referer"} {
		if rest, ok := strings.CutPrefix(r.Out.Header.Get(name), origin); ok && (rest == "" || rest[0] == '/') {
			r.Out.Header.Set(name, target.Scheme+"://"+target.Host+rest)
		}
	}
}

func originOf(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// Loopback says whether a host without its port is this machine alone.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// toPage prepares the target's answer for the page: redirects and cookies stay on the page's origin, and nothing forbids
// the frame.
func (p *Proxy) toPage(r *http.Response) {
	if location := r.Header.Get("Location"); location != "" {
		r.Header.Set("Location", p.here(location))
	}
	lifted := liftFraming(r.Header)
	if r.Request.Header.Get("X-Forwarded-Proto") != "https" {
		lifted = append(lifted, liftSecure(r.Header)...)
	} else {
		keepCookiesHere(r.Header)
	}
	if len(lifted) == 0 {
		return
	}
	path := r.Request.URL.EscapedPath()
	p.note(path+"\n"+strings.Join(lifted, "\n"), journal.Entry{
		Kind: journal.Page, Outcome: journal.Info,
		Title:   "headers lifted on " + path,
		Message: "the page's server sends headers that would keep it out of this frame: " + strings.Join(lifted, "; "),
		Next:    "nothing to do here; a WebView is no frame and does not ask for them",
		Detail:  journal.Detail(map[string]any{"path": path, "lifted": lifted}),
	})
}

// here turns a redirect to the target into one to the same place on the page's origin.
func (p *Proxy) here(location string) string {
	u, err := url.Parse(location)
	if err != nil || u.Host == "" {
		return location
	}
	target := p.config.Target
	same := strings.EqualFold(u.Host, target.Host) ||
		(Loopback(u.Hostname()) && Loopback(target.Hostname()) && u.Port() == target.Port())
	if !same || (u.Scheme != "" && u.Scheme != target.Scheme) {
		return location
	}
	u.Scheme, u.Host, u.User = "", "", nil
	if u.Path == "" {
		u.Path = "/"
	}
	// A path that begins with two slashes would name a host again.
	if strings.HasPrefix(u.Path, "//") {
		return "/." + u.String()
	}
	return u.String()
}

// liftFraming removes what forbids framing and says what that was.
func liftFraming(h http.Header) (lifted []string) {
	for _, value := range h.Values("X-Frame-Options") {
		lifted = append(lifted, "X-Frame-Options: "+value)
	}
	h.Del("X-Frame-Options")
	policies := h.Values("Content-Security-Policy")
	h.Del("Content-Security-Policy")
	for _, header := range policies {
		var kept []string
		for _, policy := range strings.Split(header, ",") {
			policy, gone := withoutAncestors(policy)
			lifted = append(lifted, gone...)
			if policy != "" {
				kept = append(kept, policy)
			}
		}
		if len(kept) > 0 {
			h.Add("Content-Security-Policy", strings.Join(kept, ", "))
		}
	}
	return lifted
}

func withoutAncestors(policy string) (rest string, gone []string) {
	var kept []string
	for _, directive := range strings.Split(policy, ";") {
		directive = strings.TrimSpace(directive)
		words := strings.Fields(directive)
		switch {
		case len(words) == 0:
		case strings.EqualFold(words[0], "frame-ancestors"):
			gone = append(gone, "Content-Security-Policy: "+directive)
		default:
			kept = append(kept, directive)
		}
	}
	return strings.Join(kept, "; "), gone
}

// keepCookiesHere drops the domain of cookies: it is the target's, and the page's origin is another host.
func keepCookiesHere(h http.Header) {
	for i, line := range h["Set-Cookie"] {
		h["Set-Cookie"][i] = editCookie(line, func(name string) bool { return name != "domain" })
	}
}

// liftSecure fits cookies to an origin without TLS: Secure goes, and with it SameSite=None, which needs it. A cookie whose
// name demands Secure stays as it is.
func liftSecure(h http.Header) (lifted []string) {
	keepCookiesHere(h)
	for i, line := range h["Set-Cookie"] {
		name, _, _ := strings.Cut(line, "=")
		name = strings.TrimSpace(name)
		lower := strings.ToLower(name)
		if strings.HasPrefix(lower, "__host-") || strings.HasPrefix(lower, "__secure-") || !hasAttribute(line, "secure") {
			continue
		}
		h["Set-Cookie"][i] = editCookie(line, func(name string) bool { return name != "secure" && name != "samesite=none" })
		lifted = append(lifted, fmt.Sprintf("Set-Cookie %s: Secure, as this origin is plain http", name))
	}
	return lifted
}

// editCookie keeps the attributes of a Set-Cookie line that keep accepts; it sees names, and SameSite with its value.
func editCookie(line string, keep func(attribute string) bool) string {
	parts := strings.Split(line, ";")
	kept := parts[:1]
	for _, part := range parts[1:] {
		if keep(attribute(part)) {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, ";")
}

func hasAttribute(line, name string) bool {
	for _, part := range strings.Split(line, ";")[1:] {
		if attribute(part) == name {
			return true
		}
	}
	return false
}

func attribute(part string) string {
	name, value, _ := strings.Cut(strings.ToLower(part), "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if name == "samesite" {
		return name + "=" + value
	}
	return name
}
