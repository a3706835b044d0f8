package check

import (
	"slices"

	"github.com/selasar/selasar/internal/check/source"
	"github.com/selasar/selasar/internal/miniapp"
)

// helpers are the methods of MiniAppSDK that are no JSAPIs.
var helpers = []string{"isInHost", "capabilities", "on", "off"}

// fromSources adds the findings of the mini app's files.
func (c *checker) fromSources(r source.Reading) {
	for _, call := range r.Calls {
		if !call.Container && slices.Contains(helpers, call.Method) {
			continue
		}
		c.needs(call.Container, call.Method)
		kind, message := c.judge.of(call.Container, call.Method)
		if kind == "" {
			continue
		}
		f := finding(kind, message)
		f.Method, f.Place, f.Found = call.Method, placeOf(call.Place), []Way{InSources}
		c.findings.add(f)
	}
	for _, one := range r.Features {
		c.findings.add(Finding{
			Kind: Page, Place: placeOf(one.Place), Found: []Way{InSources},
			Message: one.Name + " does not work in the GoPay app", Advice: featureAdvice[one.Name],
		})
	}
	c.fromSpellings(r)
}

var featureAdvice = map[string]string{
	"navigator.share": `call gpContainer.call("GPShare", "share", {text}, ...)`,
	"window.open":     `call gpContainer.call("GPNavigator", "launchUri", {uri}, ...)`,
}

// fromSpellings adds a finding when the files read a failure's members in one spelling
// only: the pages of the documentation have both.
func (c *checker) fromSpellings(r source.Reading) {
	reading, one, other := "snake", "errorCode", "error_code"
	read := r.Camel
	if len(r.Camel) == 0 {
		reading, one, other, read = "camel", other, one, r.Snake
	}
	container := slices.ContainsFunc(r.Calls, func(call source.Call) bool { return call.Container }) || len(r.Unreadable) > 0
	if !container || len(read) == 0 || len(r.Camel) > 0 && len(r.Snake) > 0 {
		return
	}
	c.findings.add(Finding{
		Kind: Variant, Place: placeOf(read[0]), Found: []Way{InSources}, Variant: string(miniapp.ErrorKeys) + "=" + reading,
		Message: "the code reads members such as " + one + ", and none such as " + other,
		Advice:  "read both spellings of a failure's members: the documentation has both",
	})
}

func placeOf(p source.Place) *Place { return &Place{p.File, p.Line, p.Col} }
