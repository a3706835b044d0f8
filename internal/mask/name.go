package mask

import (
	"bytes"
	"encoding/json"
)

// secrets are the members of backend bodies and queries that are never shown.
var secrets = map[string]bool{
	"auth_code": true, "auth_token": true, "account_token": true, "bank_account_number": true,
	"client_secret": true, "phone_number": true, "email": true,
	"accessToken": true, "chargeToken": true, "phone": true, "address": true,
	"token": true, "redirect_url": true,
}

// longName is the longest of their values that is hidden whole, in characters.
const longName = 40

// Members masks a JSON text by name and by shape in one pass. It hides the
// scalars under a secret name, also in lists; an object under one is masked by
// the names of its own members. It expects valid JSON.
func Members(text json.RawMessage) json.RawMessage {
	w := walk{masked: masked{text: text}}
	for w.at < len(text) {
		switch c := text[w.at]; c {
		case '{', '[':
			w.enter(c)
		case '}', ']':
			w.leave()
		case '"':
			w.str()
		case ' ', '\t', '\n', '\r', ',', ':':
			w.at++
		default:
			w.scalar()
		}
	}
	return w.done()
}

// walk is a pass over a JSON text.
type walk struct {
	masked
	at     int
	secret bool   // the value that comes next stands under a secret name
	outer  []bool // secret in the objects and lists around, outermost first
}

func (w *walk) enter(c byte) {
	w.outer = append(w.outer, w.secret)
	w.secret = w.secret && c == '['
	w.at++
}

func (w *walk) leave() {
	if n := len(w.outer); n > 0 {
		w.secret, w.outer = w.outer[n-1], w.outer[:n-1]
	}
	w.at++
}

// str passes over a string: the name of a member, or a value.
func (w *walk) str() {
	from, end := w.at+1, stringEnd(w.text, w.at+1)
	w.at = min(end+1, len(w.text))
	rest := bytes.TrimLeft(w.text[w.at:], " \t\r\n")
	named := len(rest) > 0 && rest[0] == ':'
	switch {
	case named:
		w.name(from, end)
	case w.secret && end > from:
		w.replace(from-1, w.at, quotedEnds(w.text[from-1:w.at]))
	default:
		w.content(from, end)
	}
}

// scalar passes over a number, true, false or null.
func (w *walk) scalar() {
	from := w.at
	for w.at < len(w.text) && bytes.IndexByte([]byte(" \t\n\r,:]}"), w.text[w.at]) < 0 {
		w.at++
	}
	if w.secret {
		w.replace(from, w.at, `"`+Mask+`"`)
	}
	w.at = max(w.at, from+1)
}

// name passes over the name of a member. One with escapes is written plainly,
// so that a reader sees why its value is hidden.
func (w *walk) name(from, end int) {
	written := w.text[from:end]
	if bytes.IndexByte(written, '\\') < 0 {
		w.secret = secrets[string(written)]
		w.content(from, end)
		return
	}
	var name string
	if json.Unmarshal(w.text[from-1:end+1], &name) != nil {
		w.secret = true
		return
	}
	w.secret = secrets[name]
	if quoted, err := json.Marshal(Text(name)); err == nil {
		w.replace(from-1, end+1, string(quoted))
	}
}

func quotedEnds(written []byte) string {
	var text string
	if json.Unmarshal(written, &text) != nil {
		return `"` + Mask + `"`
	}
	quoted, err := json.Marshal(Ends(text, longName))
	if err != nil {
		return `"` + Mask + `"`
	}
	return string(quoted)
}
