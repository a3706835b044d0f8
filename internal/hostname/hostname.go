// Package hostname tells which host names and addresses are of this machine or its network, and reads origins.
//
// A name has no port and no brackets, as [url.URL.Hostname] returns it. [Of] makes one from a Host.
package hostname

import (
	"net"
	"net/url"
	"strings"
)

// Of returns the name of a Host, such as localhost:7300, in lower case. ok is false for a Host with anything but a name
// and a port.
func Of(host string) (name string, ok bool) {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = host, ""
	}
	if len(port) > 5 || strings.Trim(port, "0123456789") != "" {
		return "", false
	}
	return plain(strings.Trim(name, "[]")), true
}

// plain returns a name in lower case, without the dot that ends a full name.
func plain(name string) string { return strings.TrimSuffix(strings.ToLower(name), ".") }

const letters = "abcdefghijklmnopqrstuvwxyz0123456789-_."

// Localhost reports whether a name is localhost or below it.
func Localhost(name string) bool {
	below, ok := strings.CutSuffix(plain(name), "localhost")
	return ok && (below == "" || strings.HasSuffix(below, ".") && strings.Trim(below, letters) == "")
}

// Loopback reports whether a name can only be of this machine: localhost, a name below it, or a loopback address.
func Loopback(name string) bool {
	return Localhost(name) || net.ParseIP(plain(name)).IsLoopback()
}

// Near reports whether a name is of this machine or its network: also a private address, an address of the link,
// or the unspecified address.
func Near(name string) bool {
	ip := net.ParseIP(plain(name))
	return Localhost(name) || ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()
}

// Origin parses the origin of a website: http or https, a host, and possibly a port, in lower case and without a path.
func Origin(text string) (u *url.URL, ok bool) {
	u, err := url.Parse(text)
	ok = err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http") && u.Scheme+"://"+u.Host == text && strings.ToLower(text) == text
	return u, ok
}
