package httpapi

import (
	"net"
	"net/http"
	"strings"

	"github.com/selasar/selasar/internal/problem"
)

// inOneLine joins the lines of a header that comes more than once, which are
// one list (RFC 9110, 5.3): two signatures are then none, whichever of them
// would do, and nothing on the way can have checked another than is read here.
func inOneLine(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, lines := range r.Header {
			if len(lines) > 1 && name != "Cookie" { // a browser's, joined by semicolons
				r.Header[name] = []string{strings.Join(lines, ", ")}
			}
		}
		next.ServeHTTP(w, r)
	})
}

// ownOrigin lets through what does not come from a page of another origin: the
// simulator's own page, and programs. A mini app's page stands on another
// port, and so cannot open launches, answer its own asks, or read secrets.
// The Host must be a name of this machine, so that no page reaches here by
// pointing its own name at it (DNS rebinding).
func ownOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if why := foreign(r); why != "" {
			writeProblem(w, r, problem.New(problem.ForbiddenOrigin, "%s; this API answers the simulator's own page and programs on this machine", why))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// localHost lets everybody through who has reached this machine by a name of
// its own: what a user may come to from any page, such as a payment.
func localHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if why := misnamed(r); why != "" {
			writeProblem(w, r, problem.New(problem.ForbiddenOrigin, "%s", why))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func misnamed(r *http.Request) string {
	if localName(r.Host) {
		return ""
	}
	return "the Host " + strings.ToValidUTF8(r.Host, "�") + " is not a name of this machine"
}

func foreign(r *http.Request) string {
	if why := misnamed(r); why != "" {
		return why
	}
	switch site := r.Header.Get("Sec-Fetch-Site"); site {
	case "", "same-origin", "none":
	default:
		return "the request comes from a page of another origin"
	}
	origin := r.Header.Get("Origin")
	if origin != "" && origin != "http://"+r.Host && origin != "https://"+r.Host {
		return "the request comes from a page of another origin"
	}
	return ""
}

// localName says whether a Host names this machine: localhost, a name below
// it, or an address. An address cannot be pointed elsewhere.
func localName(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	name = strings.TrimSuffix(strings.ToLower(name), ".")
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	return net.ParseIP(strings.Trim(name, "[]")) != nil
}
