package schema

import (
	"math"
	"slices"
	"strings"
)

// exact is the limit below which a float64 represents every whole number.
const exact = 1 << 53

// bounds checks a string or a number against its limits.
func (r *reader) bounds(s *Schema, path string, value any) *Fault {
	switch value := value.(type) {
	case string:
		return r.text(s, path, value)
	case float64:
		return s.number(path, value)
	}
	return nil
}

func (r *reader) text(s *Schema, path, text string) *Fault {
	most := s.most
	if most == 0 && !r.strict {
		most = maxText
	}
	switch {
	case most > 0 && len(text) > most:
		return s.bad(path, "is %d bytes long; at most %d", len(text), most)
	case text == "" && s.least > 0:
		return s.bad(path, "is empty")
	case len(text) < s.least:
		return s.bad(path, "is %d bytes long; at least %d", len(text), s.least)
	case len(s.values) > 0 && !slices.Contains(s.values, text):
		return s.bad(path, "must be one of %s", strings.Join(s.values, ", "))
	}
	return nil
}

func (s *Schema) number(path string, n float64) *Fault {
	switch {
	case s.kind == KindInteger && (n != math.Trunc(n) || math.Abs(n) > exact):
		return s.bad(path, "must be a whole number")
	case n < s.min || n > s.max:
		return s.bad(path, "must be %s", s.interval())
	}
	return nil
}

func (s *Schema) count(path string, n int) *Fault {
	switch {
	case s.most > 0 && n > s.most:
		return s.bad(path, "has %d entries; at most %d", n, s.most)
	case n < s.least:
		return s.bad(path, "has %d entries; at least %d", n, s.least)
	}
	return nil
}
