package proxy

import (
	"context"
	"net/http"
	"net/url"
)

// Server is the server of the mini app's pages.
type Server struct {
	Origin *url.URL // scheme and host:port, as a browser on this machine would name it
	Dial   string   // the host:port to connect to; empty: that of Origin
}

type (
	serverKey struct{}
	pageKey   struct{}
)

// withServer remembers which server a request is for, as the command's server may move while it runs, and the origin of
// the page.
func withServer(r *http.Request, s Server) *http.Request {
	ctx := context.WithValue(r.Context(), serverKey{}, s)
	return r.WithContext(context.WithValue(ctx, pageKey{}, originOf(r)))
}

func serverOf(ctx context.Context) Server {
	s, _ := ctx.Value(serverKey{}).(Server)
	return s
}

func pageOf(ctx context.Context) string {
	origin, _ := ctx.Value(pageKey{}).(string)
	return origin
}
