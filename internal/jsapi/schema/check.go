package schema

import (
	"fmt"
	"math"
	"strconv"
)

// Check reports whether an encoded value, such as a result, fits the schema exactly. It
// has every required member, no undeclared one, and null only where the schema allows
// it. A returned fault is a defect in the code that made the value.
func (s Schema) Check(raw []byte) *Fault {
	r := reader{strict: true}
	_, fault := r.value(&s, "", raw)
	return fault
}

func typeOf(raw []byte) string {
	if len(raw) == 0 {
		return "nothing"
	}
	switch raw[0] {
	case '"':
		return "string"
	case '{':
		return "object"
	case '[':
		return "array"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	default:
		return "number"
	}
}

func article(kind string) string {
	switch kind {
	case "object", "array":
		return "an " + kind
	case "null":
		return kind
	default:
		return "a " + kind
	}
}

// interval describes the allowed numbers.
func (s Schema) interval() string {
	least, most := figure(s.min), figure(s.max)
	switch {
	case math.IsInf(s.min, -1):
		return "at most " + most
	case math.IsInf(s.max, 1):
		return "at least " + least
	default:
		return fmt.Sprintf("from %s to %s", least, most)
	}
}

func figure(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
