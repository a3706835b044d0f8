// Package sourcemap finds the place in a source from which a bundler made a place in a
// served script (ECMA-426).
package sourcemap

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"sort"
	"strings"
)

// Map are the places of one script.
type Map struct {
	sources  []string
	segments []segment // by line and column
}

// segment is a place in the script, with its place in a source. All count from 0.
type segment struct {
	line, col             int
	source, ofLine, ofCol int
	mapped                bool
}

// Parse reads a source map. It reads no map of several sections.
func Parse(data []byte) (*Map, error) {
	var in struct {
		Version  int      `json:"version"`
		Root     string   `json:"sourceRoot"`
		Sources  []string `json:"sources"`
		Mappings string   `json:"mappings"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return nil, fmt.Errorf("reading the source map: %w", err)
	}
	if in.Version != 3 {
		return nil, fmt.Errorf("a source map of version %d is not known", in.Version)
	}
	m := &Map{}
	for _, source := range in.Sources {
		m.sources = append(m.sources, in.Root+source)
	}
	return m, m.read(in.Mappings)
}

var errMappings = errors.New("the mappings of the source map cannot be read")

// read reads the mappings. Each number but the column in the script continues from the
// segment before.
func (m *Map) read(mappings string) error {
	var source, ofLine, ofCol int
	for line, list := range strings.Split(mappings, ";") {
		col := 0
		for _, text := range strings.Split(list, ",") {
			if text == "" {
				continue
			}
			values, err := numbers(text)
			if err != nil {
				return err
			}
			col += values[0]
			s := segment{line: line, col: col}
			if len(values) >= 4 {
				source, ofLine, ofCol = source+values[1], ofLine+values[2], ofCol+values[3]
				if source < 0 || source >= len(m.sources) {
					return errMappings
				}
				s.source, s.ofLine, s.ofCol, s.mapped = source, ofLine, ofCol, true
			}
			m.segments = append(m.segments, s)
		}
	}
	return nil
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// numbers reads the numbers of a segment, in base 64 with a variable length.
func numbers(text string) (list []int, err error) {
	value, shift := 0, 0
	for _, c := range []byte(text) {
		digit := strings.IndexByte(digits, c)
		if digit < 0 || shift > 30 {
			return nil, errMappings
		}
		value |= digit & 31 << shift
		if shift += 5; digit&32 != 0 {
			continue
		}
		number := value >> 1
		if value&1 == 1 {
			number = -number
		}
		list, value, shift = append(list, number), 0, 0
	}
	if len(list) == 0 || shift != 0 {
		return nil, errMappings
	}
	return list, nil
}

// Source returns the source's name and place of a place in the script. All lines and
// columns count from 1.
func (m *Map) Source(line, col int) (name string, ofLine, ofCol int, ok bool) {
	line, col = line-1, col-1
	after := sort.Search(len(m.segments), func(i int) bool {
		s := m.segments[i]
		return s.line > line || s.line == line && s.col > col
	})
	if after == 0 {
		return "", 0, 0, false
	}
	s := m.segments[after-1]
	if s.line != line || !s.mapped {
		return "", 0, 0, false
	}
	return m.sources[s.source], s.ofLine + 1, s.ofCol + 1, true
}

// Reference returns what the last comment of a script names as its source map, or an empty
// text.
func Reference(script string) string {
	for _, mark := range []string{"//# sourceMappingURL=", "//@ sourceMappingURL="} {
		if at := strings.LastIndex(script, mark); at >= 0 {
			name, _, _ := strings.Cut(script[at+len(mark):], "\n")
			return strings.TrimSpace(name)
		}
	}
	return ""
}

// Readable returns the name of a source as a developer knows it: relative to the project,
// if the script is at a path. Bundlers write prefixes such as webpack://app/./src/a.js.
func Readable(source, script string) string {
	if at := strings.Index(source, "://"); at >= 0 {
		_, rest, _ := strings.Cut(source[at+len("://"):], "/")
		return strings.TrimPrefix(path.Clean("/"+rest), "/")
	}
	if !strings.HasPrefix(source, "/") {
		source = path.Join(path.Dir(script), source)
	}
	return strings.TrimPrefix(path.Clean("/"+source), "/")
}
