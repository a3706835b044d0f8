package jsapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/launch"
)

// faults are the possible faults of a call, in the order of the checks: of several
// faults, the first decides the result.
var faults = []struct {
	name string
	code int
}{
	{"suspended", 203}, {"old app", 100}, {"lacking", 400}, {"parameters", 201}, {"not permitted", 300}, {"offline", 401}, {"failing", 500},
}

// lacking removes or restores the part of the device or the user that a method needs.
var lacking = map[string]func(p *platform, lacks bool){
	"getLocation":         func(p *platform, lacks bool) { p.device(fmt.Sprintf(`{"location":{"enabled":%v}}`, !lacks)) },
	"getWifiInfo":         func(p *platform, lacks bool) { p.device(fmt.Sprintf(`{"wifi":{"present":%v}}`, !lacks)) },
	"getBankAccountToken": func(p *platform, lacks bool) { p.link(p.sari, !lacks) },
}

// can reports whether a method can have a fault.
func can(method, fault string) bool {
	switch fault {
	case "lacking":
		return lacking[method] != nil
	case "not permitted":
		return method != "getAuthCode"
	}
	return true
}

// consentOf names the consent that a method needs.
func consentOf(method string) string {
	for _, m := range documented {
		if m.name == method {
			return m.consent
		}
	}
	return ""
}

// Every method is called with every combination of its possible faults.
func TestChecks_the_first_failure_decides_the_result(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.choose(`{"payment":"success","deeplink":"open","consent":"allow"}`)
	l := p.trusted()
	foreign, _ := p.pay("teh", 1000, 0)
	for _, m := range documented {
		var befall []int
		for i, f := range faults {
			if can(m.name, f.name) {
				befall = append(befall, i)
			}
		}
		last := map[string]bool{"suspended": true, "lacking": true, "not permitted": true} // so that the first round applies all faults
		for set := range 1 << len(befall) {
			wrong, want := map[string]bool{}, 0
			for i := range befall {
				if f := faults[befall[i]]; set&(1<<(len(befall)-1-i)) != 0 {
					wrong[f.name] = true
					if want == 0 {
						want = f.code
					}
				}
			}
			reply := p.call(l, m.name, p.spoil(m.name, wrong, last, foreign))
			last = wrong
			if e := read(t, reply); e.Success != (want == 0) || want != 0 && e.Error.Code != want {
				t.Fatalf("%s with %v: got %s, want %d", m.name, wrong, show(reply.Result), want)
			}
		}
		p.spoil(m.name, nil, last, foreign)
	}
}

// spoil applies faults where they differ from the last ones, and returns the parameters
// for the call.
func (p *platform) spoil(method string, wrong, last map[string]bool, foreign string) string {
	if wrong["suspended"] != last["suspended"] {
		p.suspend(wrong["suspended"])
	}
	pick := func(fault, sound, spoilt string) string {
		if wrong[fault] {
			return spoilt
		}
		return sound
	}
	patch := []string{pick("old app", `"app_version":"2.10.0"`, `"app_version":"1.9.0"`),
		pick("offline", `"online":true`, `"online":false`), pick("failing", `"superapp":"ok"`, `"superapp":"failing"`)}
	p.device("{" + strings.Join(patch, ",") + "}")
	if lack := lacking[method]; lack != nil && wrong["lacking"] != last["lacking"] {
		lack(p, wrong["lacking"])
	}
	if name := consentOf(method); name != "" && wrong["not permitted"] != last["not permitted"] {
		p.consent(p.sari, name, consent.State(pick("not permitted", "given", "revoked")))
	}
	switch {
	case wrong["parameters"]:
		return `[]`
	case !wrong["not permitted"]:
		return p.sound(method, wrong["suspended"])
	}
	return map[string]string{
		"triggerPayment": foreign, "openDeeplink": `{"deeplink":"gopay://elsewhere"}`, "getConsent": `{"consent_name":"camera"}`,
	}[method]
}

// sound returns valid parameters. A suspended mini app cannot create a payment.
func (p *platform) sound(method string, suspended bool) string {
	if suspended && method == "triggerPayment" {
		return `{"deeplink":"gopay://merchanttransfer?tref=none"}`
	}
	return p.well(method)
}

func TestVersionGate(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.choose(`{"payment":"success","deeplink":"open","consent":"allow"}`)
	l := p.trusted()
	// The last version before each gate. Some of these versions are greater when
	// compared as strings or numbers.
	for _, m := range documented {
		for version, passes := range map[string]bool{
			"0.0.1": false, "1.9.0": false, "1.35.99": false, "1.9": false, below(m.since): false,
			m.since: true, m.since + "-beta.1": true, "v" + m.since: true, "1.100.0": true, "2": true, "2.0.0+build.7": true,
		} {
			p.device(`{"app_version":"` + version + `"}`)
			reply := p.call(l, m.name, p.well(m.name))
			if passes {
				succeeds(t, reply)
			} else {
				fails(t, reply, 100, m.name, m.since, version)
			}
		}
	}
}

// below returns the last minor version before 1.x.0.
func below(since string) string {
	var minor int
	_, _ = fmt.Sscanf(since, "1.%d.0", &minor)
	return fmt.Sprintf("1.%d.0", minor-1)
}

func TestLaunch_that_is_not_open_returns_203(t *testing.T) {
	t.Parallel()
	p := open(t)
	waiting, err := p.engine.Launches.Open(t.Context(), launch.Request{MiniAppID: "kopi", UserID: p.budi.ID})
	must(t, err)
	ended := p.trusted()
	must(t, p.engine.End(t.Context(), ended, "closed"))
	strict := kopi()
	strict.Consents[1].Mandatory = true
	p.register(strict)
	refused := p.launched(p.budi, decline)
	running := p.trusted()
	for _, one := range []struct{ name, launch, word string }{
		{"unknown", "0193572e-8c00-7000-8000-000000000001", "no launch"},
		{"malformed", "'; DROP TABLE launches; --", "no launch"},
		{"empty", "", "no launch"},
		{"waiting for its sheet", waiting.Launch.ID, "waits"},
		{"refused", refused, "refused"},
		{"ended", ended, "ended"},
	} {
		for _, m := range documented {
			t.Run(one.name+"/"+m.name, func(t *testing.T) {
				fails(t, p.call(one.launch, m.name, ""), 203, one.word)
			})
		}
	}
	succeeds(t, p.call(running, "getAuthCode", ""))
	p.suspend(true)
	fails(t, p.call(running, "getAuthCode", ""), 203, "suspended")
	p.register(strict)
	succeeds(t, p.call(running, "getAuthCode", ""))
}

func TestDevice_without_the_needed_part_returns_400(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	for _, one := range []struct{ method, patch, back, word string }{
		{"getLocation", `{"location":{"enabled":false}}`, `{"location":{"enabled":true}}`, "switched off"},
		{"getWifiInfo", `{"wifi":{"present":false}}`, `{"wifi":{"present":true}}`, "no wifi adapter"},
		{"getWifiInfo", `{"wifi":{"connected":false}}`, `{"wifi":{"connected":true}}`, "not connected"},
	} {
		p.device(one.patch)
		fails(t, p.call(l, one.method, ""), 400, one.word)
		succeeds(t, p.call(l, "getSystemInfo", ""))
		p.device(one.back)
		succeeds(t, p.call(l, one.method, ""))
	}
	fails(t, p.call(p.launched(p.budi, allowAll), "getBankAccountToken", ""), 400, "bank account")
}

// The error of a failing super app reveals nothing to an attacker.
func TestFailing_super_app_returns_500(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	p.device(`{"superapp":"failing"}`)
	for _, m := range documented {
		fails(t, p.call(l, m.name, p.well(m.name)), 500, "internal error")
	}
}

func TestJournal_shows_the_checks_that_a_call_passed(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	p.device(`{"online":false}`)
	reply := p.call(l, "getLocation", "")
	fails(t, reply, 401, "offline")
	e := p.entry(reply.CallID)
	detail := string(e.Detail)
	for _, part := range []string{`{"step":5,"name":"permission","ok":true}`, `{"step":6,"name":"network","ok":false,"code":"offline","note":"the device is offline`} {
		if !strings.Contains(detail, part) {
			t.Errorf("%s\nlacks %s", detail, part)
		}
	}
	if e.Code != 401 || e.Outcome != "failed" || strings.Contains(detail, `"step":7`) {
		t.Errorf("got %s", show(e))
	}
}
