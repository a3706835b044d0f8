package jsapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/sqlstore"
)

const wifi = `{"consent_name":"wifi"}`

// told reads the two events of an ask that was settled without its host: the reason, and
// the result of the call.
func (p *platform) told(heard *bus.Listener, a *ask.Ask) (reason string, result envelope) {
	p.t.Helper()
	closed, settled := p.next(heard), p.next(heard)
	var why struct {
		ID     string `json:"ask_id"`
		Reason string `json:"reason"`
	}
	must(p.t, json.Unmarshal([]byte(show(closed.Data)), &why))
	if closed.Event != bus.AskClosed || why.ID != a.ID {
		p.t.Fatalf("received %s, want the end of ask %s", show(closed), a.ID)
	}
	return why.Reason, p.resultOf(settled)
}

func (p *platform) resultOf(settled bus.Event) envelope {
	p.t.Helper()
	var out struct{ Result envelope }
	must(p.t, json.Unmarshal([]byte(show(settled.Data)), &out))
	if settled.Event != bus.CallSettled {
		p.t.Fatalf("received %s, want the result of a call", show(settled))
	}
	return out.Result
}

func (p *platform) open(launchID string) (list []ask.Ask) {
	p.t.Helper()
	must(p.t, p.db.Read(p.t.Context(), func(tx *sqlstore.Tx) (err error) {
		list, err = tx.Asks().Open(p.t.Context(), launchID)
		return err
	}))
	return list
}

// eventsOf listens for the events of a launch, without the changes of consents.
func (p *platform) eventsOf(l string) *bus.Listener {
	heard := p.events.Listen(bus.Of{Launch: l, User: "nobody", MiniApp: "nothing"})
	p.t.Cleanup(heard.Stop)
	return heard
}

func TestConsent_that_is_given_in_another_way_closes_its_sheets(t *testing.T) {
	t.Parallel()
	p := open(t)
	l, elsewhere := p.silent(p.sari), p.silent(p.sari)
	ways := map[string]func(){
		"in the settings": func() { p.consent(p.sari, "wifi", consent.StateGiven) },
		"on the sheet of another": func() {
			_, err := p.answer(elsewhere, p.asks(elsewhere, "getConsent", wifi).ID, allowAll)
			must(t, err)
		},
		"by the policy": func() {
			p.choose(`{"consent":"allow"}`)
			succeeds(t, p.call(elsewhere, "getConsent", wifi))
			p.choose(`{"consent":"ask"}`)
		},
	}
	for way, give := range ways {
		t.Run(way, func(t *testing.T) {
			p.consent(p.sari, "wifi", consent.StateNeverAsked)
			heard := p.eventsOf(l)
			defer heard.Stop()
			a := p.asks(l, "getConsent", wifi)
			p.consent(p.sari, "location", consent.StateGiven) // another consent closes nothing
			give()
			reason, result := p.told(heard, a)
			if reason != "settled_elsewhere" || string(result.Data) != `{"consent_name":"wifi","has_consent":true}` {
				t.Errorf("closed by %s with %s", reason, result.Data)
			}
			if _, err := p.answer(l, a.ID, decline); !problem.Is(err, problem.AskAnswered) {
				t.Errorf("declining the closed sheet: %v", err)
			}
			if last := p.ledger(p.sari); last[len(last)-1].Action != consent.Given {
				t.Errorf("the last entry of the ledger is %+v", last[len(last)-1])
			}
		})
	}
}

func TestConsent_sheet_of_a_launch_follows_the_ledger(t *testing.T) {
	t.Parallel()
	p := open(t)
	opened, names := p.sheet()
	l, first := opened.Launch.ID, opened.Ask.ID
	if names != everything {
		t.Fatalf("the sheet lists %s", names)
	}
	p.consent(p.sari, "location", consent.StateGiven)
	if _, err := p.answer(l, first, allowAll); !problem.Is(err, problem.AskAnswered) {
		t.Errorf("the old sheet was answered: %v", err)
	}
	open := p.open(l)
	if len(open) != 1 || strings.Contains(string(open[0].Show), `"location"`) {
		t.Fatalf("the open sheets are %s", show(open))
	}
	for _, name := range []string{"profile", "bank_account", "device_info", "wifi"} {
		p.consent(p.sari, name, consent.StateGiven)
	}
	if now := p.state(l); now.State != launch.Open || len(p.open(l)) != 0 {
		t.Errorf("the launch is %s", now.State)
	}
	p.consent(p.sari, "wifi", consent.StateNeverAsked)
	opened, _ = p.sheet()
	l = opened.Launch.ID
	p.suspend(true)
	must(t, p.engine.Review(t.Context(), "", "kopi"))
	if now := p.state(l); now.State != launch.Refused || now.Reason != event.AppSuspended {
		t.Errorf("the launch of a suspended mini app is %s: %s", now.State, now.Reason)
	}
}

func TestWithdraw_leaves_the_question_unanswered(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.silent(p.sari)
	rows := len(p.ledger(p.sari))
	for method, params := range p.personal() {
		a := p.asks(l, method, params)
		reply, err := p.engine.Withdraw(t.Context(), l, a.ID)
		must(t, err)
		if method == "triggerPayment" {
			ends(t, succeeds(t, reply), "pending")
			if found := p.payment(a.Subject); found.State != payment.Pending || found.SheetAsk != "" {
				t.Errorf("the payment is %+v", found)
			}
		} else {
			fails(t, reply, 401, "nobody answered", "its page went away")
		}
		if _, err := p.engine.Withdraw(t.Context(), l, a.ID); !problem.Is(err, problem.AskAnswered) {
			t.Errorf("withdrawn twice: %v", err)
		}
	}
	if n := len(p.ledger(p.sari)); n != rows {
		t.Errorf("the ledger has %d new entries, want none", n-rows)
	}
	p.asks(l, "getConsent", `{"consent_name":"location"}`) // the next call asks again
	opened, _ := p.sheet()
	waits, sheet := opened.Launch.ID, opened.Ask.ID
	for _, one := range []struct {
		launch, ask string
		want        problem.Code
	}{{l, "none", problem.AskUnknown}, {waits, sheet, problem.AnswerInvalid}, {l, sheet, problem.AskForeign}} {
		if _, err := p.engine.Withdraw(t.Context(), one.launch, one.ask); !problem.Is(err, one.want) {
			t.Errorf("%+v: %v", one, err)
		}
	}
	if p.state(waits).State != launch.Consent {
		t.Error("the sheet of the launch is gone")
	}
}

func TestConsent_mandatory_and_revoked_is_asked_as_mandatory(t *testing.T) {
	t.Parallel()
	for _, way := range []string{"page", "policy"} {
		p := open(t)
		p.strict()
		l := p.trusted()
		p.consent(p.sari, "location", consent.StateRevoked)
		heard := p.eventsOf(l)
		var callID string
		if way == "policy" {
			p.choose(`{"consent":"decline"}`)
			reply := p.call(l, "getConsent", `{"consent_name":"location"}`)
			succeeds(t, reply)
			callID = reply.CallID
		} else {
			other := p.asks(l, "openDeeplink", `{"deeplink":"gopay://topup"}`)
			a := p.asks(l, "getConsent", `{"consent_name":"location"}`)
			callID = a.CallID
			if !strings.Contains(string(a.Show), `"mandatory":true`) {
				t.Errorf("the sheet shows %s", a.Show)
			}
			if _, err := p.answer(l, a.ID, `{"answer":"allow","consents":[]}`); !problem.Is(err, problem.AnswerInvalid) {
				t.Errorf("allowed without it: %v", err)
			}
			reply, err := p.answer(l, a.ID, decline)
			must(t, err)
			if got := string(succeeds(t, reply)); got != `{"consent_name":"location","has_consent":false}` {
				t.Errorf("the call got %s", got)
			}
			if e := p.entry(other.CallID); e.Code == 0 {
				t.Errorf("the other sheet of the launch stays: %s", show(e))
			}
		}
		if got := p.resultOf(p.next(heard)); !got.Success { // before the end, because the host then gives up its calls
			t.Errorf("%s: the call got %+v", way, got)
		}
		last := p.next(heard)
		for last.Event != bus.LaunchEnded {
			last = p.next(heard)
		}
		if got := show(last.Data); got != `{"reason":"consent_declined","message":"a mandatory consent was declined: Kopi cannot be used without location"}` {
			t.Errorf("%s: the host hears %s", way, got)
		}
		if p.state(l).State != launch.Ended {
			t.Errorf("%s: the launch is %s", way, p.state(l).State)
		}
		if e := p.entry(callID); !strings.Contains(string(e.Detail), "mandatory_asked") {
			t.Errorf("%s: the journal gives no advice: %s", way, show(e))
		}
	}
}

func TestAnswer_that_needs_a_connection_waits_for_it(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.silent(p.sari)
	good := map[string]string{"getConsent": allowAll, "triggerPayment": `{"answer":"success"}`, "openDeeplink": `{"answer":"open"}`}
	leave := map[string]string{"getConsent": decline, "triggerPayment": `{"answer":"pending"}`, "openDeeplink": decline}
	for method, params := range p.personal() {
		p.device(`{"online":false}`)
		p.device(`{"online":true}`)
		a := p.asks(l, method, params)
		p.device(`{"online":false}`)
		if _, err := p.answer(l, a.ID, good[method]); !problem.Is(err, problem.Offline) {
			t.Errorf("%s answered offline: %v", method, err)
		}
		if n := len(p.open(l)); n != 1 {
			t.Errorf("%s: %d sheets are open", method, n)
		}
		p.device(`{"online":true}`)
		reply, err := p.answer(l, a.ID, good[method])
		must(t, err)
		succeeds(t, reply)
	}
	p.consent(p.sari, "location", consent.StateNeverAsked)
	for method, params := range p.personal() {
		a := p.asks(l, method, params)
		p.device(`{"online":false}`)
		_, err := p.answer(l, a.ID, leave[method])
		must(t, err) // a person can always leave a sheet
		p.device(`{"online":true}`)
	}
	opened, _ := p.sheet()
	waits, sheet := opened.Launch.ID, opened.Ask.ID
	p.device(`{"online":false}`)
	if _, err := p.answer(waits, sheet, allowAll); !problem.Is(err, problem.Offline) || p.state(waits).State != launch.Consent {
		t.Errorf("the sheet of a launch, answered offline: %v", err)
	}
}

func TestAnswer_while_the_super_app_fails(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	deeplink, ref := p.pay("kopi", 1000, time.Hour)
	a := p.asks(l, "triggerPayment", deeplink)
	p.device(`{"superapp":"failing"}`)
	reply, err := p.answer(l, a.ID, `{"answer":"success"}`)
	must(t, err)
	fails(t, reply, 500, "set to fail")
	if found := p.payment(ref); found.State != payment.Pending || found.SheetAsk != "" {
		t.Errorf("the payment is %+v", found)
	}
}

func TestSensor_that_does_not_answer_names_no_sheet(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	p.sensors.Store(true)
	for method, what := range map[string]string{"getLocation": "location", "getSystemInfo": "system information", "getWifiInfo": "Wi-Fi network"} {
		a := p.asks(l, method, "")
		p.forward(10 * time.Second)
		p.sweep()
		e := p.entry(a.CallID)
		if e.Code != 401 || strings.Contains(e.Message, "sheet") || !strings.Contains(e.Message, fmt.Sprintf("did not read the %s", what)) {
			t.Errorf("%s: %s", method, e.Message)
		}
	}
}
