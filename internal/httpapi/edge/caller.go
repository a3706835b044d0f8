package edge

import (
	"context"
	"net"
	"net/http"

	"github.com/selasar/selasar/internal/limit"
)

type requestIDKey struct{}

// WithRequestID returns a context with the id of a request, for logs and the audit log.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey{}, id)
}

// RequestIDOf returns the id of the request in a context; empty for none.
func RequestIDOf(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

type callerKey struct{}

// WithCaller returns a context with the address of the caller, as trusted proxies report
// it.
func WithCaller(ctx context.Context, address string) context.Context {
	return context.WithValue(ctx, callerKey{}, address)
}

// CallerOf returns the caller's IP address: the one of WithCaller, or that of the
// connection.
func CallerOf(r *http.Request) string {
	if address, ok := r.Context().Value(callerKey{}).(string); ok {
		return address
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// Admit counts a request of its address. Its problem is TooManyRequests.
func Admit(g *limit.Guard, r *http.Request) error {
	if !g.CountsAddresses() {
		return nil
	}
	return g.Address(CallerOf(r))
}
