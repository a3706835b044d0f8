package httpapi

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
)

// Handler serves every door.
type Handler struct {
	// Health, when set, returns the problem of a platform that cannot serve requests.
	Health func(context.Context) error
	// Observe, when set before the first request, hears of each answered request: the
	// pattern of its route, its status, and how long it took.
	Observe func(r *http.Request, pattern string, status int, took time.Duration)
	// Strangers, when set, counts the refused requests of other websites.
	Strangers *edge.Strangers

	mux      *http.ServeMux
	routes   []Route
	prefixes []string
}

// New returns the handler of doors, and of the OpenAPI document that describes them; nil
// for none. Like [http.ServeMux], it panics if two of them have the same pattern.
func New(document []byte, doors ...Door) *Handler {
	h := &Handler{mux: http.NewServeMux(), prefixes: []string{"/healthz", "/openapi.yaml"}}
	if document == nil {
		h.prefixes = h.prefixes[:1]
	} else {
		h.mux.HandleFunc("GET /openapi.yaml", serveDocument(document))
	}
	for _, door := range doors {
		h.routes = append(h.routes, door.Routes...)
	}
	for _, route := range h.routes {
		h.mux.Handle(route.Pattern, h.observed(route))
	}
	h.mux.HandleFunc("GET /healthz", h.health)
	known := newPaths(h.routes, document != nil)
	for _, door := range doors {
		for _, prefix := range door.Prefixes {
			h.prefixes = append(h.prefixes, prefix.Path)
			h.mux.HandleFunc(prefix.Path, prefix.unknown(known))
		}
	}
	return h
}

func (h *Handler) health(w http.ResponseWriter, r *http.Request) {
	if h.Health != nil {
		if err := h.Health(r.Context()); err != nil {
			edge.WriteJSON(w, http.StatusServiceUnavailable, map[string]string{"status": "failing", "message": problem.Of(err).Message})
			return
		}
	}
	edge.WriteJSON(w, http.StatusOK, map[string]string{"status": "ok"})
}

// ServeHTTP serves a request of any door.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.Strangers.Serve(h.mux, w, r)
}

// Routes returns the route table.
func (h *Handler) Routes() []Route { return slices.Clone(h.routes) }

// Prefixes returns the paths that the handler answers, for a mux that also serves
// pages.
func (h *Handler) Prefixes() []string { return slices.Clone(h.prefixes) }

func (p Prefix) unknown(known *paths) http.HandlerFunc {
	answer := p.Unknown
	if answer == nil {
		answer = func(unknown *problem.Problem) edge.Answer {
			return edge.JSON(edge.StatusOf(unknown), edge.Describe(unknown))
		}
	}
	return func(w http.ResponseWriter, r *http.Request) {
		unknown := known.unknown(r)
		if p.Scope != "" {
			unknown.Message += ". " + p.Scope
		}
		a := answer(unknown)
		a.Message, a.Next = http.StatusText(a.Status), unknown.Message
		if p.Trace != nil {
			p.Trace(r, a)
		}
		a.Write(w)
	}
}

// serveDocument serves the description of all APIs to pages of every origin.
func serveDocument(document []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "application/yaml")
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-cache")
		_, _ = w.Write(document) // a write fails only if the caller has disconnected
	}
}
