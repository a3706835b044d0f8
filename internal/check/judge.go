package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/dialect"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/version"
)

// kinds are the findings for the engine's problems; others are Failed.
var kinds = map[problem.Code]Kind{
	problem.MethodUnknown: Unknown, problem.VersionTooOld: Version,
	problem.ParamMissing: Form, problem.ParamType: Form, problem.ParamValue: Form,
	problem.NotPermitted: Ungranted, problem.NotGranted: Ungranted, problem.ConsentMissing: Consent,
}

// advices say what to do about kinds whose messages do not say it.
var advices = map[Kind]string{
	Unknown:    "correct the name, or leave the call out",
	Ungranted:  "ask GoPay to permit it, and add it to the manifest",
	Version:    "look at the app's version before the call, and offer another way",
	Form:       "pass the documented parameters",
	Thrown:     "catch the error, or remove its cause",
	Failed:     "handle this failure as users will meet it",
	Parameters: "leave them out, or correct their names",
	Page:       "offer another way in the mini app",
}

// judge decides about methods without running them.
type judge struct {
	app     miniapp.App
	version version.Version // of the GoPay app
}

// surface returns the dialect of a call: MiniAppSDK's, or the one that gpContainer speaks
// in the mini app's generation.
func (j judge) surface(container bool) *jsapi.Dialect {
	var first *jsapi.Dialect
	for _, d := range dialect.All {
		if (d.Family != "") != container {
			continue
		}
		if d.Generation == j.app.Generation {
			return d
		}
		if first == nil {
			first = d
		}
	}
	return first
}

// binding returns the binding of a method, or nil.
func (j judge) binding(container bool, method string) *jsapi.Binding {
	return j.surface(container).Binding(method)
}

// of returns what is wrong with a method: its kind and a sentence. The kind is empty when
// nothing is.
func (j judge) of(container bool, method string) (Kind, string) {
	d := j.surface(container)
	b := d.Binding(method)
	if b == nil {
		return Unknown, fmt.Sprintf("there is no method %q%s", method, d.Elsewhere(method, dialect.All))
	}
	consent := string(b.Operation.Consent)
	_, permitted := j.app.Consent(consent)
	switch {
	case b.Draft && !j.app.Drafts:
		return Unknown, method + " is a draft of the documentation; it exists only with drafts: true in the manifest"
	case !j.version.AtLeast(b.Since):
		return Version, fmt.Sprintf("%s needs GoPay %s, the device has %s", method, b.Since, j.version)
	case !jsapi.Granted(j.app, dialect.All, b.Operation):
		return Ungranted, fmt.Sprintf("%s was not granted to %s; add it to jsapis in its manifest, and ask GoPay to grant it", method, j.app.ID)
	case consent != "" && !permitted:
		return Ungranted, fmt.Sprintf("%s is not permitted to ask for %q; add it to consents in its manifest, and ask GoPay to allow it", j.app.ID, consent)
	}
	return "", ""
}

// finding makes a finding of a kind. A message of the engine often has its advice after a
// semicolon.
func finding(kind Kind, message string) Finding {
	what, advice, ok := strings.Cut(message, "; ")
	if !ok {
		advice = advices[kind]
	}
	return Finding{Kind: kind, Message: what, Advice: advice}
}

// classes are the classes of gpContainer's methods, in all generations.
func classes() (names []string) {
	for _, d := range dialect.All {
		for _, b := range d.Bindings {
			for _, name := range append([]string{b.Name()}, b.Aliases...) {
				class, _, ok := strings.Cut(name, ".")
				if ok && !slices.Contains(names, class) {
					names = append(names, class)
				}
			}
		}
	}
	return names
}
