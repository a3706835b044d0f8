package serve

import (
	"net/http"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
)

// ready answers /readyz: whether a load balancer may send requests. A node that stops, or
// that cannot write, is not ready.
func (p *Platform) ready(w http.ResponseWriter, r *http.Request) {
	if p.stopping.Load() {
		edge.WriteJSON(w, http.StatusServiceUnavailable, map[string]string{"status": "stopping", "message": "this node is stopping; use another one"})
		return
	}
	if err := p.platform.API.Health(r.Context()); err != nil {
		edge.WriteJSON(w, http.StatusServiceUnavailable, map[string]string{"status": "failing", "message": problem.Of(err).Message})
		return
	}
	edge.WriteJSON(w, http.StatusOK, map[string]string{"status": "ready"})
}
