package jsapi_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/user"
)

// The whole matrix: no method returns data without its user's consent, in any state,
// and each returns it with the consent.
func TestConsent_every_sensitive_method_in_every_state(t *testing.T) {
	t.Parallel()
	p := open(t)
	states := []struct {
		name  string
		bring func(u user.User, name string)
		word  string // why the call is refused; empty for an accepted call
	}{
		{"never asked", func(user.User, string) {}, "never asked"},
		{"refused in a call", func(u user.User, name string) { p.asked(u, name, "decline") }, "has refused"},
		{"given in a call", func(u user.User, name string) { p.asked(u, name, "allow") }, ""},
		{"revoked", func(u user.User, name string) { p.consent(u, name, consent.StateRevoked) }, "has withdrawn"},
		{"refused again", func(u user.User, name string) { p.asked(u, name, "decline") }, "has refused"},
		{"given in the settings", func(u user.User, name string) { p.consent(u, name, consent.StateGiven) }, ""},
		{"given, and the app updated", func(user.User, string) { p.device(`{"app_version":"2.11.0"}`) }, ""},
		{"forgotten", func(u user.User, name string) { p.consent(u, name, consent.StateNeverAsked) }, "never asked"},
	}
	for _, m := range documented {
		if m.consent == "" {
			continue
		}
		u := p.person("Asih of "+m.name, 0, "1234567890")
		l := p.silent(u)
		for _, s := range states {
			t.Run(m.name+"/"+s.name, func(t *testing.T) {
				s.bring(u, m.consent)
				rows := len(p.ledger(u))
				reply := p.call(l, m.name, "")
				if s.word == "" {
					succeeds(t, reply)
				} else {
					fails(t, reply, 300, s.word, `getConsent("`+m.consent+`")`)
				}
				if got := len(p.ledger(u)); got != rows {
					t.Errorf("the call wrote %d rows of the ledger", got-rows)
				}
				if able := p.able(l, m.name); able != (s.word == "") {
					t.Errorf("capabilities say %v", able)
				}
			})
		}
		p.device(`{"app_version":"2.10.0"}`)
	}
}

// hears listens to the events of a launch of a user and a mini app. The returned
// function gives the new events in one line.
func (p *platform) hears(launchID string, u user.User, miniApp string) func() string {
	p.t.Helper()
	heard := p.events.Listen(bus.Of{Launch: launchID, User: u.ID, MiniApp: miniApp})
	p.t.Cleanup(heard.Stop)
	return func() string {
		var all []string
		for {
			e, ok, err := heard.Take()
			if must(p.t, err); !ok {
				return strings.Join(all, " ")
			}
			all = append(all, e.Name+show(e.Data))
		}
	}
}

func TestConsent_decision_notifies_the_open_launches_of_its_user_and_mini_app(t *testing.T) {
	t.Parallel()
	told := func(name, state string) string {
		return `consent_changed{"name":"` + name + `","state":"` + state + `"}`
	}
	p := open(t)
	mine := p.silent(p.sari)
	here, elsewhere := p.hears(mine, p.sari, "kopi"), p.hears("another launch", p.sari, "kopi")
	strangers := []func() string{p.hears("of Budi", p.budi, "kopi"), p.hears("of teh", p.sari, "teh")}
	expect := func(when, want string) {
		t.Helper()
		for _, heard := range []func() string{here, elsewhere} {
			if got := heard(); got != want {
				t.Errorf("%s: received %q, want %q", when, got, want)
			}
		}
	}
	here()
	elsewhere()

	a := p.asks(mine, "getConsent", `{"consent_name":"location"}`)
	if _, err := p.answer(mine, a.ID, `{"answer":"success"}`); err == nil {
		t.Error("an invalid answer was accepted")
	}
	expect("an answer that is not taken", "")
	_, err := p.answer(mine, a.ID, decline)
	must(t, err)
	expect("a refusal in a call", told("location", "refused"))
	if _, err := p.answer(mine, a.ID, allowAll); err == nil {
		t.Error("an answer was accepted twice")
	}
	expect("an answer that comes twice", "")
	p.asked(p.sari, "wifi", "allow") // opens with a sheet, which is declined
	expect("a sheet and a call", strings.Join([]string{told("profile", "refused"), told("location", "refused"), told("bank_account", "refused"),
		told("device_info", "refused"), told("wifi", "refused"), told("wifi", "given")}, " "))

	p.choose(`{"consent":"allow"}`)
	succeeds(t, p.call(mine, "getConsent", `{"consent_name":"location"}`))
	expect("a policy's answer in a call", told("location", "given"))
	succeeds(t, p.call(mine, "getConsent", `{"consent_name":"location"}`))
	expect("a consent that is given already", "")
	p.consent(p.sari, "profile", consent.StateNeverAsked)
	expect("the settings", told("profile", "never_asked"))
	p.trusted()
	expect("a policy's answer to a sheet", strings.Join([]string{told("profile", "given"), told("bank_account", "given"), told("device_info", "given")}, " "))
	for _, heard := range strangers {
		if got := heard(); got != "" {
			t.Errorf("another user's launch received %s", got)
		}
	}
}

// silent opens kopi for a user without any consent decision.
func (p *platform) silent(u user.User) string {
	p.t.Helper()
	l := p.launched(u, decline)
	for _, c := range kopi().Consents {
		p.consent(u, c.Name, consent.StateNeverAsked)
	}
	return l
}

// asked makes a mini app ask a user with getConsent.
func (p *platform) asked(u user.User, name, answer string) {
	p.t.Helper()
	l := p.launched(u, decline)
	a := p.asks(l, "getConsent", `{"consent_name":"`+name+`"}`)
	reply, err := p.answer(l, a.ID, `{"answer":"`+answer+`"}`)
	must(p.t, err)
	want := `{"consent_name":"` + name + `","has_consent":` + map[string]string{"allow": "true", "decline": "false"}[answer] + `}`
	if got := succeeds(p.t, reply); string(got) != want {
		p.t.Fatalf("got %s, want %s", got, want)
	}
}

func (p *platform) able(launchID, method string) bool {
	p.t.Helper()
	all, err := p.engine.Capabilities(p.t.Context(), "", launchID)
	must(p.t, err)
	return all.Methods[method].Available
}

// A consent of one user and one mini app does not apply to another.
func TestConsent_is_of_one_user_and_one_mini_app(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.launched(p.sari, allowAll)
	fails(t, p.call(p.silent(p.budi), "getLocation", ""), 300, "never asked")
	other := kopi()
	other.ID = "roti"
	p.register(other)
	opened, err := p.engine.Launches.Open(t.Context(), launch.Request{MiniAppID: "roti", UserID: p.sari.ID})
	must(t, err)
	_, err = p.answer(opened.Launch.ID, opened.Ask.ID, decline)
	must(t, err)
	fails(t, p.call(opened.Launch.ID, "getLocation", ""), 300, "refused")
}

func TestConsent_that_is_not_in_the_manifest_is_never_granted(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	var given struct{ Token string }
	must(t, json.Unmarshal(succeeds(t, p.call(l, "getBankAccountToken", "")), &given))
	bare := kopi()
	bare.Consents = nil
	p.register(bare)
	for _, m := range documented {
		if m.consent != "" {
			fails(t, p.call(l, m.name, ""), 300, "not permitted to ask", "manifest")
		}
	}
	fails(t, p.call(l, "getConsent", `{"consent_name":"location"}`), 300, "not permitted to ask")
	if account, err := p.engine.Bank.Redeem(t.Context(), bare, given.Token, request.Request{}); !problem.Is(err, problem.NotPermitted) {
		t.Errorf("a token from before gives the account %+v, %v", account, err)
	}
	if got := p.launched(p.budi, allowAll); len(p.ledger(p.budi)) != 0 {
		t.Errorf("launch %s asked for something", got)
	}
}

func TestConsent_that_is_given_is_not_asked_again(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	rows := len(p.ledger(p.sari))
	data := succeeds(t, p.call(l, "getConsent", `{"consent_name":"location"}`))
	if string(data) != `{"consent_name":"location","has_consent":true}` || len(p.ledger(p.sari)) != rows {
		t.Errorf("got %s", data)
	}
}

func TestConsent_ledger_says_who_what_when_how_and_in_which_version(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.device(`{"app_version":"2.11.0","locale":"id_ID"}`)
	l := p.launched(p.sari, `{"answer":"allow","consents":["location"]}`)
	p.device(`{"app_version":"2.12.0","locale":"en_ID"}`)
	p.forward(90 * 1e9)
	a := p.asks(l, "getConsent", `{"consent_name":"profile"}`)
	_, err := p.answer(l, a.ID, allowAll)
	must(t, err)
	p.consent(p.sari, "location", consent.StateRevoked)

	rows := map[string]consent.Entry{}
	for _, e := range p.ledger(p.sari) {
		if e.UserID != p.sari.ID || e.MiniAppID != "kopi" || e.ID == "" {
			t.Errorf("row %s", show(e))
		}
		rows[string(e.Name)+" "+string(e.Action)] = e
	}
	for name, want := range map[string]consent.Entry{
		"location given":       {At: start.UnixMilli(), AppVersion: "2.11.0", LaunchID: l, Source: consent.OnLaunch, Wording: "lokasi Anda: To find a shop"},
		"profile refused":      {At: start.UnixMilli(), AppVersion: "2.11.0", LaunchID: l, Source: consent.OnLaunch, Wording: "profil Anda"},
		"wifi refused":         {At: start.UnixMilli(), AppVersion: "2.11.0", LaunchID: l, Source: consent.OnLaunch, Wording: "Wi-Fi Anda"},
		"bank_account refused": {At: start.UnixMilli(), AppVersion: "2.11.0", LaunchID: l, Source: consent.OnLaunch, Wording: "rekening bank"},
		"device_info refused":  {At: start.UnixMilli(), AppVersion: "2.11.0", LaunchID: l, Source: consent.OnLaunch, Wording: "perangkat ini"},
		"profile given":        {At: start.UnixMilli() + 90_000, AppVersion: "2.12.0", LaunchID: l, Source: consent.OnCall, Wording: "your profile"},
		"location revoked":     {At: start.UnixMilli() + 90_000, AppVersion: "2.12.0", LaunchID: "", Source: consent.Settings, Wording: "your location"},
	} {
		got := rows[name]
		same := got.At == want.At && got.AppVersion == want.AppVersion && got.LaunchID == want.LaunchID && got.Source == want.Source
		if !same || !strings.Contains(got.Wording, want.Wording) {
			t.Errorf("%s: got %s\nwant %s", name, show(got), show(want))
		}
	}
	if len(rows) != 7 || len(p.ledger(p.sari)) != 7 {
		t.Errorf("%d rows, want 7", len(p.ledger(p.sari)))
	}
}
