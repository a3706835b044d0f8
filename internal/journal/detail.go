package journal

import (
	"encoding/json"

	"github.com/go-json-experiment/json/jsontext"
)

// detailed is data that writes its own JSON. The entries of calls and requests do,
// because reflection would take most of their time.
type detailed interface {
	// AppendJSON appends the same JSON as encoding/json.
	AppendJSON(b []byte) []byte
}

// Detail returns a value as the detail of an entry. A value that does not marshal is a
// defect of the caller; the detail then contains the error.
func Detail(v any) json.RawMessage {
	if d, ok := v.(detailed); ok {
		return d.AppendJSON(nil)
	}
	data, err := json.Marshal(v)
	if err != nil {
		data, _ = json.Marshal(map[string]string{"unreadable": err.Error()})
	}
	return data
}

// AppendText appends a text as a JSON string. Bytes that are not UTF-8 become U+FFFD.
func AppendText(b []byte, text string) []byte {
	b, _ = jsontext.AppendQuote(b, text) // the error tells of the replaced bytes
	return b
}

// AppendValue appends a value as JSON, and valid JSON without its whitespace.
func AppendValue(b []byte, v any) []byte {
	raw, ok := v.(json.RawMessage)
	if !ok {
		return append(b, Detail(v)...)
	}
	if raw == nil {
		return append(b, "null"...)
	}
	return AppendCompact(b, raw)
}

// AppendCompact appends valid JSON without the whitespace outside of its strings.
func AppendCompact(b []byte, raw []byte) []byte {
	kept, inText := 0, false // raw is copied up to kept
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '"':
			inText = !inText
		case inText && c == '\\':
			i++
		case !inText && (c == ' ' || c == '\n' || c == '\t' || c == '\r'):
			b = append(b, raw[kept:i]...)
			kept = i + 1
		}
	}
	return append(b, raw[kept:]...)
}
