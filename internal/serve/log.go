package serve

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/trace"
)

// WithRequests returns a log handler that adds the id and the trace of the request in a
// record's context.
func WithRequests(next slog.Handler) slog.Handler { return requestHandler{next} }

type requestHandler struct{ slog.Handler }

func (h requestHandler) Handle(ctx context.Context, r slog.Record) error {
	if id := edge.RequestIDOf(ctx); id != "" {
		r.AddAttrs(slog.String("request_id", id))
	}
	if parent := trace.Of(ctx); parent != "" {
		r.AddAttrs(slog.String("trace_id", parent.ID()))
	}
	return h.Handler.Handle(ctx, r)
}

func (h requestHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return requestHandler{h.Handler.WithAttrs(attrs)}
}

func (h requestHandler) WithGroup(name string) slog.Handler {
	return requestHandler{h.Handler.WithGroup(name)}
}

// observe returns the observer of a listener. It counts each request, and logs each one
// to the operator API, each failure of the platform, and with LogRequests all others.
func (p *Platform) observe(listener string) func(*http.Request, string, int, time.Duration) {
	return func(r *http.Request, pattern string, status int, took time.Duration) {
		p.measures.observe(listener, pattern, status, took)
		level := slog.LevelInfo
		switch {
		case status >= http.StatusInternalServerError:
			level = slog.LevelWarn
		case listener != operatorListener && !p.config.LogRequests:
			return
		}
		slog.Log(r.Context(), level, "request", "listener", listener, "route", pattern, "status", status, "took", took, "caller", edge.CallerOf(r))
	}
}

const (
	publicListener   = "public"
	operatorListener = "operator"
)
