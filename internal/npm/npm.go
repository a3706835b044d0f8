// Package npm changes the package.json of a project, and leaves the rest of the file as it is.
package npm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// lists are the members of package.json whose packages npm installs.
var lists = []string{"dependencies", "devDependencies", "optionalDependencies"}

// SetDependency returns a package.json in which a package has a version or address. It changes the list that already has
// the package, and otherwise adds it to dependencies.
func SetDependency(text []byte, name, spec string) ([]byte, error) {
	file, err := parse(text)
	if err != nil {
		return nil, err
	}
	value := quoted(spec)
	for _, list := range lists {
		if at, ok := file.values[list+"\x00"+name]; ok {
			return splice(text, at, value), nil
		}
	}
	entry := quoted(name) + ": " + value
	if list, ok := file.objects["dependencies"]; ok {
		return insert(text, list, entry, 2), nil
	}
	return insert(text, file.objects[""], fmt.Sprintf("%q: {\n%s%s\n%s}", "dependencies", indents(text, 2), entry, indents(text, 1)), 1), nil
}

func quoted(text string) string {
	data, _ := json.Marshal(text) // a string is always written
	return string(data)
}

// span is a part of a text.
type span struct{ from, to int64 }

// object is an object in the text.
type object struct {
	span       // with its braces
	last int64 // the end of its last value; 0 without one
}

type document struct {
	objects map[string]object // the root as "", and the lists by name
	values  map[string]span   // the values of the lists by list, NUL and name
}

// parse finds the lists of a package.json.
func parse(text []byte) (d document, err error) {
	d = document{map[string]object{}, map[string]span{}}
	decoder := jsontext.NewDecoder(bytes.NewReader(text))
	if decoder.PeekKind() != '{' {
		return d, errors.New("it is not a JSON object")
	}
	err = d.read(decoder, "")
	if err != nil {
		return d, fmt.Errorf("it is not valid JSON: %w", err)
	}
	return d, nil
}

// read reads an object: the root, or a list of the root.
func (d document) read(decoder *jsontext.Decoder, list string) error {
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	o := object{span: span{from: decoder.InputOffset() - 1}}
	for decoder.PeekKind() != '}' {
		key, err := decoder.ReadToken()
		if err != nil {
			return err
		}
		name := key.String()
		kind := decoder.PeekKind()
		if list == "" && kind == '{' && isList(name) {
			err = d.read(decoder, name)
		} else {
			var value jsontext.Value
			value, err = decoder.ReadValue()
			end := decoder.InputOffset()
			if list != "" {
				d.values[list+"\x00"+name] = span{end - int64(len(value)), end}
			}
		}
		if err != nil {
			return err
		}
		o.last = decoder.InputOffset()
	}
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	o.to = decoder.InputOffset()
	d.objects[list] = o
	return nil
}

func isList(name string) bool {
	for _, list := range lists {
		if name == list {
			return true
		}
	}
	return false
}

func splice(text []byte, at span, with string) []byte {
	return bytes.Join([][]byte{text[:at.from], []byte(with), text[at.to:]}, nil)
}

// insert adds an entry at the end of an object.
func insert(text []byte, o object, entry string, depth int) []byte {
	line := "\n" + indents(text, depth) + entry
	if o.last > 0 {
		return splice(text, span{o.last, o.last}, ","+line)
	}
	return splice(text, o.span, "{"+line+"\n"+indents(text, depth-1)+"}")
}

// indents returns the file's own indentation: that of its first indented line, or two spaces.
func indents(text []byte, depth int) string {
	one := "  "
	for line := range strings.Lines(string(text)) {
		if trimmed := strings.TrimLeft(line, " \t"); len(trimmed) < len(line) && strings.TrimSpace(line) != "" {
			one = line[:len(line)-len(trimmed)]
			break
		}
	}
	return strings.Repeat(one, depth)
}
