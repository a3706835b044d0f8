package trial

import (
	"fmt"
	"io"
	"strings"
)

// Text writes the report for a person.
func (r Report) Text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "provider %s\n", r.Provider)
	for _, c := range r.Checks {
		mark := "ok  "
		if len(c.Findings) > 0 {
			mark = "FAIL"
		}
		fmt.Fprintf(&b, "%s  %-12s  %s\n", mark, c.Name, c.Meaning)
		for _, f := range c.Findings {
			fmt.Fprintf(&b, "      - %s\n", f)
		}
	}
	switch r.Findings {
	case 0:
		b.WriteString("no findings\n")
	case 1:
		b.WriteString("1 finding\n")
	default:
		fmt.Fprintf(&b, "%d findings\n", r.Findings)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
