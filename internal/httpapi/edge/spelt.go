package edge

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

// Spelt is a value that some clients send as a string and others as a number. It stores
// the original spelling.
type Spelt string

// UnmarshalJSON reads a string, or the digits of a number; null is empty.
func (s *Spelt) UnmarshalJSON(data []byte) error {
	switch c := data[0]; {
	case c == '"':
		return json.Unmarshal(data, (*string)(s))
	case c == '-' || '0' <= c && c <= '9':
		*s = Spelt(data)
	case c == 'n':
		*s = ""
	default:
		return errors.New("it must be a string or a number")
	}
	return nil
}

// Whole returns a whole number, also one that is written with decimals, such as 2.00.
func (s Spelt) Whole() (n int64, ok bool) {
	digits, decimals, _ := strings.Cut(string(s), ".")
	if strings.Trim(decimals, "0") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, err == nil
}
