package dev

import (
	"net"
	"net/url"
	"strings"

	"github.com/selasar/selasar/internal/hostname"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/server"
)

// reachable returns the address of a listener for this machine. It keeps a name below
// localhost that was given. It is loopback, if the listener listens on every address.
func reachable(given string, l net.Listener) string {
	if name, _, err := net.SplitHostPort(given); err == nil && net.ParseIP(name) == nil && hostname.Loopback(name) {
		_, port, _ := net.SplitHostPort(l.Addr().String()) // the address of a TCP listener
		return net.JoinHostPort(strings.ToLower(name), port)
	}
	return server.Reachable(l)
}

// appAt returns a mini app with the host name by which the simulator was reached.
// Both are then one site, on a laptop as localhost and on a phone by the laptop's
// address, so that the mini app's cookies work in its frame.
func appAt(host string, app miniapp.App) miniapp.App {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	u, err := url.Parse(app.Origin)
	if err != nil || name == "" {
		return app
	}
	origin := u.Scheme + "://" + net.JoinHostPort(strings.Trim(name, "[]"), u.Port())
	app.EntryURL = origin + strings.TrimPrefix(app.EntryURL, app.Origin)
	app.Origin = origin
	return app
}

// iconURL returns the URL of a mini app's icon: a path is on the mini app's own
// origin.
func (d *Platform) iconURL(app miniapp.App) string {
	if strings.HasPrefix(app.Icon, "/") {
		return app.Origin + app.Icon
	}
	return app.Icon
}

// framed returns the origins that the simulator's page may load, for the host by
// which the page was reached: the frames of the mini app's pages, and the images of
// its icon.
func (d *Platform) framed(host string) (frames, pictures []string) {
	app := appAt(host, d.app)
	frames = []string{app.Origin}
	if u, err := url.Parse(d.iconURL(app)); err == nil && u.Host != "" {
		pictures = []string{u.Scheme + "://" + u.Host}
	}
	return frames, pictures
}
