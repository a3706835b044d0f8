package edge

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
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
	name, ok := hostName(host)
	if !ok {
		return false
	}
	if localWord(name) {
		return true
	}
	ip := net.ParseIP(name)
	if at, ok := reached.(*net.TCPAddr); ok && at.IP.Equal(ip) {
		return true
	}
	return ip != nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified())
}

// hostName returns the name of a Host in lower case, without port and brackets; ok is
// false for a Host with anything else.
func hostName(host string) (name string, ok bool) {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = host, ""
	}
	if len(port) > 5 || strings.Trim(port, "0123456789") != "" {
		return "", false
	}
	return strings.Trim(strings.TrimSuffix(strings.ToLower(name), "."), "[]"), true
}

// localWord reports whether a name is localhost or below it.
func localWord(name string) bool {
	below, ok := strings.CutSuffix(name, "localhost")
	return ok && (below == "" || strings.HasSuffix(below, ".") && strings.Trim(below, "abcdefghijklmnopqrstuvwxyz0123456789-.") == "")
}

// LocalName reports whether a Host names this machine: localhost, a name below it, or
// an IP address. DNS rebinding works with names only, so an address is safe.
func LocalName(host string) bool {
	name, ok := hostName(host)
	return ok && (localWord(name) || net.ParseIP(name) != nil)
}

// Loopback reports whether a Host can only name this machine: localhost, a name below it,
// or a loopback address.
func Loopback(host string) bool {
	name, ok := hostName(host)
	return ok && (localWord(name) || net.ParseIP(name).IsLoopback())
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
