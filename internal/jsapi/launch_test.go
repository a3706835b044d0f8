package jsapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/sqlstore"
)

// strict makes the location mandatory for kopi.
func (p *platform) strict() {
	app := kopi()
	app.Consents[1].Mandatory = true
	p.register(app)
}

// sheet opens kopi for Sari and returns the names on its sheet; mandatory ones have an
// exclamation mark.
func (p *platform) sheet() (opened launch.Opened, lines string) {
	p.t.Helper()
	opened, err := p.engine.Launches.Open(p.t.Context(), launch.Request{MiniAppID: "kopi", UserID: p.sari.ID})
	must(p.t, err)
	if opened.Ask == nil {
		return opened, ""
	}
	var shown struct {
		Phase    string
		Consents []consent.Offer
	}
	must(p.t, json.Unmarshal(opened.Ask.Show, &shown))
	if shown.Phase != "launch" || opened.Launch.State != launch.Consent {
		p.t.Errorf("phase %q, state %q", shown.Phase, opened.Launch.State)
	}
	var names []string
	for _, o := range shown.Consents {
		name := string(o.Name)
		if o.Mandatory {
			name += "!"
		}
		names = append(names, name)
	}
	return opened, strings.Join(names, " ")
}

func (p *platform) state(launchID string) (l launch.Launch) {
	p.t.Helper()
	must(p.t, p.db.Read(p.t.Context(), func(tx *sqlstore.Tx) (err error) {
		l, err = tx.Launches().Get(p.t.Context(), launchID)
		return err
	}))
	return l
}

const everything = "profile location bank_account device_info wifi"

func TestLaunch_sheet(t *testing.T) {
	t.Parallel()
	t.Run("lists the missing consents, mandatory ones marked", func(t *testing.T) {
		p := open(t)
		p.strict()
		if _, lines := p.sheet(); lines != "profile location! bank_account device_info wifi" {
			t.Error(lines)
		}
		p.consent(p.sari, "profile", consent.StateGiven)
		p.consent(p.sari, "wifi", consent.StateGiven)
		if _, lines := p.sheet(); lines != "location! bank_account device_info" {
			t.Error(lines)
		}
	})
	t.Run("a launch with all consents opens, and the sheet is not shown again", func(t *testing.T) {
		p := open(t)
		p.strict()
		if l := p.state(p.trusted()); l.State != launch.Open || l.Reason != "" || l.EndedAt != 0 {
			t.Errorf("%+v", l)
		}
		if opened, lines := p.sheet(); lines != "" || opened.Launch.State != launch.Open {
			t.Errorf("asks again for %s", lines)
		}
	})
	t.Run("a launch with some consents opens, and refused optional ones are not asked for again", func(t *testing.T) {
		p := open(t)
		p.strict()
		l := p.launched(p.sari, `{"answer":"allow","consents":["location","wifi"]}`)
		succeeds(t, p.call(l, "getLocation", ""))
		succeeds(t, p.call(l, "getWifiInfo", ""))
		fails(t, p.call(l, "getSystemInfo", ""), 300, "refused")
		if _, lines := p.sheet(); lines != "" {
			t.Errorf("asks again for %s", lines)
		}
	})
	t.Run("a launch without consents opens if all are optional", func(t *testing.T) {
		for _, answer := range []string{decline, `{"answer":"allow","consents":[]}`} {
			p := open(t)
			l := p.launched(p.sari, answer)
			succeeds(t, p.call(l, "getAuthCode", ""))
			fails(t, p.call(l, "getLocation", ""), 300, "refused")
		}
	})
	t.Run("a declined sheet refuses the launch permanently, and the next launch asks again", func(t *testing.T) {
		p := open(t)
		p.strict()
		id := p.launched(p.sari, decline)
		l := p.state(id)
		if l.State != launch.Refused || l.Reason != event.ConsentDeclined || fmt.Sprint(l.Missing) != "[location]" || l.EndedAt != start.UnixMilli() {
			t.Errorf("%+v", l)
		}
		fails(t, p.call(id, "getAuthCode", ""), 203, "refused")
		if _, lines := p.sheet(); lines != "profile location! bank_account device_info wifi" {
			t.Errorf("asks for %s", lines)
		}
	})
	t.Run("is shown again after a mandatory consent was revoked, or a decision was deleted", func(t *testing.T) {
		p := open(t)
		p.strict()
		p.trusted()
		p.consent(p.sari, "profile", consent.StateRevoked)
		if _, lines := p.sheet(); lines != "" {
			t.Errorf("asks for %s after an optional one was revoked", lines)
		}
		p.consent(p.sari, "location", consent.StateRevoked)
		if _, lines := p.sheet(); lines != "profile location!" {
			t.Errorf("asks for %s", lines)
		}
		p.consent(p.sari, "location", consent.StateGiven)
		p.consent(p.sari, "wifi", consent.StateNeverAsked)
		if _, lines := p.sheet(); lines != "profile wifi" {
			t.Errorf("asks for %s", lines)
		}
	})
	t.Run("a sheet without an answer refuses the launch", func(t *testing.T) {
		p := open(t)
		opened, lines := p.sheet()
		p.forward(11 * time.Minute)
		_, err := p.answer(opened.Launch.ID, opened.Ask.ID, allowAll)
		if lines != everything || !problem.Is(err, problem.AskExpired) {
			t.Errorf("answering late: %v", err)
		}
		if n := p.sweep(); n != 1 || p.sweep() != 0 {
			t.Errorf("swept %d", n)
		}
		if l := p.state(opened.Launch.ID); l.State != launch.Refused || l.Reason != event.ConsentTimeout || len(p.ledger(p.sari)) != 0 {
			t.Errorf("%+v", l)
		}
	})
}

func TestLaunch_invalid_answers_change_nothing(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.strict()
	opened, _ := p.sheet()
	for _, answer := range []string{
		``, `null`, `1`, `"allow"`, `[]`, `{}`, `{"answer":1}`, `{"answer":"Allow"}`, `{"answer":"success"}`, `{"answer":""}`, `{`,
		`{"answer":"allow","consents":"location"}`, `{"answer":"allow","consents":[1]}`, `{"answer":"allow","consents":{}}`,
		`{"answer":"allow","consents":[]}`, `{"answer":"allow","consents":["wifi"]}`, // without the mandatory consent
		`{"answer":"allow","consents":["location","camera"]}`, `{"answer":"allow","consents":["location",""]}`,
		`{"answer":"allow","consents":["location","__proto__"]}`,
	} {
		if _, err := p.answer(opened.Launch.ID, opened.Ask.ID, answer); !problem.Is(err, problem.AnswerInvalid) {
			t.Errorf("%s: %v", answer, err)
		}
		if l := p.state(opened.Launch.ID); l.State != launch.Consent || len(p.ledger(p.sari)) != 0 {
			t.Fatalf("%s: %+v, %s", answer, l, show(p.ledger(p.sari)))
		}
	}
	reply, err := p.answer(opened.Launch.ID, opened.Ask.ID, `{"answer":"allow","consents":["getLocation","location"]}`)
	must(t, err)
	if reply.Launch == nil || reply.Launch.State != launch.Open || len(p.ledger(p.sari)) != 5 {
		t.Errorf("the sheet did not accept the valid answer: %s", show(reply))
	}
	if _, err := p.answer(opened.Launch.ID, opened.Ask.ID, allowAll); !problem.Is(err, problem.AskAnswered) {
		t.Errorf("answered twice: %v", err)
	}
}

func TestLaunch_by_policy_shows_no_sheet(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.strict()
	for policy, want := range map[string]launch.State{"allow": launch.Open, "decline": launch.Refused} {
		p.choose(`{"consent":"` + policy + `"}`)
		opened, err := p.engine.Launches.Open(t.Context(), launch.Request{MiniAppID: "kopi", UserID: p.budi.ID})
		must(t, err)
		if opened.Ask != nil || opened.Launch.State != want {
			t.Errorf("%s: %s", policy, show(opened.Launch))
		}
		for _, name := range kopi().Consents {
			p.consent(p.budi, name.Name, consent.StateNeverAsked)
		}
	}
}

func TestLaunch_refuses_unknown_users_and_suspended_mini_apps(t *testing.T) {
	t.Parallel()
	p := open(t)
	for want, who := range map[problem.Code][2]string{
		problem.MiniAppUnknown: {"nasi", p.sari.ID}, problem.UserUnknown: {"kopi", "nobody"},
	} {
		if _, err := p.engine.Launches.Open(t.Context(), launch.Request{MiniAppID: who[0], UserID: who[1]}); !problem.Is(err, want) {
			t.Errorf("%v: %v", who, err)
		}
	}
	app := kopi()
	app.Status = miniapp.Suspended
	p.register(app)
	if _, err := p.engine.Launches.Open(t.Context(), launch.Request{MiniAppID: "kopi", UserID: p.sari.ID}); !problem.Is(err, problem.MiniAppSuspended) {
		t.Errorf("suspended: %v", err)
	}
	must(t, p.db.Read(t.Context(), func(tx *sqlstore.Tx) error {
		open, err := tx.Asks().Due(t.Context(), 1<<60, 10)
		if len(open) != 0 {
			t.Errorf("%d asks remain", len(open))
		}
		return err
	}))
}
