package manifest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// node is a JSON value of the manifest with the line on which it ends, so that every problem names a line.
type node struct {
	kind    jsontext.Kind // 'n' null, 't' 'f' booleans, '"' string, '0' number, '{' object, '[' array
	text    string        // a string's value; otherwise the value as written
	line    int
	members []member
	items   []node
}

type member struct {
	name  string
	line  int
	value node
}

// describe returns a short form of the value for messages, as written in the file.
func (n node) describe() string {
	switch n.kind {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		if len(n.text) > 40 {
			return fmt.Sprintf("%q", n.text[:40]+"...")
		}
		return fmt.Sprintf("%q", n.text)
	default:
		return n.text
	}
}

// parseDocument reads one JSON value. It keeps duplicate members.
func parseDocument(data []byte) (node, error) {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return node{}, errors.New("the file is UTF-16; save it as UTF-8")
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	d := document{data: data, decoder: jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(true))}
	root, err := d.value()
	if end := d.decoder.InputOffset(); err == nil && len(bytes.TrimLeft(data[end:], space)) > 0 {
		err = &jsontext.SyntacticError{ByteOffset: end, Err: errSecondValue}
	}
	if err != nil {
		return node{}, d.explain(err)
	}
	return root, nil
}

var errSecondValue = errors.New("invalid character at start of value")

type document struct {
	data    []byte
	decoder *jsontext.Decoder
}

func (d document) value() (node, error) {
	token, err := d.decoder.ReadToken()
	if err != nil {
		return node{}, err
	}
	n := node{kind: token.Kind(), text: token.String(), line: d.line(d.decoder.InputOffset())}
	switch n.kind {
	case '{':
		for d.decoder.PeekKind() != '}' {
			name, err := d.decoder.ReadToken()
			if err != nil {
				return node{}, err
			}
			m := member{name: name.String(), line: d.line(d.decoder.InputOffset())}
			if m.value, err = d.value(); err != nil {
				return node{}, err
			}
			n.members = append(n.members, m)
		}
		_, err = d.decoder.ReadToken()
	case '[':
		for d.decoder.PeekKind() != ']' {
			item, err := d.value()
			if err != nil {
				return node{}, err
			}
			n.items = append(n.items, item)
		}
		_, err = d.decoder.ReadToken()
	}
	return n, err
}

func (d document) line(offset int64) int {
	return 1 + bytes.Count(d.data[:min(offset, int64(len(d.data)))], []byte("\n"))
}

// explain returns the position of the syntax error and the expected text.
func (d document) explain(err error) error {
	offset := int64(len(d.data))
	if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		offset = min(syntax.ByteOffset, offset)
		err = syntax.Err
	}
	before, after := d.data[:offset], d.data[offset:]
	if betweenValues(err) {
		before, after = bytes.TrimRight(before, space), bytes.TrimLeft(after, space)
		// The decoder reports the position of the comma, but the error is after it.
		if rest := bytes.TrimLeft(bytes.TrimPrefix(after, []byte(",")), space); len(rest) < len(after) && len(rest) > 0 && !bytes.HasSuffix(before, []byte("{")) {
			before, after = []byte(","), rest
		}
	}
	offset = int64(len(d.data) - len(after))
	lineStart := bytes.LastIndexByte(d.data[:offset], '\n') + 1
	column := 1 + len([]rune(string(d.data[lineStart:offset])))
	return fmt.Errorf("line %d, column %d: %s", d.line(offset), column, d.expected(before, after, err))
}

// anObject describes a manifest.
const anObject = `an object: {"id": "...", "name": "..."}`

func (d document) expected(before, after []byte, err error) string {
	if len(after) == 0 {
		if len(before) == 0 {
			return "the file is empty, expected " + anObject
		}
		return "the file ends too early, expected " + d.open()
	}
	found, last := rune(after[0]), byte(0)
	if len(before) > 0 {
		last = before[len(before)-1]
	}
	switch {
	case last == ',' && (found == '}' || found == ']'):
		return fmt.Sprintf("found %q after a comma, expected another entry, or no comma before it", found)
	case bytes.HasPrefix(after, []byte("//")), bytes.HasPrefix(after, []byte("/*")), found == '#':
		return "found a comment, and JSON has none"
	case found == '\'':
		return "found a single quote, expected double quotes"
	case d.decoder.StackDepth() == 0 && len(bytes.TrimSpace(before)) == 0:
		return fmt.Sprintf("found %q, expected %s", found, anObject)
	case d.decoder.StackDepth() == 0:
		return fmt.Sprintf("found %q after the end of the manifest", found)
	case (last == '{' || last == ',') && strings.HasSuffix(d.open(), "}"):
		return fmt.Sprintf("found %q, expected a key in double quotes", found)
	case betweenValues(err):
		return fmt.Sprintf("found %q, expected a value", found)
	}
	return err.Error()
}

const space = " \t\r\n"

// betweenValues reports whether an error is in the structure, and not inside a string, number or literal.
func betweenValues(err error) bool {
	text := err.Error()
	return strings.Contains(text, "start of value") || strings.Contains(text, "missing value") || strings.Contains(text, "EOF")
}

// open names the bracket that closes the current value of the decoder.
func (d document) open() string {
	switch kind, _ := d.decoder.StackIndex(d.decoder.StackDepth()); kind {
	case '{':
		return "}"
	case '[':
		return "]"
	default:
		return "a value"
	}
}
