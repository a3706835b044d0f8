package miniapp

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Deeplink is a link from a mini app into the super app, such as gopay://tabungan/buka?from=kopi.
//
// ParseDeeplink accepts only links that every program reads in the same way. So host and path have no escapes, there is
// no user, port or fragment, and scheme and host are in lower case. The query may contain escapes, because it does not
// decide the target.
type Deeplink struct {
	Scheme string // lower case, without "://"
	Host   string // lower case letters, digits, dots and hyphens
	Path   string // empty, or begins with "/"
	Query  string // the text after "?", unchanged
}

// maxDeeplink is the longest accepted link in bytes.
const maxDeeplink = 2048

// scriptSchemes run code, read local files, or let the link choose the app that opens it. No allow-list may contain them.
var scriptSchemes = []string{"about", "blob", "content", "data", "file", "filesystem", "intent", "javascript", "vbscript", "view-source"}

// ParseDeeplink reads a link. The error names the defect without repeating the link.
func ParseDeeplink(link string) (Deeplink, error) {
	if err := checkCharacters(link); err != nil {
		return Deeplink{}, err
	}
	scheme, rest, ok := strings.Cut(link, "://")
	if !ok {
		return Deeplink{}, errors.New(`a deeplink looks like gopay://place, this one has no "://"`)
	}
	if err := checkScheme(scheme); err != nil {
		return Deeplink{}, err
	}
	place, query, _ := strings.Cut(rest, "?")
	host, path := place, ""
	if at := strings.IndexByte(place, '/'); at >= 0 {
		host, path = place[:at], place[at:]
	}
	if err := errors.Join(checkHost(host), checkPath(path), checkQuery(query)); err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return Deeplink{}, errors.New(first)
	}
	return Deeplink{Scheme: scheme, Host: host, Path: path, Query: query}, nil
}

// String returns the link as ParseDeeplink read it.
func (d Deeplink) String() string {
	if d.Query == "" {
		return d.Scheme + "://" + d.Host + d.Path
	}
	return d.Scheme + "://" + d.Host + d.Path + "?" + d.Query
}

// Allowed reports whether an entry of the allow-list covers the link. Scheme and host must be equal, and the path must
// begin with all segments of the entry's path: gopay://home/promo covers gopay://home/promo/7, but not
// gopay://home/promotion. A malformed link is not allowed, and a malformed entry covers nothing.
func Allowed(list []string, link string) bool {
	target, err := ParseDeeplink(link)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(list, func(entry string) bool {
		allowed, err := ParseDeeplink(entry)
		return err == nil && allowed.covers(target)
	})
}

func (d Deeplink) covers(target Deeplink) bool {
	if d.Scheme != target.Scheme || d.Host != target.Host {
		return false
	}
	prefix := strings.TrimSuffix(d.Path, "/")
	rest, ok := strings.CutPrefix(target.Path, prefix)
	return ok && (rest == "" || rest[0] == '/')
}

func checkCharacters(link string) error {
	switch {
	case link == "":
		return errors.New("the deeplink is empty")
	case len(link) > maxDeeplink:
		return fmt.Errorf("the deeplink is longer than %d bytes", maxDeeplink)
	}
	for _, c := range []byte(link) {
		switch {
		case c <= ' ' || c == 0x7f:
			return errors.New("the deeplink has a space or a control character in it")
		case c > 0x7f:
			return errors.New("the deeplink has a letter outside ASCII; escape it in the query")
		case strings.IndexByte("\\\"'<>`{}|^", c) >= 0:
			return fmt.Errorf("the deeplink has a %q in it", c)
		case c == '#':
			return errors.New("a deeplink has no fragment (#)")
		}
	}
	return nil
}

func checkScheme(scheme string) error {
	if scheme == "" || scheme[0] < 'a' || scheme[0] > 'z' || !only(scheme, lower+digits+"+.-") {
		return errors.New("the scheme is not in lower-case letters")
	}
	if slices.Contains(scriptSchemes, scheme) {
		return fmt.Errorf("the scheme %s is never opened", scheme)
	}
	return nil
}

const (
	lower  = "abcdefghijklmnopqrstuvwxyz"
	upper  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits = "0123456789"
)

func checkHost(host string) error {
	switch {
	case host == "":
		return errors.New(`the deeplink names no place after "://"`)
	case strings.ContainsRune(host, '@'):
		return errors.New("a deeplink carries no user or password")
	case strings.ContainsRune(host, ':'):
		return errors.New("a deeplink has no port")
	case !only(host, lower+digits+".-_"):
		return errors.New("the host is not in lower-case letters, digits, dots and hyphens")
	}
	for _, label := range strings.Split(host, ".") {
		if label == "" || strings.HasPrefix(label, "xn--") {
			return errors.New("the host is not a plain name")
		}
	}
	return nil
}

func checkPath(path string) error {
	if strings.ContainsRune(path, '%') {
		return errors.New("the path must be written without escapes (%)")
	}
	if !only(path, lower+upper+digits+"/-._~+,=") {
		return errors.New("the path has a character other than letters, digits and - . _ ~ + , =")
	}
	if path == "" || path == "/" {
		return nil
	}
	for _, segment := range strings.Split(strings.TrimSuffix(path[1:], "/"), "/") {
		if strings.Trim(segment, ".") == "" {
			return errors.New(`the path has an empty, "." or ".." segment`)
		}
	}
	return nil
}

// checkQuery refuses broken escapes and escaped control characters: careless code turns %0d%0a into a new header line.
func checkQuery(query string) error {
	for i := 0; i < len(query); i++ {
		if query[i] != '%' {
			continue
		}
		if i+2 >= len(query) || !only(query[i+1:i+3], digits+"abcdefABCDEF") {
			return errors.New("the query has a % that is not followed by two hexadecimal digits")
		}
		if query[i+1] < '2' || strings.EqualFold(query[i+1:i+3], "7f") {
			return errors.New("the query has an escaped control character")
		}
		i += 2
	}
	return nil
}

func only(text, allowed string) bool { return strings.Trim(text, allowed) == "" }
