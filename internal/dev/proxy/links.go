package proxy

import (
	"bytes"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/hostname"
)

// The server behind the proxy sees its own Host, so it writes absolute links to its own origin. A page that followed one
// would leave the mini app's origin. So the proxy writes such links for the page's origin: in headers, pages and data.

// link is an origin as a server writes it, and the origin that replaces it.
type link struct{ from, to []byte }

// slashForms are two slashes as in a link, as PHP escapes them in JSON, and as Nuxt escapes them in a page's data.
var slashForms = []string{"//", `\/\/`, `\u002F\u002F`}

// linksTo returns the forms of a server's origin: by each name of this machine, for sockets, and with escaped slashes.
func linksTo(server *url.URL, page string) (list []link) {
	hosts := []string{server.Host}
	if hostname.Loopback(server.Hostname()) && server.Port() != "" {
		for _, name := range []string{"localhost", "127.0.0.1", "::1"} {
			if host := net.JoinHostPort(name, server.Port()); !slices.Contains(hosts, host) {
				hosts = append(hosts, host)
			}
		}
	}
	_, pageHost, _ := strings.Cut(page, "://")
	socket := strings.Replace(server.Scheme, "http", "ws", 1)
	for _, host := range hosts {
		for _, slashes := range slashForms {
			list = append(list,
				link{[]byte(server.Scheme + ":" + slashes + host), []byte("http:" + slashes + pageHost)},
				link{[]byte(socket + ":" + slashes + host), []byte("ws:" + slashes + pageHost)},
			)
		}
	}
	return list
}

// linkHeaders are the headers in which a server writes its origin. Location has its own rule (see here).
var linkHeaders = []string{"Content-Location", "Link", "Refresh", "Access-Control-Allow-Origin", "Content-Security-Policy", "Content-Security-Policy-Report-Only"}

// linkTypes are the media types in which the proxy writes links for the page's origin.
var linkTypes = []string{"text/html", "application/xhtml+xml", "application/json", "application/ld+json", "application/manifest+json", "application/xml", "text/xml", "text/x-component"}

// plainDestinations are the kinds of request whose answer has no links to write: scripts, pictures and the like.
var plainDestinations = []string{"script", "style", "image", "font", "audio", "video", "track", "worker", "sharedworker", "serviceworker"}

// mayHaveLinks reports whether the answer to a request may have links to write. The target must then not compress it.
func mayHaveLinks(r *http.Request) bool {
	return !slices.Contains(plainDestinations, r.Header.Get("Sec-Fetch-Dest"))
}

// keepLinksHere writes the target's origin in an answer as the page's origin.
func keepLinksHere(r *http.Response, server *url.URL, page string) {
	links := linksTo(server, page)
	for _, name := range linkHeaders {
		for i, value := range r.Header[name] {
			r.Header[name][i] = string(replaceAll(links, []byte(value)))
		}
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	encoding := r.Header.Get("Content-Encoding")
	if !slices.Contains(linkTypes, kind) || (encoding != "" && encoding != "identity") || r.StatusCode == http.StatusPartialContent ||
		r.Request.Method == http.MethodHead || !mayHaveLinks(r.Request) {
		return
	}
	r.Header.Del("Content-Length") // the length changes with the origin
	r.ContentLength = -1
	r.Body = &linkReader{links: links, from: r.Body}
}

func replaceAll(links []link, text []byte) []byte {
	done, _ := replaceLinks(links, text, true)
	return done
}

// replaceLinks replaces the links in text. At the end of a part that is not the last one, it leaves what may be the
// beginning of a link.
func replaceLinks(links []link, text []byte, last bool) (done, rest []byte) {
	for len(text) > 0 {
		at, found := next(links, text)
		if found == nil {
			break
		}
		end := at + len(found.from)
		if end == len(text) && !last {
			return append(done, text[:at]...), text[at:] // the next byte decides whether the host ends here
		}
		done = append(done, text[:at]...)
		if end < len(text) && continuesHost(text[end]) {
			done = append(done, found.from...)
		} else {
			done = append(done, found.to...)
		}
		text = text[end:]
	}
	held := 0
	if !last {
		held = beginning(links, text)
	}
	return append(done, text[:len(text)-held]...), text[len(text)-held:]
}

// next returns the first link in text.
func next(links []link, text []byte) (at int, found *link) {
	at = len(text)
	for i := range links {
		if here := bytes.Index(text[:min(len(text), at+len(links[i].from))], links[i].from); here >= 0 && here < at {
			at, found = here, &links[i]
		}
	}
	return at, found
}

// continuesHost reports whether a byte after a host belongs to it: localhost:51731 is not localhost:5173.
func continuesHost(b byte) bool {
	return b == '-' || b == '.' || b == ':' || b == '@' || (b >= '0' && b <= '9') || (b|0x20 >= 'a' && b|0x20 <= 'z')
}

// beginning returns the length of the longest end of text with which a link begins.
func beginning(links []link, text []byte) (length int) {
	for _, l := range links {
		for n := min(len(l.from)-1, len(text)); n > length; n-- {
			if bytes.HasSuffix(text, l.from[:n]) {
				length = n
			}
		}
	}
	return length
}

// linkReader replaces links while it reads. It holds back only what may be the beginning of a link, so a stream flows on.
type linkReader struct {
	links []link
	from  io.ReadCloser
	part  [16 << 10]byte
	rest  []byte // not looked at yet
	ready []byte // to be read
	err   error
}

func (r *linkReader) Read(p []byte) (int, error) {
	for len(r.ready) == 0 && r.err == nil {
		var n int
		n, r.err = r.from.Read(r.part[:])
		r.ready, r.rest = replaceLinks(r.links, append(r.rest, r.part[:n]...), r.err != nil)
		r.rest = bytes.Clone(r.rest)
	}
	n := copy(p, r.ready)
	r.ready = r.ready[n:]
	if len(r.ready) > 0 || n > 0 {
		return n, nil
	}
	return 0, r.err
}

func (r *linkReader) Close() error { return r.from.Close() }
