package httpapi

import (
	"net/http"
	"strings"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/spelling"
)

// methodsOf gives the methods that a request's path takes, for one whose own it
// does not.
func methodsOf(routes *http.ServeMux) func(*http.Request) []string {
	return func(r *http.Request) (taken []string) {
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
			asked := &http.Request{Method: method, Host: r.Host, URL: r.URL}
			if _, pattern := routes.Handler(asked); strings.HasPrefix(pattern, method+" ") {
				taken = append(taken, method)
			}
		}
		return taken
	}
}

// noSuchPath says what there is in place of what was asked for: the methods
// that the path takes, or the path that was meant.
func (a *API) noSuchPath(r *http.Request, taken []string) *problem.Problem {
	if len(taken) > 0 {
		return problem.New(problem.NotFound, "there is no %s %s; it takes %s", r.Method, r.URL.Path, strings.Join(taken, ", "))
	}
	if meant, ok := nearestPath(a.Routes(), r.URL.Path); ok {
		return problem.New(problem.NotFound, "there is no %s %s, did you mean %s? /openapi.yaml lists what there is", r.Method, r.URL.Path, meant)
	}
	return problem.New(problem.NotFound, "there is no %s %s; /openapi.yaml lists what there is", r.Method, r.URL.Path)
}

// nearestPath gives the route's path that is as deep as path and differs from
// it in the fewest segments, each of which is close. False when there is none.
func nearestPath(routes []Route, path string) (string, bool) {
	asked := strings.Split(path, "/")
	best, least := "", len(asked)
	for _, route := range routes {
		_, known, _ := strings.Cut(route.Pattern, " ")
		if wrong, ok := wrongSegments(strings.Split(known, "/"), asked); ok && wrong < least {
			best, least = known, wrong
		}
	}
	return best, best != ""
}

func wrongSegments(known, asked []string) (wrong int, ok bool) {
	if len(known) != len(asked) {
		return 0, false
	}
	for i, segment := range asked {
		if segment == known[i] || segment != "" && strings.HasPrefix(known[i], "{") {
			continue
		}
		if !closeSegment(segment, known[i]) {
			return 0, false
		}
		wrong++
	}
	return wrong, true
}

// closeSegment holds for a slip of the fingers, and for one that is the
// beginning of the other: v1 and v1.0.
func closeSegment(a, b string) bool {
	if len(a) > 1 && (strings.HasPrefix(b, a) || strings.HasPrefix(a, b)) {
		return true
	}
	_, near := spelling.Nearest(a, []string{b})
	return near
}
