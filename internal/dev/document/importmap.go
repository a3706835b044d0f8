package document

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// importRules returns the rules that lead an import of GoPay's script to Selasar's, as members of a JSON object. An
// import of //gwk.gopayapi.com has the scheme of the page.
func importRules(script string) string {
	folder := script[:strings.LastIndex(script, "/")+1]
	var rules []string
	for _, scheme := range []string{"https", "http"} {
		from := scheme + "://" + Host + "/sdk/stable/"
		rules = append(rules, quote(from)+":"+quote(folder), quote(from+"gp-container.js")+":"+quote(script))
	}
	return strings.Join(rules, ",")
}

// ImportMap returns Selasar's import map for a page that has none.
func ImportMap(script string) string { return `{"imports":{` + importRules(script) + `}}` }

func quote(text string) string {
	data, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string is always valid
	}
	return string(data)
}

// replaceImport replaces the address to which an import map leads: GoPay's script, or the folder of it.
func (r *Rewriter) replaceImport(value string) (string, bool) {
	if address, ok := r.replacement(value); ok {
		return address, true
	}
	place, _, ok := resolve(value, r.base)
	if _, path, _ := strings.Cut(place, "://"); ok && path == Host+"/sdk/stable/" {
		return r.config.Script[:strings.LastIndex(r.config.Script, "/")+1], true
	}
	return "", false
}

var errNoMap = errors.New("not an import map")

// mergeImports adds rules to the imports of an import map, and replaces the addresses in its imports and scopes. The
// rest of the text stays as it is. found are the addresses that were replaced.
func mergeImports(text, rules string, replace func(string) (string, bool)) (merged string, found []string, err error) {
	m, err := readImports(text)
	if err != nil {
		return "", nil, err
	}
	var b strings.Builder
	at := 0
	put := func(from, to int, with string) {
		b.WriteString(text[at:from])
		b.WriteString(with)
		at = to
	}
	if rules != "" {
		if m.imports < 0 {
			rules = `"imports":{` + rules + `}`
			m.imports, m.empty = m.top, m.bare
		}
		if !m.empty {
			rules += ","
		}
	}
	inserted := rules == ""
	for _, a := range m.addresses {
		if !inserted && a.from >= m.imports {
			put(m.imports, m.imports, rules)
			inserted = true
		}
		if with, ok := replace(a.value); ok {
			put(a.from, a.to, quote(with))
			found = append(found, a.value)
		}
	}
	if !inserted {
		put(m.imports, m.imports, rules)
	}
	b.WriteString(text[at:])
	return b.String(), found, nil
}

// importMap has the places in the text of an import map.
type importMap struct {
	top, imports int  // behind the opening brace of the map, and of its imports; -1 if it has no imports
	bare, empty  bool // whether nothing is in them
	addresses    []address
}

// address is a string in imports or scopes.
type address struct {
	from, to int
	value    string
}

// level is an open object or array of the JSON text.
type level struct {
	object, isKey bool
	key           string
	members       int
}

func readImports(text string) (m importMap, err error) {
	m.imports = -1
	in := json.NewDecoder(strings.NewReader(text))
	var open []level
	for last := 0; ; {
		token, err := in.Token()
		if err == io.EOF {
			return m, endOf(open, m)
		}
		if err != nil {
			return m, err
		}
		end := int(in.InputOffset())
		start := last + len(text[last:end]) - len(strings.TrimLeft(text[last:end], " \t\r\n,:"))
		last = end
		whole := m.top > 0 && len(open) == 0
		open = m.take(open, token, start, end)
		if whole || (len(open) == 0 && token != json.Delim('}')) {
			return m, errNoMap
		}
	}
}

func endOf(open []level, m importMap) error {
	if len(open) > 0 || m.top == 0 {
		return errNoMap
	}
	return nil
}

// take follows one token of the text. It returns the levels that are open after it.
func (m *importMap) take(open []level, token json.Token, start, end int) []level {
	if token == json.Delim('}') || token == json.Delim(']') {
		closed := open[len(open)-1]
		open = open[:len(open)-1]
		switch {
		case len(open) == 0:
			m.bare = closed.members == 0
		case len(open) == 1 && open[0].key == "imports":
			m.empty = closed.members == 0
		}
		return open
	}
	if len(open) > 0 && open[len(open)-1].object {
		in := &open[len(open)-1]
		if in.isKey = !in.isKey; in.isKey {
			in.key, _ = token.(string)
			in.members++
			return open
		}
	}
	switch token := token.(type) {
	case json.Delim:
		if len(open) == 0 {
			m.top = end
		} else if len(open) == 1 && open[0].key == "imports" && token == '{' {
			m.imports = end
		}
		return append(open, level{object: token == '{'})
	case string:
		depth := len(open)
		if (depth == 2 && open[0].key == "imports") || (depth == 3 && open[0].key == "scopes") {
			m.addresses = append(m.addresses, address{start, end, token})
		}
	}
	return open
}
