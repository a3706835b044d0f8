package edge

import (
	"net/http"
	"strings"

	"github.com/selasar/selasar/internal/problem"
)

// JoinRepeatedHeaders joins the lines of a repeated header into one list (RFC
// 9110, 5.3). Two X-SIGNATURE lines become one value that matches nothing, so a
// proxy and Selasar cannot check different ones.
func JoinRepeatedHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, lines := range r.Header {
			if len(lines) > 1 && name != "Cookie" { // browsers join cookies with semicolons
				r.Header[name] = []string{strings.Join(lines, ", ")}
			}
		}
		next.ServeHTTP(w, r)
	})
}

// OwnOrigin refuses requests from pages of another origin. It accepts the simulator's
// own page, and programs. A mini app's page has another port, so it cannot open
// launches, answer its own asks, or read secrets. The Host must be a name of this
// machine, against DNS rebinding.
func OwnOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if reason := foreign(r); reason != "" {
			WriteProblem(w, r, problem.New(problem.ForbiddenOrigin, "%s; this API answers the simulator's own page and programs on this machine", reason))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// LocalHost accepts every page if the Host is a name of this machine. It guards
// addresses that a user may open from any page, such as a payment.
func LocalHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if reason := misnamed(r); reason != "" {
			WriteProblem(w, r, problem.New(problem.ForbiddenOrigin, "%s", reason))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func misnamed(r *http.Request) string {
	if LocalName(r.Host) {
		return ""
	}
	return "the Host " + strings.ToValidUTF8(r.Host, "�") + " is not a name of this machine"
}

func foreign(r *http.Request) string {
	if reason := misnamed(r); reason != "" {
		return reason
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
