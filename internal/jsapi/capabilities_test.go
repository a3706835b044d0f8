package jsapi_test

import (
	"github.com/selasar/selasar/internal/jsapi/dialect/webview"

	"strings"
	"testing"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/problem"
)

// The capability of a method without parameters agrees with the result of a call.
func TestCapabilities_agree_with_calls(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	for name, spoil := range map[string]func(){
		"all well":           func() {},
		"an old app":         func() { p.device(`{"app_version":"1.36.0"}`) },
		"a very old app":     func() { p.device(`{"app_version":"1.2.0"}`) },
		"offline":            func() { p.device(`{"online":false}`) },
		"failing":            func() { p.device(`{"superapp":"failing"}`) },
		"no location":        func() { p.device(`{"location":{"enabled":false}}`) },
		"no wifi":            func() { p.device(`{"wifi":{"connected":false}}`) },
		"no bank account":    func() { p.link(p.sari, false) },
		"a withdrawn wifi":   func() { p.consent(p.sari, "wifi", consent.StateRevoked) },
		"forgotten location": func() { p.consent(p.sari, "location", consent.StateNeverAsked) },
	} {
		t.Run(name, func(t *testing.T) {
			spoil()
			all, err := p.engine.Capabilities(t.Context(), "", l)
			must(t, err)
			if len(all.Methods) != 8 || all.AppVersion != p.sim.Now().AppVersion.String() {
				t.Errorf("got %s", show(all))
			}
			for _, m := range documented {
				got := all.Methods[m.name]
				if got.MinVersion != m.since || (got.Consent == nil) != (m.consent == "") || got.Consent != nil && string(got.Consent.Name) != m.consent {
					t.Errorf("%s: got %s", m.name, show(got))
				}
				if got.Available != (got.Reason == nil) || got.Reason != nil && !strings.HasPrefix(got.Reason.Message, webview.Dialect.CodeName(got.Reason.Code)) {
					t.Errorf("%s: got %s", m.name, show(got))
				}
				if m.params != "" {
					continue
				}
				e := read(t, p.call(l, m.name, ""))
				if got.Available != e.Success || !e.Success && (int(got.Reason.Code) != e.Error.Code || got.Reason.Message != e.Error.Message) {
					t.Errorf("%s: capabilities say %s, the call %s", m.name, show(got), show(e))
				}
			}
			p.device(`{"app_version":"2.10.0","online":true,"superapp":"ok","location":{"enabled":true},"wifi":{"connected":true}}`)
			p.consent(p.sari, "wifi", consent.StateGiven)
			p.consent(p.sari, "location", consent.StateGiven)
			p.link(p.sari, true)
		})
	}
}

func TestCapabilities_of_a_launch_that_is_not_open(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	must(t, p.engine.End(t.Context(), l, "closed"))
	if _, err := p.engine.Capabilities(t.Context(), "", l); !problem.Is(err, problem.LaunchEnded) {
		t.Errorf("ended: %v", err)
	}
	if _, err := p.engine.Capabilities(t.Context(), "", "none"); !problem.Is(err, problem.LaunchUnknown) {
		t.Errorf("unknown: %v", err)
	}
}
