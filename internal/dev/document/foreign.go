package document

import "slices"

// foreign holds the open SVG and MathML elements that decide how the document is read: inside them, a script or a style
// has markup in it, and CDATA sections exist.
type foreign []string

// integration are the elements of SVG and MathML whose content is HTML.
var integration = []string{"foreignobject", "desc", "title", "mi", "mo", "mn", "ms", "mtext"}

// breakouts are the start tags of HTML that end SVG and MathML.
var breakouts = []string{
	"b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2", "h3", "h4", "h5", "h6",
	"head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s", "small", "span", "strong",
	"strike", "sub", "sup", "table", "tt", "u", "ul", "var",
}

// inside reports whether the next element is one of SVG or MathML.
func (f foreign) inside() bool {
	return len(f) > 0 && !slices.Contains(integration, f[len(f)-1])
}

// open follows a start tag. It reports whether the element belongs to SVG or MathML.
func (f *foreign) open(name string, closed bool) bool {
	if f.inside() && slices.Contains(breakouts, name) {
		for f.inside() {
			*f = (*f)[:len(*f)-1]
		}
		return false
	}
	root := name == "svg" || name == "math"
	within := f.inside()
	if (root || (within && slices.Contains(integration, name))) && !closed {
		*f = append(*f, name)
	}
	return root || within
}

// close follows an end tag.
func (f *foreign) close(name string) {
	for at := len(*f) - 1; at >= 0; at-- {
		if (*f)[at] == name {
			*f = (*f)[:at]
			return
		}
	}
}
