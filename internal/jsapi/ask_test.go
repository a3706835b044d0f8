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
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/sqlstore"
)

// personal are methods that ask a person, with valid parameters.
func (p *platform) personal() map[string]string {
	deeplink, _ := p.pay("kopi", 1000, 24*time.Hour)
	return map[string]string{
		"getConsent": `{"consent_name":"location"}`, "triggerPayment": deeplink, "openDeeplink": `{"deeplink":"gopay://topup"}`,
	}
}

func TestAsk_without_an_answer_settles_its_call(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.silent(p.sari)
	heard := p.events.Listen(bus.Of{Launch: l, User: p.sari.ID, MiniApp: "kopi"})
	defer heard.Stop()
	for method, params := range p.personal() {
		t.Run(method, func(t *testing.T) {
			a := p.asks(l, method, params)
			if a.ExpiresAt != p.clock.Now().Add(10*time.Minute).UnixMilli() {
				t.Errorf("expires at %d", a.ExpiresAt)
			}
			p.forward(10*time.Minute - time.Millisecond)
			if n := p.sweep(); n != 0 {
				t.Fatalf("settled %d too early", n)
			}
			p.forward(time.Millisecond)
			if n := p.sweep(); n != 1 || p.sweep() != 0 {
				t.Fatalf("settled %d", n)
			}
			closed, settled := p.next(heard), p.next(heard)
			if closed.Event != bus.AskClosed || show(closed.Data) != fmt.Sprintf(`{"ask_id":"%s","reason":"deadline"}`, a.ID) {
				t.Errorf("received %s", show(closed))
			}
			var told struct {
				CallID string `json:"call_id"`
				Result envelope
			}
			must(t, json.Unmarshal([]byte(show(settled.Data)), &told))
			if settled.Event != bus.CallSettled || told.CallID != a.CallID || told.Result.wrong() != "" {
				t.Errorf("received %s", show(settled))
			}
			if method == "triggerPayment" {
				ends(t, told.Result.Data, "pending")
			} else if told.Result.Error == nil || told.Result.Error.Code != 401 {
				t.Errorf("received %s", show(settled))
			}
			if _, err := p.answer(l, a.ID, allowAll); !problem.Is(err, problem.AskExpired) {
				t.Errorf("answered late: %v", err)
			}
			if e := p.entry(a.CallID); !strings.Contains(string(e.Detail), `"by":"deadline"`) || e.Outcome == "open" {
				t.Errorf("the journal says %s", show(e))
			}
		})
	}
}

func TestAsk_of_an_ended_launch_settles_its_call(t *testing.T) {
	t.Parallel()
	p := open(t)
	for method, params := range p.personal() {
		l := p.silent(p.sari)
		heard := p.events.Listen(bus.Of{Launch: l, User: p.sari.ID, MiniApp: "kopi"})
		a := p.asks(l, method, params)
		must(t, p.engine.End(t.Context(), l, event.UserClosed))
		closed, settled, ended := p.next(heard), p.next(heard), p.next(heard)
		heard.Stop()
		if closed.Event != bus.AskClosed || settled.Event != bus.CallSettled || ended.Event != bus.LaunchEnded {
			t.Errorf("%s: received %s, %s, %s", method, closed.Name, settled.Name, ended.Name)
		}
		if _, err := p.answer(l, a.ID, allowAll); !problem.Is(err, problem.AskAnswered) {
			t.Errorf("%s: answered after the end: %v", method, err)
		}
		fails(t, p.call(l, method, params), 203, "ended")
		must(t, p.engine.End(t.Context(), l, "again"))
	}
}

// An ask of an earlier version that this version would refuse still ends at its
// deadline. It does not prevent other asks from ending.
func TestAsk_of_a_call_that_this_version_would_refuse(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.silent(p.sari)
	old := map[string]ask.Ask{
		"call-1": {Method: "getHoroscope", Params: json.RawMessage(`{}`)},
		"call-2": {Method: "getConsent", Params: json.RawMessage(`{"name":"wifi"}`)},
		"call-3": {Method: "getConsent", Params: json.RawMessage(`{"consent_name":7}`)},
	}
	must(t, p.db.Write(t.Context(), func(tx *sqlstore.Tx) error {
		for id, a := range old {
			a.ID, a.CallID, a.LaunchID, a.Kind, a.State, a.Show = "ask of "+id, id, l, ask.Consent, ask.Open, json.RawMessage(`{}`)
			a.ExpiresAt = p.clock.Now().UnixMilli()
			if err := tx.Asks().Insert(t.Context(), a); err != nil {
				return err
			}
		}
		return nil
	}))
	p.asks(l, "openDeeplink", `{"deeplink":"gopay://topup"}`)
	p.forward(10 * time.Minute)
	if n := p.sweep(); n != 4 || p.sweep() != 0 {
		t.Errorf("settled %d", n)
	}
	for id, code := range map[string]int{"call-1": 100, "call-2": 200, "call-3": 201} {
		if e := p.entry(id); e.Code != code || e.Outcome != journal.Failed {
			t.Errorf("the journal says %s, want code %d", show(e), code)
		}
	}
}

func TestAsk_takes_one_answer_of_its_own_launch(t *testing.T) {
	t.Parallel()
	p := open(t)
	mine, other := p.silent(p.sari), p.silent(p.budi)
	a := p.asks(mine, "getConsent", `{"consent_name":"location"}`)
	for _, one := range []struct {
		launch, ask, answer string
		want                problem.Code
	}{
		{mine, "0193572e-8c00-7000-8000-000000000001", allowAll, problem.AskUnknown},
		{mine, "", allowAll, problem.AskUnknown},
		{mine, "' OR 1=1 --", allowAll, problem.AskUnknown},
		{other, a.ID, allowAll, problem.AskForeign},
		{"", a.ID, allowAll, problem.AskForeign},
		{mine, a.ID, `{"answer":"success"}`, problem.AnswerInvalid},
		{mine, a.ID, `{"answer":"allow","consents":["wifi"]}`, problem.AnswerInvalid},
		{mine, a.ID, `[]`, problem.AnswerInvalid},
	} {
		if _, err := p.answer(one.launch, one.ask, one.answer); !problem.Is(err, one.want) {
			t.Errorf("%+v: %v", one, err)
		}
	}
	fails(t, p.call(mine, "getLocation", ""), 300, "never asked")
	reply, err := p.answer(mine, a.ID, allowAll)
	must(t, err)
	if reply.CallID != a.CallID {
		t.Errorf("settled call %s, want %s", reply.CallID, a.CallID)
	}
	succeeds(t, p.call(mine, "getLocation", ""))
	for _, again := range []string{allowAll, decline} {
		if _, err := p.answer(mine, a.ID, again); !problem.Is(err, problem.AskAnswered) {
			t.Errorf("answered again: %v", err)
		}
	}
	succeeds(t, p.call(mine, "getLocation", ""))
}

// refusals returns the journal's entries of refused answers.
func (p *platform) refusals() (all []journal.Entry) {
	list, _, _ := p.journal.Since(0, 0)
	for _, e := range list {
		if e.Kind == journal.Answer {
			all = append(all, e)
		}
	}
	return all
}

func TestAnswer_refused_adds_a_journal_entry(t *testing.T) {
	t.Parallel()
	p := open(t)
	mine, other := p.trusted(), p.launched(p.budi, allowAll)
	deeplink, ref := p.pay("kopi", 1000, time.Hour)
	pay := `{"answer":"success","data":{"pin":"123456"}}`
	none := "0193572e-8c00-7000-8000-000000000001"
	expired, gone := p.asks(mine, "triggerPayment", deeplink), p.silent(p.sari)
	p.forward(10 * time.Minute)
	open := p.asks(gone, "openDeeplink", `{"deeplink":"gopay://topup"}`)
	must(t, p.engine.End(t.Context(), gone, "closed"))
	for _, one := range []struct {
		what, launch, ask string
		want              problem.Code
		call, payment     string // that the entry is joined to
	}{
		{"late", mine, expired.ID, problem.AskExpired, expired.CallID, ref},
		{"late, and swept", mine, expired.ID, problem.AskExpired, expired.CallID, ref},
		{"of another launch", other, expired.ID, problem.AskForeign, expired.CallID, ref},
		{"after the end of its launch", gone, open.ID, problem.AskAnswered, open.CallID, ""},
		{"to nothing", mine, none, problem.AskUnknown, "", ""},
	} {
		before := len(p.refusals())
		if _, err := p.answer(one.launch, one.ask, pay); !problem.Is(err, one.want) {
			t.Errorf("%s: %v", one.what, err)
		}
		told := p.refusals()
		if len(told) != before+1 {
			t.Fatalf("%s: %d entries", one.what, len(told)-before)
		}
		e := told[before]
		if e.Outcome != journal.Warn || e.LaunchID != one.launch || e.CallID != one.call || e.Payment != one.payment || e.MiniAppID != "kopi" ||
			!strings.Contains(e.Message, one.ask) || !strings.Contains(string(e.Detail), `"answer":"success","refused":"`+string(one.want)+`"`) {
			t.Errorf("%s: the journal says %s", one.what, show(e))
		}
		if strings.Contains(show(e), "123456") {
			t.Errorf("%s: the journal has the whole answer: %s", one.what, show(e))
		}
		p.sweep()
	}
	if got := p.payment(ref); got.State != payment.Pending || p.balance(p.sari) != 250_000 {
		t.Errorf("the payment is %s", show(got))
	}
}

func TestAnswer_repeated_is_applied_once_and_adds_a_journal_entry(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	deeplink, ref := p.pay("kopi", 1000, time.Hour)
	a := p.asks(l, "triggerPayment", deeplink)
	for i, answer := range []string{"success", "success", "cancelled"} {
		_, err := p.answer(l, a.ID, `{"answer":"`+answer+`"}`)
		if problem.Is(err, problem.AskAnswered) != (i > 0) || len(p.refusals()) != i {
			t.Errorf("answer %d: %v, and the journal says %s", i, err, show(p.refusals()))
		}
	}
	if p.payment(ref).State != payment.Paid || p.balance(p.sari) != 249_000 {
		t.Error("the second answer changed something")
	}
}

func TestDeeplink_sheet(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	for answer, code := range map[string]int{`{"answer":"open"}`: 0, decline: 300} {
		a := p.asks(l, "openDeeplink", `{"deeplink":"gopay://home/promo/7?x=1"}`)
		if show(a) != fmt.Sprintf(`{"deeplink":"gopay://home/promo/7?x=1","expires_at":%d,"id":"%s","kind":"deeplink"}`, a.ExpiresAt, a.ID) {
			t.Errorf("asks %s", show(a))
		}
		if _, err := p.answer(l, a.ID, `{"answer":"allow"}`); !problem.Is(err, problem.AnswerInvalid) {
			t.Errorf("got %v", err)
		}
		reply, err := p.answer(l, a.ID, answer)
		must(t, err)
		if code != 0 {
			fails(t, reply, code, "did not open")
		} else if data := succeeds(t, reply); string(data) != "null" {
			t.Errorf("data %s", data)
		}
	}
}

func TestAnswer_changes_nothing_after_the_mini_app_was_suspended(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	p.consent(p.sari, "wifi", consent.StateNeverAsked)
	deeplink, ref := p.pay("kopi", 5000, time.Hour)
	asks := map[*ask.Ask]string{
		p.asks(l, "triggerPayment", deeplink):                     `{"answer":"success"}`,
		p.asks(l, "getConsent", `{"consent_name":"wifi"}`):        allowAll,
		p.asks(l, "openDeeplink", `{"deeplink":"gopay://topup"}`): `{"answer":"open"}`,
	}
	rows := len(p.ledger(p.sari))
	p.suspend(true)
	for a, answer := range asks {
		reply, err := p.answer(l, a.ID, answer)
		must(t, err)
		fails(t, reply, 203, "suspended")
	}
	if p.balance(p.sari) != p.sari.Balance || p.payment(ref).State != payment.Pending || len(p.ledger(p.sari)) != rows {
		t.Errorf("the payment is %s, the wallet holds %s, and the ledger has %d entries; want pending, %s, %d",
			p.payment(ref).State, p.balance(p.sari), len(p.ledger(p.sari)), p.sari.Balance, rows)
	}
	p.suspend(false)
	reply, err := p.answer(l, p.asks(l, "triggerPayment", deeplink).ID, `{"answer":"success"}`)
	must(t, err)
	ends(t, succeeds(t, reply), "success")
}

func TestSensor_reading_after_a_withdrawn_consent_is_dropped(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	p.sensors.Store(true)
	for method, name := range map[string]string{"getLocation": "location", "getSystemInfo": "device_info", "getWifiInfo": "wifi"} {
		a := p.asks(l, method, "")
		p.consent(p.sari, name, consent.StateRevoked)
		reply, err := p.answer(l, a.ID, `{"answer":"ok","data":{"latitude":-8.65,"longitude":115.2,"wifi_ssid":"Rumah","brand":"Ubud"}}`)
		must(t, err)
		fails(t, reply, 300, "withdrawn")
		if e := p.entry(a.CallID); strings.Contains(string(e.Detail), `"result":{"success":true`) {
			t.Errorf("%s: the journal says %s", method, show(e))
		}
	}
}

// A host may send more than was asked for; the journal cuts it off.
func TestAnswer_that_is_long_is_cut_off_in_the_journal(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	long := strings.Repeat("long ", 20_000)
	for answer, kept := range map[string]bool{`{"answer":"open","note":"` + long + `"}`: false, `{"answer":"open","note":"short"}`: true} {
		a := p.asks(l, "openDeeplink", `{"deeplink":"gopay://topup"}`)
		reply, err := p.answer(l, a.ID, answer)
		must(t, err)
		succeeds(t, reply)
		detail := string(p.entry(a.CallID).Detail)
		if len(detail) > 2000 || !strings.Contains(detail, "open") || strings.Contains(detail, answer) != kept {
			t.Errorf("the journal says %.2000s", detail)
		}
	}
	p.sensors.Store(true)
	a := p.asks(l, "getWifiInfo", "")
	if _, err := p.answer(l, a.ID, `{"answer":"ok","data":{"wifi_ssid":"`+long+`"}}`); !problem.Is(err, problem.AnswerInvalid) {
		t.Errorf("a long name of a network: %v", err)
	}
}

func TestSensor_read_by_the_host(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	p.sensors.Store(true)
	kinds := map[string]ask.Kind{"getLocation": ask.Location, "getSystemInfo": ask.SystemInfo, "getWifiInfo": ask.WifiInfo}
	good := map[string][2]string{
		"getLocation":   {`{"latitude":-8.65,"longitude":115.2,"time":7}`, `{"latitude":-8.65,"longitude":115.2,"time":7}`},
		"getSystemInfo": {`{"brand":"x","os_type":9,"app_version":"9"}`, `{"os_type":1,"is_emulator":false,"is_rooted":false,"wifi_bssid":"","wifi_ssid":"","brand":"x","model":"","product":"","uuid":"","idfa":"","idfv":"","app_version":"2.10.0"}`},
		"getWifiInfo":   {`{"wifi_ssid":"w","wifi_bssid":"b","extra":1}`, `{"wifi_bssid":"b","wifi_ssid":"w"}`},
	}
	for method, kind := range kinds {
		a := p.asks(l, method, "")
		if a.Kind != kind || a.ExpiresAt-a.CreatedAt != 10_000 {
			t.Errorf("%s asks %s", method, show(a))
		}
		for _, bad := range []string{`{}`, `{"answer":"allow"}`, `{"answer":"ok"}`, `{"answer":"ok","data":1}`, `{"answer":"ok","data":[]}`, `{"answer":"ok","data":"x"}`} {
			if _, err := p.answer(l, a.ID, bad); !problem.Is(err, problem.AnswerInvalid) {
				t.Errorf("%s %s: %v", method, bad, err)
			}
		}
		reply, err := p.answer(l, a.ID, `{"answer":"ok","data":`+good[method][0]+`}`)
		must(t, err)
		if got := succeeds(t, reply); string(got) != good[method][1] {
			t.Errorf("%s: got %s\nwant %s", method, got, good[method][1])
		}
		for answer, code := range map[string]int{"denied": 300, "unavailable": 400, "failed": 500} {
			reply, err := p.answer(l, p.asks(l, method, "").ID, `{"answer":"`+answer+`"}`)
			must(t, err)
			fails(t, reply, code)
		}
		late := p.asks(l, method, "")
		p.forward(10 * time.Second)
		p.sweep()
		if e := p.entry(late.CallID); e.Code != 401 {
			t.Errorf("%s: without an answer it ended with %s", method, show(e))
		}
	}
	for _, place := range []string{`{"latitude":90.1,"longitude":0}`, `{"latitude":0,"longitude":-180.5}`, `{"latitude":0}`, `{"longitude":0}`, `{"latitude":"0","longitude":0}`, `{"latitude":1e400,"longitude":0}`, `{"latitude":0,"longitude":0,"time":1.5}`} {
		a := p.asks(l, "getLocation", "")
		if _, err := p.answer(l, a.ID, `{"answer":"ok","data":`+place+`}`); !problem.Is(err, problem.AnswerInvalid) {
			t.Errorf("%s: %v", place, err)
		}
	}
}
