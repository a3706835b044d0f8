package document

import (
	"html"
	"regexp"
	"slices"
	"strings"
)

// tag is a start tag as it stands in the page. Its edits change only the bytes of the attributes that they name.
type tag struct {
	raw        string
	name       string // in lower case
	attributes []attribute
	edits      []edit
}

// attribute is the place of an attribute in a tag.
type attribute struct {
	name       string // in lower case
	value      string // without character references
	start, end int    // with the white space before it
	from, to   int    // of the value with its quotes; both are end if there is no value
}

type edit struct {
	from, to int
	text     string
}

const space = " \t\n\f\r"

// readTag reads the bytes from the angle bracket to its counterpart (https://html.spec.whatwg.org/#tokenization).
func readTag(raw string) *tag {
	at := 1
	for at < len(raw) && !strings.ContainsRune(space+"/>", rune(raw[at])) {
		at++
	}
	t := &tag{raw: raw, name: strings.ToLower(raw[1:at])}
	for {
		start := at
		for at < len(raw) && strings.IndexByte(space+"/", raw[at]) >= 0 {
			at++
		}
		if at >= len(raw) || raw[at] == '>' {
			return t
		}
		a := readAttribute(raw, at)
		a.start = start
		at = a.end
		if !slices.ContainsFunc(t.attributes, func(b attribute) bool { return b.name == a.name }) {
			t.attributes = append(t.attributes, a) // a browser ignores a second attribute of the same name
		}
	}
}

func readAttribute(raw string, at int) attribute {
	start := at
	for at++; at < len(raw) && strings.IndexByte(space+"/>=", raw[at]) < 0; at++ {
	}
	a := attribute{name: strings.ToLower(raw[start:at]), end: at, from: at, to: at}
	skip := func() {
		for at < len(raw) && strings.IndexByte(space, raw[at]) >= 0 {
			at++
		}
	}
	skip()
	if at >= len(raw) || raw[at] != '=' {
		return a
	}
	at++
	skip()
	a.from = at
	var value string
	switch {
	case at < len(raw) && (raw[at] == '"' || raw[at] == '\''):
		end := strings.IndexByte(raw[at+1:], raw[at])
		if end < 0 {
			end = len(raw) - at - 1
		}
		value, at = raw[at+1:at+1+end], min(at+end+2, len(raw))
	default:
		for at < len(raw) && strings.IndexByte(space+">", raw[at]) < 0 {
			at++
		}
		value = raw[a.from:at]
	}
	a.value, a.to, a.end = decode(value), at, at
	return a
}

var reference = regexp.MustCompile(`&(?:#[xX]?[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);?=?`)

// decode replaces the character references of an attribute's value. Without a semicolon, a name before an equals sign or
// a letter is text: ?a=1&copy=2.
func decode(value string) string {
	return reference.ReplaceAllStringFunc(value, func(found string) string {
		plain := html.UnescapeString(found)
		if strings.HasPrefix(found, "&#") || strings.Contains(found, ";") {
			return plain
		}
		if last := plain[len(plain)-1]; last == '=' || isAlphanumeric(last) {
			return found
		}
		return plain
	})
}

func isAlphanumeric(b byte) bool {
	return (b >= '0' && b <= '9') || (b|0x20 >= 'a' && b|0x20 <= 'z')
}

// get returns an attribute. A tag without it has an empty value.
func (t *tag) get(name string) (a attribute, found bool) {
	at := slices.IndexFunc(t.attributes, func(a attribute) bool { return a.name == name })
	if at < 0 {
		return attribute{}, false
	}
	return t.attributes[at], true
}

func (t *tag) value(name string) string {
	a, _ := t.get(name)
	return a.value
}

// words returns the value of an attribute as words in lower case.
func (t *tag) words(name string) []string { return strings.Fields(strings.ToLower(t.value(name))) }

var escaper = strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;")

// set changes the value of an attribute that the tag has.
func (t *tag) set(a attribute, value string) {
	quote := `"`
	if t.raw[a.from] == '\'' {
		quote, value = `'`, strings.ReplaceAll(escaper.Replace(value), "'", "&#39;")
	} else {
		value = escaper.Replace(value)
	}
	t.edits = append(t.edits, edit{a.from, a.to, quote + value + quote})
}

// remove takes an attribute out, with the white space before it.
func (t *tag) remove(name string) {
	if a, found := t.get(name); found {
		t.edits = append(t.edits, edit{a.start, a.end, ""})
	}
}

// add adds an attribute behind the tag's name.
func (t *tag) add(name, value string) {
	at := 1 + len(t.name)
	t.edits = append(t.edits, edit{at, at, " " + name + `="` + escaper.Replace(value) + `"`})
}

// String returns the tag with its edits.
func (t *tag) String() string {
	slices.SortStableFunc(t.edits, func(a, b edit) int { return a.from - b.from })
	var b strings.Builder
	at := 0
	for _, e := range t.edits {
		b.WriteString(t.raw[at:e.from])
		b.WriteString(e.text)
		at = e.to
	}
	b.WriteString(t.raw[at:])
	return b.String()
}
