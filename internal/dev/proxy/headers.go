package proxy

import (
	"fmt"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"

	"github.com/selasar/selasar/internal/hostname"
	"github.com/selasar/selasar/internal/journal/event"
)

// toTarget prepares a request of the page for the target.
//
// The target receives the Host, Origin and Referer that it would receive without the proxy. So its checks of Origin
// against Host hold, also those of its hot-reload socket. No X-Forwarded header contradicts them.
func toTarget(r *httputil.ProxyRequest, target *url.URL) {
	origin := originOf(r.In)
	r.SetURL(&url.URL{Scheme: target.Scheme, Host: target.Host})
	r.Out.Host = ""                        // that of the URL
	r.Out.URL.RawQuery = r.In.URL.RawQuery // unchanged: the target may accept a query that Go's parser drops
	for _, name := range []string{"Origin", "Referer"} {
		if rest, ok := strings.CutPrefix(r.Out.Header.Get(name), origin); ok && (rest == "" || rest[0] == '/') {
			r.Out.Header.Set(name, target.Scheme+"://"+target.Host+rest)
		}
	}
	if mayHaveLinks(r.In) {
		r.Out.Header.Set("Accept-Encoding", "identity") // see keepLinksHere
	}
}

func originOf(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// toPage prepares the target's answer for the page. Redirects and cookies stay on the page's origin, and headers that
// forbid framing are removed.
func (p *Proxy) toPage(r *http.Response) {
	server, page := serverOf(r.Request.Context()), pageOf(r.Request.Context())
	if location := r.Header.Get("Location"); location != "" {
		r.Header.Set("Location", here(server.Origin, location))
	}
	p.decode(r)
	keepLinksHere(r, server.Origin, page)
	lifted := liftFraming(r.Header)
	if !strings.HasPrefix(page, "https:") {
		lifted = append(lifted, liftSecure(r.Header)...)
	} else {
		keepCookiesHere(r.Header)
	}
	if len(lifted) == 0 {
		return
	}
	path := r.Request.URL.EscapedPath()
	p.note(path+"\n"+strings.Join(lifted, "\n"), event.HeadersLifted.Entry(event.Scope{}, event.Lifted{Path: path, Lifted: lifted}))
}

// here rewrites a redirect to the target as a redirect to the same path on the page's origin.
func here(target *url.URL, location string) string {
	u, err := url.Parse(location)
	if err != nil || u.Host == "" {
		return location
	}
	same := strings.EqualFold(u.Host, target.Host) ||
		(hostname.Loopback(u.Hostname()) && hostname.Loopback(target.Hostname()) && u.Port() == target.Port())
	if !same || (u.Scheme != "" && u.Scheme != target.Scheme) {
		return location
	}
	u.Scheme, u.Host, u.User = "", "", nil
	if u.Path == "" {
		u.Path = "/"
	}
	// A location that begins with two slashes would name a host.
	if strings.HasPrefix(u.Path, "//") {
		return "/." + u.String()
	}
	return u.String()
}

// liftFraming removes the headers that forbid framing and returns a description of each.
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

// keepCookiesHere drops the Domain of cookies, because the page's origin is another host than the target.
func keepCookiesHere(h http.Header) {
	for i, line := range h["Set-Cookie"] {
		h["Set-Cookie"][i] = editCookie(line, func(name string) bool { return name != "domain" })
	}
}

// liftSecure removes Secure from cookies, because the origin has no TLS and WebKit refuses them. It also removes
// SameSite=None and Partitioned, which require Secure. A cookie whose name prefix requires Secure stays unchanged.
func liftSecure(h http.Header) (lifted []string) {
	keepCookiesHere(h)
	for i, line := range h["Set-Cookie"] {
		name, _, _ := strings.Cut(line, "=")
		name = strings.TrimSpace(name)
		lower := strings.ToLower(name)
		if strings.HasPrefix(lower, "__host-") || strings.HasPrefix(lower, "__secure-") || !hasAttribute(line, "secure") {
			continue
		}
		h["Set-Cookie"][i] = editCookie(line, func(name string) bool { return !needsTLS[name] })
		lifted = append(lifted, fmt.Sprintf("Set-Cookie %s: Secure, as this origin is plain http", name))
	}
	return lifted
}

// needsTLS are the attributes that browsers accept only together: a cookie that keeps some of them is dropped.
var needsTLS = map[string]bool{"secure": true, "samesite=none": true, "partitioned": true}

// editCookie returns a Set-Cookie line with only the attributes that keep accepts. keep receives the attribute's name,
// and for SameSite also its value.
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
