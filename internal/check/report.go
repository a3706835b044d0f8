package check

import (
	"fmt"
	"io"
	"strings"

	"github.com/selasar/selasar/internal/miniapp"
)

// schema is the version of the report's form as JSON.
const schema = 1

// Report is the result of a check. docs/check.md describes it as JSON.
type Report struct {
	Schema       int                `json:"schema"`
	MiniApp      string             `json:"mini_app"`
	Generation   miniapp.Generation `json:"generation"`
	OS           string             `json:"os"`
	AppVersion   string             `json:"app_version"`             // of the simulated GoPay app
	NeedsVersion string             `json:"needs_version,omitempty"` // the oldest GoPay app that has all methods that were found
	Calls        Calls              `json:"calls"`
	Files        int                `json:"files"`         // that were read
	Skipped      int                `json:"files_skipped"` // because they are large
	More         bool               `json:"more_files"`    // there were more files than the limit
	Busy         bool               `json:"busy"`          // the page never became quiet: later calls were not seen
	Findings     []Finding          `json:"findings"`
	Variants     []*VariantReport   `json:"variants"`
}

// Calls are the numbers of the calls that were found.
type Calls struct {
	Load       int `json:"load"`
	Script     int `json:"script"`
	Sources    int `json:"sources"`
	Unreadable int `json:"unreadable"` // in the sources, without literal names
}

// Text writes the report for people.
func (r *Report) Text(w io.Writer) error {
	var out strings.Builder
	fmt.Fprintf(&out, "%s (%s) on GoPay %s, %s\n", r.MiniApp, r.Generation, r.AppVersion, r.OS)
	for _, severity := range []Severity{Error, Warning} {
		r.group(&out, severity)
	}
	r.variants(&out)
	fmt.Fprintf(&out, "\n%s at load, %s by the script, %s in %s", number(r.Calls.Load, "call"), number(r.Calls.Script, "call"), number(r.Calls.Sources, "call"), number(r.Files, "file"))
	if r.Calls.Unreadable > 0 {
		fmt.Fprintf(&out, "; %s more without literal names", number(r.Calls.Unreadable, "call"))
	}
	if r.Skipped > 0 {
		fmt.Fprintf(&out, "; %s skipped because of the size", number(r.Skipped, "file"))
	}
	if r.More {
		out.WriteString("\nthe folder has more files than one reading takes; the last ones were not read")
	}
	if r.Busy {
		out.WriteString("\nthe page never became quiet, so its later calls were not seen")
	}
	if r.NeedsVersion != "" {
		fmt.Fprintf(&out, "\nthe calls need GoPay %s or newer", r.NeedsVersion)
	}
	if len(r.Findings) == 0 {
		out.WriteString("\nnothing to fix\n")
	} else {
		fmt.Fprintf(&out, "\n%s\n", number(len(r.Findings), "finding"))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// group writes the findings of a severity, three lines each.
func (r *Report) group(out *strings.Builder, severity Severity) {
	title := fmt.Sprintf("\n%ss\n", severity)
	for _, f := range r.Findings {
		if f.Severity != severity {
			continue
		}
		out.WriteString(title)
		title = ""
		var found []string
		for _, way := range f.Found {
			found = append(found, string(way))
		}
		subject := f.Method
		if subject == "" || strings.HasPrefix(f.Message, subject) {
			subject = ""
		} else {
			subject += ": "
		}
		fmt.Fprintf(out, "  %s  [%s, %s]\n      %s%s\n      → %s\n", f.where(), f.Kind, strings.Join(found, " + "), subject, f.Message, f.Advice)
	}
}

// variants writes one line for each reading that was run, and one for all others.
func (r *Report) variants(out *strings.Builder) {
	var rest []string
	out.WriteString("\nvariants\n")
	for _, v := range r.Variants {
		name := string(v.Name) + "=" + v.Reading
		if v.Outcome == NotReached {
			rest = append(rest, name)
			continue
		}
		fmt.Fprintf(out, "  %-28s %s\n", name, v.Outcome)
	}
	if len(rest) > 0 {
		fmt.Fprintf(out, "  no call depends on: %s\n", strings.Join(rest, ", "))
	}
}

func number(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
