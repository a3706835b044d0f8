package schema

// Kind returns the kind of the value.
func (s Schema) Kind() Kind { return s.kind }

// Title returns the name of the type, which may be empty.
func (s Schema) Title() string { return s.title }

// Text returns the documentation of the value.
func (s Schema) Text() string { return s.doc }

// Values returns the allowed strings of an enum.
func (s Schema) Values() []string { return s.values }

// Members returns the members of an object, in order.
func (s Schema) Members() []Member { return s.members }

// Entry returns the schema of the entries of a list or map.
func (s Schema) Entry() Schema {
	if s.of == nil {
		return Schema{}
	}
	return *s.of
}

// HasSecrets reports whether the value, or a part of it, is secret.
func (s Schema) HasSecrets() bool { return s.secrets }

// Member returns the member of an object with a name.
func (s Schema) Member(name string) (Member, bool) {
	if m := s.member(name); m != nil {
		return *m, true
	}
	return Member{}, false
}

func (s *Schema) member(name string) *Member {
	for i := range s.members {
		if s.members[i].Name == name {
			return &s.members[i]
		}
	}
	return nil
}

// Renamed returns an object with renamed members; names maps old names to new ones.
func (s Schema) Renamed(names map[string]string) Schema {
	members := make([]Member, len(s.members))
	for i, m := range s.members {
		if other, ok := names[m.Name]; ok {
			m.Name = other
		}
		members[i] = m
	}
	s.members = members
	return s
}

// JSONType returns the JSON name of the kind: an "integer" is a "number", a map is an
// "object", a list an "array", a blob a "string".
func (s Schema) JSONType() string {
	switch s.kind {
	case KindInteger:
		return "number"
	case KindMap:
		return "object"
	case KindList:
		return "array"
	case KindBlob:
		return "string"
	default:
		return string(s.kind)
	}
}
