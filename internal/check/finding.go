package check

import (
	"cmp"
	"fmt"
	"slices"
)

// Severity says whether a finding fails on a phone, or may fail.
type Severity string

// The severities, the worst first.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Kind is what a finding is about.
type Kind string

// The kinds of finding.
const (
	Unknown    Kind = "unknown"    // the method does not exist in the mini app's generation
	Ungranted  Kind = "ungranted"  // the manifest does not permit the call
	Version    Kind = "version"    // the method is newer than the GoPay app
	Consent    Kind = "consent"    // the call came before its consent
	Form       Kind = "form"       // the arguments, or the place of the call, are refused
	Thrown     Kind = "exception"  // the page threw an error
	Failed     Kind = "failed"     // the call failed for another reason
	Parameters Kind = "parameters" // parameters that no page of the documentation names
	Page       Kind = "page"       // the page used what a mini app does not get
	Variant    Kind = "variant"    // the page behaves differently under another reading
)

// severities are the severities of kinds that a phone refuses; others are warnings.
var severities = map[Kind]Severity{Unknown: Error, Ungranted: Error, Version: Error, Consent: Error, Form: Error, Thrown: Error}

// Way is how a finding was found.
type Way string

// The ways of finding, in the order in which a report names them.
const (
	AtLoad    Way = "load"   // run when the page opened
	ByScript  Way = "script" // run by --script
	InSources Way = "source" // read in the files, not run
)

var ways = []Way{AtLoad, ByScript, InSources}

// Place is a place in the mini app's code. Line and Column count from 1; 0 is unknown.
type Place struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// String returns the place in the form that editors and terminals follow.
func (p Place) String() string {
	switch {
	case p.File == "":
		return "(no place)"
	case p.Line == 0:
		return p.File
	default:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
}

// Finding is one thing to fix.
type Finding struct {
	Severity Severity `json:"severity"`
	Kind     Kind     `json:"kind"`
	Place    *Place   `json:"place"`             // null when it has none
	Method   string   `json:"method,omitempty"`  // of a call
	Variant  string   `json:"variant,omitempty"` // with variant: name=reading
	Message  string   `json:"message"`
	Advice   string   `json:"advice"`
	Found    []Way    `json:"found"`
}

// where is the finding's place, or the zero place.
func (f Finding) where() Place {
	if f.Place == nil {
		return Place{}
	}
	return *f.Place
}

// same reports whether two findings are one that was found in two ways.
func (f Finding) same(g Finding) bool {
	return f.Kind == g.Kind && f.Method == g.Method && f.Variant == g.Variant &&
		f.where().File == g.where().File && f.where().Line == g.where().Line && (f.Method != "" || f.Message == g.Message)
}

// findings are the findings of a report, without repetitions.
type findings []Finding

// add adds a finding. A finding that was made before gets the way of finding only.
func (all *findings) add(f Finding) {
	f.Severity = cmp.Or(severities[f.Kind], Warning)
	if f.Place != nil && f.Place.File == "" {
		f.Place = nil
	}
	for i := range *all {
		if before := &(*all)[i]; before.same(f) {
			for _, found := range f.Found {
				if !slices.Contains(before.Found, found) {
					before.Found = append(before.Found, found)
				}
			}
			return
		}
	}
	*all = append(*all, f)
}

// sorted returns the findings in the order of a report: errors first, then by place.
func (all findings) sorted() []Finding {
	list := append([]Finding{}, all...)
	for _, f := range list {
		slices.SortFunc(f.Found, func(a, b Way) int { return slices.Index(ways, a) - slices.Index(ways, b) })
	}
	slices.SortStableFunc(list, func(a, b Finding) int {
		p, q := a.where(), b.where()
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column),
			cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Method, b.Method), cmp.Compare(a.Variant, b.Variant), cmp.Compare(a.Message, b.Message))
	})
	return list
}
