package edge

import (
	"context"
	"net"
	"net/http"
	"net/url"

	"github.com/selasar/selasar/internal/hostname"
)

// Answers contain URLs of this server. Their host is the Host of the request, so that the
// caller can reach it, but only if it is an address of this server: behind a proxy, or
// with an entry in a hosts file, a Host may name any server of the internet.

// UnderOwnHost replaces a Host that is no address of this server by [OwnHost].
func UnderOwnHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if own := OwnHost(r); own != r.Host {
			copied := *r
			copied.Host, r = own, &copied
		}
		next.ServeHTTP(w, r)
	})
}

type publicKey struct{}

// Public makes the answers of a handler name one base URL, at which proxies reach this
// server, such as https://api.super.example. The Host of a request has no influence then.
func Public(base *url.URL, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), publicKey{}, base)))
	})
}

// OwnHost returns the host of [Public], if there is one. Otherwise it returns the Host of a request if it is an address of this server: localhost, a
// name below it, an address of a private network, or the address that the connection
// reached. Otherwise it returns the address and port that the connection reached.
func OwnHost(r *http.Request) string {
	if public, ok := r.Context().Value(publicKey{}).(*url.URL); ok {
		return public.Host
	}
	reached, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if isOwn(r.Host, reached) {
		return r.Host
	}
	if reached == nil {
		return "localhost"
	}
	return reached.String()
}

func isOwn(host string, reached net.Addr) bool {
	name, ok := hostname.Of(host)
	if !ok {
		return false
	}
	if at, ok := reached.(*net.TCPAddr); ok && at.IP.Equal(net.ParseIP(name)) {
		return true
	}
	return hostname.Near(name)
}

// LocalName reports whether a Host names this machine: localhost, a name below it, or
// an IP address. DNS rebinding works with names only, so an address is safe.
func LocalName(host string) bool {
	name, ok := hostname.Of(host)
	return ok && (hostname.Localhost(name) || net.ParseIP(name) != nil)
}

// Loopback reports whether a Host can only name this machine: localhost, a name below it,
// or a loopback address.
func Loopback(host string) bool {
	name, ok := hostname.Of(host)
	return ok && hostname.Loopback(name)
}

// ReachedAt returns the base URL of these APIs, as the caller addressed them.
func ReachedAt(r *http.Request) string {
	if public, ok := r.Context().Value(publicKey{}).(*url.URL); ok {
		return public.Scheme + "://" + public.Host
	}
	if r.TLS != nil {
		return "https://" + OwnHost(r)
	}
	return "http://" + OwnHost(r)
}
