package hostapi

import (
	"net/http"
	"slices"

	"github.com/selasar/selasar/internal/httpapi"
)

// shared lets web hosts of the configured origins call the door from their pages (CORS).
// Each request carries a launch token, and no cookie, so that no answer depends on the
// browser's user.
func (d *door) shared(door httpapi.Door) httpapi.Door {
	if len(d.Origins) == 0 {
		return door
	}
	for i, route := range door.Routes {
		door.Routes[i].Handler = d.allow(route.Handler)
	}
	preflight := httpapi.Route{Pattern: "OPTIONS /host/v1/", Demand: httpapi.Preflight, Handler: d.allow(http.HandlerFunc(preflight))}
	door.Routes = append(door.Routes, preflight)
	return door
}

func (d *door) allow(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Add("Vary", "Origin")
		if origin := r.Header.Get("Origin"); slices.Contains(d.Origins, origin) {
			h.Set("Access-Control-Allow-Origin", origin)
		}
		next.ServeHTTP(w, r)
	})
}

// preflight answers the browser's question before a request with a launch token.
func preflight(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	if h.Get("Access-Control-Allow-Origin") != "" {
		h.Set("Access-Control-Allow-Methods", "GET, POST, DELETE")
		h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept-Language")
		h.Set("Access-Control-Max-Age", "600")
	}
	w.WriteHeader(http.StatusNoContent)
}

// accepts returns whether a socket's page may connect: a page of the door's own origin,
// one of a configured origin, or a program.
func (d *door) accepts(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	return origin == "" || origin == "http://"+r.Host || origin == "https://"+r.Host || slices.Contains(d.Origins, origin)
}
