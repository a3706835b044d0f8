package document

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
)

// sources is the list of what a policy allows: https://www.w3.org/TR/CSP3/#framework-directive-source-list.
type sources []string

func (s sources) has(keyword string) bool {
	return slices.ContainsFunc(s, func(one string) bool { return strings.EqualFold(one, keyword) })
}

func (s sources) hasPrefix(prefixes ...string) bool {
	return slices.ContainsFunc(s, func(one string) bool {
		return slices.ContainsFunc(prefixes, func(p string) bool { return len(one) > len(p) && strings.EqualFold(one[:len(p)], p) })
	})
}

func (s sources) hasNonce() bool { return s.hasPrefix("'nonce-") }

func (s sources) hasHash() bool { return s.hasPrefix("'sha256-", "'sha384-", "'sha512-") }

// isStrict reports whether only scripts with a nonce or a hash, and what these load, may run. Addresses do not count.
func (s sources) isStrict() bool { return s.has("'strict-dynamic'") }

// allowsEveryInline reports whether inline scripts need neither nonce nor hash.
func (s sources) allowsEveryInline() bool {
	return s.has("'unsafe-inline'") && !s.hasNonce() && !s.hasHash() && !s.isStrict()
}

// allowsHash reports whether one of the hashes is that of an inline script.
func (s sources) allowsHash(text string) bool {
	sum256, sum384, sum512 := sha256.Sum256([]byte(text)), sha512.Sum384([]byte(text)), sha512.Sum512([]byte(text))
	same := strings.NewReplacer("-", "+", "_", "/")
	return slices.ContainsFunc(s, func(one string) bool {
		algorithm, value, _ := strings.Cut(strings.Trim(one, "'"), "-")
		sum := map[string][]byte{"sha256": sum256[:], "sha384": sum384[:], "sha512": sum512[:]}[strings.ToLower(algorithm)]
		return sum != nil && same.Replace(value) == base64.StdEncoding.EncodeToString(sum)
	})
}

// allowsURL reports whether an address is allowed to a page at self.
func (s sources) allowsURL(address string, self *url.URL) bool {
	to, err := url.Parse(address)
	return err == nil && !s.isStrict() && slices.ContainsFunc(s, func(one string) bool { return matches(one, to, self) })
}

var defaultPorts = map[string]string{"http": "80", "https": "443"}

func portOf(scheme, port string) string {
	if port == "" {
		return defaultPorts[scheme]
	}
	return port
}

// matches reports whether a source allows an address: https://www.w3.org/TR/CSP3/#match-url-to-source-expression.
func matches(source string, to, self *url.URL) bool {
	switch {
	case source == "*":
		return true
	case strings.EqualFold(source, "'self'"):
		return strings.EqualFold(to.Host, self.Host) && upgraded(self.Scheme, to.Scheme)
	case strings.HasPrefix(source, "'"):
		return false
	case strings.HasSuffix(source, ":"):
		return upgraded(strings.ToLower(strings.TrimSuffix(source, ":")), to.Scheme)
	}
	scheme, rest, named := strings.Cut(source, "://")
	if !named {
		scheme, rest = self.Scheme, source
	}
	scheme = strings.ToLower(scheme)
	authority, path, hasPath := strings.Cut(rest, "/")
	host, port, hasPort := strings.Cut(authority, ":")
	if !upgraded(scheme, to.Scheme) || !hostMatches(strings.ToLower(host), to.Hostname()) {
		return false
	}
	if hasPort && port != "*" && port != portOf(to.Scheme, to.Port()) {
		return false
	}
	if !hasPort && portOf(to.Scheme, to.Port()) != defaultPorts[to.Scheme] {
		return false
	}
	return !hasPath || path == "" || pathMatches("/"+path, to.Path)
}

// upgraded reports whether a source of one scheme allows another: http allows https.
func upgraded(source, to string) bool {
	return source == to || (source == "http" && to == "https")
}

func hostMatches(pattern, host string) bool {
	if rest, wild := strings.CutPrefix(pattern, "*"); wild {
		return rest == "" || (strings.HasPrefix(rest, ".") && strings.HasSuffix(host, rest))
	}
	return pattern == host
}

func pathMatches(pattern, path string) bool {
	if plain, err := url.PathUnescape(pattern); err == nil {
		pattern = plain
	}
	if strings.HasSuffix(pattern, "/") {
		return strings.HasPrefix(path, pattern)
	}
	return pattern == path
}
