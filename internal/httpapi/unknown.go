package httpapi

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/spelling"
)

// paths suggests a known path for a request without a route.
type paths struct {
	byMethod []methodPaths
	known    [][]string // the segments of each route's path
	listed   string     // where the routes are listed; may be empty
}

// methodPaths are the routes of one method, without their handlers.
type methodPaths struct {
	method string
	mux    *http.ServeMux
	known  [][]string // the segments of each path
}

func newPaths(routes []Route, documented bool) *paths {
	p := &paths{}
	if documented {
		p.listed = "/openapi.yaml lists what there is"
	}
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		one := methodPaths{method: method, mux: http.NewServeMux()}
		for _, route := range routes {
			if path, ok := strings.CutPrefix(route.Pattern, method+" "); ok {
				one.mux.Handle(path, http.NotFoundHandler())
				one.known = append(one.known, strings.Split(path, "/"))
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
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
			return problem.New(problem.NotFound, "a page at %s asked whether it may call %s; no page may, because it would show its credential to everybody: call it from the mini app's backend", r.Header.Get("Origin"), r.URL.Path)
		}
		if meant, ok := p.meant(r); ok {
			return problem.New(problem.NotFound, "there is no %s %s, did you mean %s? The path takes %s", r.Method, r.URL.Path, meant, strings.Join(taken, ", "))
		}
		return problem.New(problem.NotFound, "there is no %s %s; it takes %s", r.Method, r.URL.Path, strings.Join(taken, ", "))
	}
	if meant, ok := p.nearest(r.URL.Path); ok {
		return problem.New(problem.NotFound, "there is no %s %s, did you mean %s?%s", r.Method, r.URL.Path, meant, p.end())
	}
	return problem.New(problem.NotFound, "there is no %s %s; %s", r.Method, r.URL.Path, cmp.Or(p.listed, "check the path"))
}

// end returns where the routes are listed, behind a space.
func (p *paths) end() string {
	if p.listed == "" {
		return ""
	}
	return " " + p.listed
}

// meant returns a path of the request's own method that ends with the request's last word and has one parameter more:
// without it, the word itself looks like the parameter of another method's path.
func (p *paths) meant(r *http.Request) (string, bool) {
	asked := strings.Split(r.URL.Path, "/")
	last := asked[len(asked)-1]
	for _, one := range p.byMethod {
		for _, known := range one.known {
			n := len(known)
			if one.method == r.Method && n == len(asked)+1 && known[n-1] == last && difference(known, asked) <= mostCost {
				return strings.Join(known, "/"), true
			}
		}
	}
	return "", false
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

// The cost of a difference between two paths.
const (
	typingError = 1
	otherLength = 2 // a segment that only one of the paths has
	shifted     = 1 // the same, when both paths end with the same word
	parameter   = 2 // a segment that stands for a parameter, when the lengths differ
	mostCost    = 3
)

// nearest returns the known path with the smallest difference to path.
func (p *paths) nearest(path string) (string, bool) {
	asked := strings.Split(path, "/")
	best, least := "", mostCost+1
	for _, known := range p.known {
		if cost := difference(known, asked); cost < least {
			best, least = strings.Join(known, "/"), cost
		}
	}
	return best, best != ""
}

// difference returns the cost to turn a known path into the asked one: the least over all
// ways to align their segments.
func difference(known, asked []string) int {
	if abs(len(known)-len(asked)) > mostCost {
		return mostCost + 1
	}
	length, variable := otherLength, 0
	if len(known) != len(asked) {
		variable = parameter
	}
	if last := asked[len(asked)-1]; last != "" && last == known[len(known)-1] {
		length = shifted
	}
	row := make([]int, len(asked)+1) // costs of the known segments so far, for each length of asked
	for j := range row {
		row[j] = j * length
	}
	for _, segment := range known {
		diagonal := row[0]
		row[0] += length
		for j, word := range asked {
			cost := min(row[j+1], row[j]) + length
			if replaced, ok := replacement(segment, word, variable); ok {
				cost = min(cost, diagonal+replaced)
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(asked)]
}

// replacement returns the cost to replace a known segment by the asked one.
func replacement(known, asked string, variable int) (cost int, ok bool) {
	switch {
	case asked == known:
		return 0, true
	case asked != "" && strings.HasPrefix(known, "{"):
		return variable, true
	default:
		return typingError, closeSegment(asked, known)
	}
}

func abs(n int) int { return max(n, -n) }

// closeSegment reports whether two segments differ by a typing error, or one is a
// prefix of the other, such as v1 and v1.0.
func closeSegment(a, b string) bool {
	if len(a) > 1 && (strings.HasPrefix(b, a) || strings.HasPrefix(a, b)) {
		return true
	}
	_, near := spelling.Nearest(a, []string{b})
	return near
}
