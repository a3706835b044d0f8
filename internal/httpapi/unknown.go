package httpapi

import (
	"net/http"
	"strings"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/spelling"
)

// paths suggests a known path for a request without a route.
type paths struct {
	byMethod []methodPaths
	known    [][]string // the segments of each route's path
}

// methodPaths are the routes of one method, without their handlers.
type methodPaths struct {
	method string
	mux    *http.ServeMux
}

func newPaths(routes []Route) *paths {
	p := &paths{}
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		one := methodPaths{method, http.NewServeMux()}
		for _, route := range routes {
			if path, ok := strings.CutPrefix(route.Pattern, method+" "); ok {
				one.mux.Handle(path, http.NotFoundHandler())
			}
		}
		p.byMethod = append(p.byMethod, one)
	}
	for _, route := range routes {
		_, path, _ := strings.Cut(route.Pattern, " ")
		p.known = append(p.known, strings.Split(path, "/"))
	}
	return p
}

// unknown returns the problem of a request without a route. Its message names the
// methods of the path, or the nearest path.
func (p *paths) unknown(r *http.Request) *problem.Problem {
	if taken := p.methods(r); len(taken) > 0 {
		return problem.New(problem.NotFound, "there is no %s %s; it takes %s", r.Method, r.URL.Path, strings.Join(taken, ", "))
	}
	if meant, ok := p.nearest(r.URL.Path); ok {
		return problem.New(problem.NotFound, "there is no %s %s, did you mean %s? /openapi.yaml lists what there is", r.Method, r.URL.Path, meant)
	}
	return problem.New(problem.NotFound, "there is no %s %s; /openapi.yaml lists what there is", r.Method, r.URL.Path)
}

// methods returns the methods that a request's path accepts.
func (p *paths) methods(r *http.Request) (taken []string) {
	for _, one := range p.byMethod {
		if _, pattern := one.mux.Handler(&http.Request{Method: one.method, Host: r.Host, URL: r.URL}); pattern != "" {
			taken = append(taken, one.method)
		}
	}
	return taken
}

// nearest returns the known path that has as many segments as path and differs in the
// fewest, each by a likely typing error.
func (p *paths) nearest(path string) (string, bool) {
	asked := strings.Split(path, "/")
	best, least := "", len(asked)
	for _, known := range p.known {
		if wrong, ok := wrongSegments(known, asked); ok && wrong < least {
			best, least = strings.Join(known, "/"), wrong
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

// closeSegment reports whether two segments differ by a typing error, or one is a
// prefix of the other, such as v1 and v1.0.
func closeSegment(a, b string) bool {
	if len(a) > 1 && (strings.HasPrefix(b, a) || strings.HasPrefix(a, b)) {
		return true
	}
	_, near := spelling.Nearest(a, []string{b})
	return near
}
