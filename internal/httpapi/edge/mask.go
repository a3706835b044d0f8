package edge

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"strconv"
	"sync"

	"github.com/go-json-experiment/json/jsontext"
)

// hidden are the members of backend bodies that the journal must not hold.
var hidden = map[string]bool{
	"auth_code": true, "auth_token": true, "account_token": true, "bank_account_number": true,
	"client_secret": true, "phone_number": true, "email": true,
	"accessToken": true, "chargeToken": true, "phone": true, "address": true,
	"token": true, "redirect_url": true,
}

const mask = "•••"

func maskedText(name, text string) string {
	switch {
	case !hidden[name] || text == "":
		return text
	case len(text) > 40:
		return text[:3] + mask + text[len(text)-3:]
	default:
		return mask
	}
}

func maskedQuery(raw string) map[string]string {
	if raw == "" {
		return nil
	}
	shown := map[string]string{}
	query, _ := url.ParseQuery(raw) // what of it can be read
	for name := range query {
		shown[Excerpt(name)] = maskedText(name, query.Get(name))
	}
	return shown
}

const maxShown = 4096

// maskedJSON copies a body of JSON and hides the secrets in it. What is no
// JSON may hold a secret that cannot be found, and is not shown at all.
func maskedJSON(data []byte) json.RawMessage {
	if len(data) == 0 {
		return json.RawMessage("null")
	}
	if len(data) > maxShown {
		return instead(data, " bytes)")
	}
	m := maskers.Get().(*masker)
	defer maskers.Put(m)
	out, ok := m.copy(data)
	if !ok {
		return instead(data, " bytes that are not JSON)")
	}
	return out
}

func instead(data []byte, what string) json.RawMessage {
	return json.RawMessage(`"(` + strconv.Itoa(len(data)) + what + `"`)
}

// masker copies one JSON text at a time.
type masker struct {
	from, to bytes.Buffer
	in       *jsontext.Decoder
	out      *jsontext.Encoder
}

var maskers = sync.Pool{New: func() any {
	m := &masker{}
	loose := []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}
	m.in, m.out = jsontext.NewDecoder(&m.from, loose...), jsontext.NewEncoder(&m.to, loose...)
	return m
}}

func (m *masker) copy(data []byte) (json.RawMessage, bool) {
	m.from.Reset()
	m.to.Reset()
	m.from.Write(data)
	m.in.Reset(&m.from, m.in.Options())
	m.out.Reset(&m.to, m.out.Options())
	if err := m.value(""); err != nil {
		return nil, false
	}
	if _, err := m.in.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, false
	}
	return bytes.Clone(bytes.TrimSpace(m.to.Bytes())), true
}

// value copies one value; name is that of the member that it stands in.
func (m *masker) value(name string) error {
	kind := m.in.PeekKind()
	if kind == '{' || kind == '[' {
		return m.inside(name, kind)
	}
	token, err := m.in.ReadToken()
	if err != nil {
		return err
	}
	switch {
	case kind == '"':
		return m.out.WriteToken(jsontext.String(maskedText(name, token.String())))
	case hidden[name]:
		return m.out.WriteToken(jsontext.String(mask))
	default:
		return m.out.WriteToken(token)
	}
}

func (m *masker) inside(name string, kind jsontext.Kind) error {
	for first := true; ; first = false {
		ends := m.in.PeekKind() == '}' || m.in.PeekKind() == ']'
		if first || ends {
			token, err := m.in.ReadToken()
			if err != nil {
				return err
			}
			if err := m.out.WriteToken(token); err != nil || ends {
				return err
			}
			continue
		}
		if kind == '{' {
			token, err := m.in.ReadToken()
			if err != nil {
				return err
			}
			name = token.String()
			if err := m.out.WriteToken(jsontext.String(name)); err != nil {
				return err
			}
		}
		if err := m.value(name); err != nil {
			return err
		}
	}
}
