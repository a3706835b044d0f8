package serve

import (
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/trace"
)

// guarded puts the guards of both listeners before a handler: the request's id, the
// caller's address, the public base URL, and headers for browsers.
func (p *Platform) guarded(c checked, next http.Handler) http.Handler {
	if c.public != nil {
		next = edge.Public(c.public, next)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := requestID(r)
		h := w.Header()
		h.Set("X-Request-Id", id)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		caller, https := forwarded(r, c.proxies)
		if https {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		ctx := edge.WithCaller(edge.WithRequestID(r.Context(), id), caller)
		ctx = trace.With(ctx, trace.Parse(r.Header.Get(trace.Header)))
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

var requestIDForm = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// requestID returns the caller's X-Request-Id, or a new id.
func requestID(r *http.Request) string {
	if id := r.Header.Get("X-Request-Id"); requestIDForm.MatchString(id) {
		return id
	}
	return uuid.NewString()
}

// forwarded returns the address of the caller, and whether it used TLS. Only trusted
// proxies are believed: of X-Forwarded-For, the last address that is not one of them.
func forwarded(r *http.Request, proxies []netip.Prefix) (caller string, https bool) {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr, r.TLS != nil
	}
	trusted := func(text string) bool {
		address, err := netip.ParseAddr(text)
		return err == nil && slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(address.Unmap()) })
	}
	if !trusted(host) {
		return host, r.TLS != nil
	}
	caller = host
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		hop = strings.TrimSpace(hop)
		if _, err := netip.ParseAddr(hop); err != nil {
			break
		}
		caller = hop
		if !trusted(hop) {
			break
		}
	}
	return caller, r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
}

// unknown answers a path that belongs to no door.
func unknown(w http.ResponseWriter, r *http.Request) {
	message := "there is nothing at this path"
	if strings.HasPrefix(r.URL.Path, "/snap/") || strings.HasPrefix(r.URL.Path, "/v2/") {
		message = "Snap Checkout is not served here, because its payment page does not know the super app's user; make the payment by BI-SNAP, and open it with triggerPayment"
	}
	edge.WriteJSON(w, http.StatusNotFound, edge.ErrorBody{Error: edge.ErrorInfo{Code: problem.NotFound, Message: message}})
}
