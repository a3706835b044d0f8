package edge

import "net/http"

// Header is a request header. Its name has the documentation's spelling, such as
// X-EXTERNAL-ID. net/http stores it as X-External-Id, and would compute that for each
// request.
type Header struct {
	Name string
	key  string
}

// HeaderNamed returns the header of a name.
func HeaderNamed(name string) Header { return Header{name, http.CanonicalHeaderKey(name)} }

// HeadersNamed returns the headers of several names.
func HeadersNamed(names ...string) (list []Header) {
	for _, name := range names {
		list = append(list, HeaderNamed(name))
	}
	return list
}

// Of returns the header's first value, or an empty string.
func (h Header) Of(from http.Header) string {
	if values := from[h.key]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// Set sets the header to one value.
func (h Header) Set(in http.Header, value string) { in[h.key] = []string{value} }
