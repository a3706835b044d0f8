package schema

import (
	"strconv"
	"strings"
)

// TypeScript returns the type of the value. Lines after the first have the given
// indent. A titled schema inside it is written as its title.
func (s Schema) TypeScript(indent string) string {
	if s.title != "" {
		return s.title
	}
	return s.shape(indent)
}

// shape returns the type without its own title, for the declaration of that title.
func (s Schema) shape(indent string) string {
	switch s.kind {
	case KindNull, KindBoolean:
		return string(s.kind)
	case KindNumber, KindInteger:
		return "number"
	case KindString, KindBlob:
		return texts(s.values)
	case KindList:
		entry := s.of.TypeScript(indent)
		if strings.Contains(entry, " | ") {
			return "(" + entry + ")[]"
		}
		return entry + "[]"
	case KindMap:
		return "Record<string, " + s.of.TypeScript(indent) + ">"
	case KindObject:
		return s.literal(indent)
	default:
		return "unknown"
	}
}

func texts(values []string) string {
	if len(values) == 0 {
		return "string"
	}
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = strconv.Quote(v)
	}
	return strings.Join(quoted, " | ")
}

func (s Schema) literal(indent string) string {
	if len(s.members) == 0 {
		return "Record<string, never>"
	}
	var b strings.Builder
	b.WriteString("{\n")
	for _, m := range s.members {
		if m.doc != "" {
			b.WriteString(indent + "  /** " + m.doc + " */\n")
		}
		b.WriteString(indent + "  " + property(m.Name))
		if m.Optional {
			b.WriteString("?")
		}
		b.WriteString(": " + m.TypeScript(indent+"  ") + ";\n")
	}
	b.WriteString(indent + "}")
	return b.String()
}

// property quotes a name that is not an identifier.
func property(name string) string {
	for i, c := range name {
		letter := c == '_' || c == '$' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return strconv.Quote(name)
		}
	}
	return name
}
