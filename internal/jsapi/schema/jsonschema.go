package schema

import "math"

// Node is a JSON object whose members keep their order, for generators.
type Node []Pair

// Pair is one member of a Node. Value is a Node, a []any, a []string, a string, a
// number, or a boolean.
type Pair struct {
	Name  string
	Value any
}

// JSONSchema returns the schema in JSON Schema 2020-12. It refers to a titled schema by
// prefix and title.
func (s Schema) JSONSchema(prefix string) Node {
	if s.title != "" {
		return Node{{"$ref", prefix + s.title}}
	}
	return s.Definition(prefix)
}

// Definition returns the JSON Schema without a reference to its own title, for the
// definition of that title.
func (s Schema) Definition(prefix string) Node {
	var n Node
	switch {
	case s.kind == KindAny, len(s.values) > 0:
	case s.kind == KindInteger:
		n = append(n, Pair{"type", "integer"})
	default:
		n = append(n, Pair{"type", s.JSONType()})
	}
	if s.doc != "" {
		n = append(n, Pair{"description", s.doc})
	}
	if len(s.values) > 0 {
		n = append(n, Pair{"enum", s.values})
	}
	return append(append(n, s.limits()...), s.inside(prefix)...)
}

func (s Schema) limits() (n Node) {
	if !math.IsInf(s.min, -1) {
		n = append(n, Pair{"minimum", s.min})
	}
	if !math.IsInf(s.max, 1) {
		n = append(n, Pair{"maximum", s.max})
	}
	suffix, ok := map[Kind]string{KindString: "Length", KindList: "Items", KindMap: "Properties"}[s.kind]
	if ok && s.least > 0 {
		n = append(n, Pair{"min" + suffix, s.least})
	}
	if ok && s.most > 0 {
		n = append(n, Pair{"max" + suffix, s.most})
	}
	return n
}

// inside describes the contents of an object, a map, or a list.
func (s Schema) inside(prefix string) Node {
	switch s.kind {
	case KindList:
		return Node{{"items", s.of.JSONSchema(prefix)}}
	case KindMap:
		return Node{{"additionalProperties", s.of.JSONSchema(prefix)}}
	case KindObject:
		return s.properties(prefix)
	}
	return nil
}

func (s Schema) properties(prefix string) (n Node) {
	var required []string
	properties := Node{}
	for _, m := range s.members {
		if !m.Optional {
			required = append(required, m.Name)
		}
		one := m.JSONSchema(prefix)
		if m.Default != nil {
			one = append(one, Pair{"default", m.Default})
		}
		properties = append(properties, Pair{m.Name, one})
	}
	if len(required) > 0 {
		n = append(n, Pair{"required", required})
	}
	if len(properties) > 0 {
		n = append(n, Pair{"properties", properties})
	}
	return append(n, Pair{"additionalProperties", false})
}
