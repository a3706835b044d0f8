package document

import (
	"net/url"
	"regexp"
	"strings"
)

// Documented is the address at which GoPay documents its script, and Host the host in it.
const (
	Host       = "gwk.gopayapi.com"
	Documented = "https://" + Host + "/sdk/stable/gp-container.min.js"
)

// Pattern matches the origin and path of every address that gets Selasar's script. It is written for Go and JavaScript.
const Pattern = `^https?://gwk\.gopayapi\.com/sdk/[^/]+/gp-container(\.min)?\.js$`

var pattern = regexp.MustCompile(Pattern)

// replacement returns Selasar's address for a reference to GoPay's script. The query and the fragment stay. base is the
// document's base URL.
func (r *Rewriter) replacement(reference string) (address string, ok bool) {
	place, rest, ok := resolve(reference, r.base)
	if !ok || !pattern.MatchString(place) {
		return "", false
	}
	return r.config.Script + rest, true
}

// isHost reports whether a reference leads to the root of GoPay's host, as a preconnect does.
func (r *Rewriter) isHost(reference string) bool {
	place, _, ok := resolve(reference, r.base)
	return ok && (place == "https://"+Host+"/" || place == "http://"+Host+"/")
}

var (
	absolute = regexp.MustCompile(`(?i)^(https?):/*`)
	scheme   = regexp.MustCompile(`(?i)^[a-z][a-z0-9+.-]*:`)
	removed  = strings.NewReplacer("\t", "", "\n", "", "\r", "")
)

// resolve reads a reference as a browser does (https://url.spec.whatwg.org/): it ignores white space, takes a
// backslash for a slash, ignores case in the host, the default port and dot segments. It returns the origin with the
// path, and the query with the fragment.
func resolve(reference string, base *url.URL) (place, rest string, ok bool) {
	reference = removed.Replace(strings.TrimFunc(reference, func(c rune) bool { return c <= ' ' }))
	if at := strings.IndexAny(reference, "?#"); at >= 0 {
		reference, rest = reference[:at], reference[at:]
	}
	reference = strings.ReplaceAll(reference, `\`, "/")
	protocol := base.Scheme
	switch start := absolute.FindStringSubmatch(reference); {
	case start != nil:
		protocol, reference = strings.ToLower(start[1]), reference[len(start[0]):]
	case strings.HasPrefix(reference, "//"):
		reference = strings.TrimLeft(reference, "/")
	case scheme.MatchString(reference):
		return "", "", false
	case strings.HasPrefix(reference, "/"):
		reference = base.Host + reference
	default:
		folder := base.Path[:strings.LastIndex(base.Path, "/")+1]
		reference = base.Host + "/" + strings.TrimPrefix(folder, "/") + reference
	}
	host, path, _ := strings.Cut(reference, "/")
	return protocol + "://" + hostOf(host, protocol) + withoutDots("/"+path), rest, true
}

// hostOf returns the host of an authority, in lower case and without user information and default port.
func hostOf(authority, protocol string) string {
	host := authority[strings.LastIndex(authority, "@")+1:]
	if plain, err := url.PathUnescape(host); err == nil {
		host = plain
	}
	port := map[string]string{"http": ":80", "https": ":443"}[protocol]
	return strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(host), port), ":")
}

// withoutDots resolves the dot segments of a path.
func withoutDots(path string) string {
	var kept []string
	parts := strings.Split(path, "/")
	for i, part := range parts {
		last := i == len(parts)-1
		switch strings.ReplaceAll(strings.ToLower(part), "%2e", ".") {
		case ".":
		case "..":
			if len(kept) > 1 {
				kept = kept[:len(kept)-1]
			}
		default:
			kept = append(kept, part)
			continue
		}
		if last {
			kept = append(kept, "")
		}
	}
	return strings.Join(kept, "/")
}
