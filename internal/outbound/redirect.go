package outbound

import (
	"net/http"
	"net/url"
	"strings"
)

// maxRedirects is how many redirects of one request are followed.
const maxRedirects = 3

// redirected returns the address that an answer of from redirects to, if the request may
// be repeated there: 307 and 308 keep method and body (RFC 9110, 15.4), and within one
// origin the receiver of the signed body stays the same.
func redirected(from *url.URL, status int, location string) (to *url.URL, ok bool) {
	if status != http.StatusTemporaryRedirect && status != http.StatusPermanentRedirect || location == "" {
		return nil, false
	}
	to, err := from.Parse(location)
	if err != nil || to.Scheme != from.Scheme || hostPort(to) != hostPort(from) {
		return nil, false
	}
	to.User, to.Fragment = from.User, ""
	return to, true
}

// hostPort returns the host name and the port of an address in one spelling.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return strings.ToLower(u.Hostname()) + " " + port
}
