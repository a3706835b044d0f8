// Package jsapi is the engine behind the JavaScript APIs that mini apps call.
//
// A method is declared once, in a file of its own: its names, parameters,
// version gate, consent, result, and the function that runs it. Dispatch,
// validation, the TypeScript types, the reference page and the conformance
// vectors all come from the declarations in [Catalogue].
//
// Every call of every dialect passes the same checks in the same order; see
// [Engine.Call]. A method that needs the host, to show a sheet or to read a
// sensor, gives an ask; the engine never waits for a person.
package jsapi

//go:generate go run ./gen

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/user"
	"github.com/selasar/selasar/internal/version"
)

// Type is the JSON type of a parameter or of a member of a result.
type Type string

// The types.
const (
	String  Type = "string"
	Number  Type = "number"
	Boolean Type = "boolean"
)

// Param is one parameter of a method. All parameters are required.
type Param struct {
	Name string
	Type Type
	Doc  string
}

// Field is one member of a method's result.
type Field struct {
	Name   string
	Type   Type
	Values []string // the only values, when they are few
	Doc    string
	Secret bool // masked in the journal
}

// Method is one JSAPI method.
type Method struct {
	Name       string
	Aliases    []string // further names in the MiniAppSDK dialect
	Summary    string
	Page       string // of the documentation, by its slug
	Params     []Param
	Positional string // the parameter that MiniAppSDK takes bare
	Result     []Field
	Since      version.Version // the first app version that has it
	Consent    consent.Name    // that the user must have given; empty for none
	Needs      device.Capability

	// Lacks says what the user's account lacks for it; empty for nothing.
	Lacks func(u user.User) string
	// Check says whether the values of the parameters make sense.
	Check func(c *Call) error
	// Permit says whether this mini app may do this, beyond its consents.
	Permit func(ctx context.Context, c *Call) error
	// Run does the work, or asks the host. It reads and does not write.
	Run func(ctx context.Context, c *Call) (Step, error)
	// Hold ties the ask to its subject, in the transaction that keeps the
	// ask; with a step, the call is settled and nobody is asked.
	Hold func(ctx context.Context, c *Call, a ask.Ask) (*Step, error)
	// Resume goes on with the host's answer, in the transaction that took it.
	Resume func(ctx context.Context, c *Call, a ask.Ask, answer Answer) (Step, error)
	// Lapse ends an ask that nobody answered; without it the call times out.
	Lapse func(ctx context.Context, c *Call, a ask.Ask) (Step, error)
}

// Step is what a method came to: its result, or an ask.
type Step struct {
	Data any
	Ask  *Want
}

// Want is an ask that a method needs answered.
type Want struct {
	Kind    ask.Kind
	Show    any    // an object: what the host needs to show
	Subject string // what it is about
	Until   int64  // ms since the epoch; 0 for the patience of the kind
}

// Catalogue holds every method, in the order of the documentation.
var Catalogue = []*Method{
	getAuthCode,
	getBankAccountToken,
	triggerPayment,
	openDeeplink,
	getConsent,
	getLocation,
	getSystemInfo,
	getWifiInfo,
}

// names are what methods are called by, in the order of the catalogue.
var names = func() (all []string) {
	for _, method := range Catalogue {
		all = append(append(all, method.Name), method.Aliases...)
	}
	return all
}()

// byName finds a method by its name or an alias. Only what is declared is
// there: no name reaches anything else.
var byName = func() map[string]*Method {
	m := map[string]*Method{}
	for _, method := range Catalogue {
		for _, name := range append([]string{method.Name}, method.Aliases...) {
			if m[name] != nil {
				panic("jsapi: two methods are called " + name)
			}
			m[name] = method
		}
	}
	return m
}()
