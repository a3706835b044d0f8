package control_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestControl_device_is_changed_by_merging(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	before := d.Get("/control/v1/device")
	got := d.Patch("/control/v1/device", `{"model":"iPhone","location":{"latitude":-8.65},"wifi":null,"app_version":"v1.9"}`)
	if got.Text("model") != "iPhone" || got.Member("location.latitude") != "-8.65" || got.Member("location.longitude") != before.Member("location.longitude") ||
		got.Member("wifi") != `{"present":false,"connected":false,"ssid":"","bssid":""}` || got.Text("app_version") != "v1.9" || got.Text("brand") != before.Text("brand") {
		t.Errorf("got %s", got.Body)
	}
	if now := d.Get("/control/v1/device"); string(now.Body) != string(got.Body) {
		t.Errorf("it says %s then", now.Body)
	}
	if same := d.Patch("/control/v1/device", `{}`); string(same.Body) != string(got.Body) {
		t.Errorf("an empty change made it %s", same.Body)
	}
}

func TestControl_device_is_unchanged_after_an_invalid_change(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	before := d.Get("/control/v1/device")
	for patch, word := range map[string]string{
		`{"modle":"x"}`: `"model"`, `{"wifi":{"presnt":"x"}}`: `"present"`, `{"appVersion":"1.0.0"}`: `"app_version"`, `{"zzzzzz":1}`: "zzzzzz",
		`{"location":{"path":{"points":[{"latitude":0,"longitude":0},{"latitude":1,"longitude":1}],"speed":1}}}`: "speed",
		`{"os":"windows"}`: "android or ios", `{"os":null}`: "os", `{"locale":"fr_FR"}`: "en_ID or id_ID", `{"superapp":"broken"}`: "failing",
		`{"app_version":"new"}`: "app_version", `{"app_version":null}`: "app_version", `{"app_version":2}`: "app_version", `{"app_version":""}`: "version",
		`{"online":"yes"}`: "online", `{"online":1}`: "online", `{"model":7}`: "model", `{"wifi":[]}`: "wifi", `{"wifi":"x"}`: "wifi", `{"location":{"enabled":"x"}}`: "enabled",
		`{"location":{"latitude":91}}`: "latitude", `{"location":{"longitude":-181}}`: "longitude", `{"location":{"latitude":"0"}}`: "latitude", `{"location":{"latitude":1e999}}`: "",
		`{"location":{"path":{"points":[],"speed_mps":1}}}`:                                      "two points",
		`{"location":{"path":{"points":[{"latitude":0,"longitude":0}],"speed_mps":1}}}`:          "two points",
		`{"location":{"path":{"points":[{"latitude":0},{"latitude":99}],"speed_mps":1}}}`:        "points[1]",
		`{"location":{"path":{"points":[{"latitude":0},{"latitude":1}],"speed_mps":0}}}`:         "speed_mps",
		`{"location":{"path":{"points":[{"latitude":0},{"latitude":1}],"speed_mps":-5}}}`:        "speed_mps",
		`{"location":{"path":{"points":[{"latitude":0},{"latitude":1}],"speed_mps":1e9}}}`:       "speed_mps",
		`{"location":{"path":{"points":[` + strings.Repeat("{},", 1000) + `{}],"speed_mps":1}}}`: "1000",
		`{"location":null}`: "switches location services off", `{"location":{"latitude":null}}`: "location.latitude cannot be null", `{"location":{"enabled":true,"longitude":null}}`: "location.longitude",
		`{"model":` + apitest.Big(9) + `}`: "model is 9216 bytes long; at most 200", `{"wifi":{"ssid":` + apitest.Big(1) + `}}`: "wifi.ssid", `{"location":{"preset":` + apitest.Big(1) + `}}`: "location.preset",
		`{"idfa":` + apitest.Big(1) + `}`: "idfa", `{"app_version":"2.0.0-` + strings.Repeat("x", 200) + `"}`: "app_version", `{"brand":"a\u0000b"}`: "brand holds a control character", `{"uuid":"a\nb"}`: "uuid",
		`{"model":"a","model":"b"}`: "", `{`: "", `[]`: "", `"x"`: "", `1`: "", ``: "", "\xff": "", `{"model":"\ud800"}`: "",
		strings.Repeat(`{"wifi":`, 5000): "",
	} {
		d.Send("PATCH", "/control/v1/device", patch).Refused(400, "bad_request", word)
	}
	d.Send("PATCH", "/control/v1/device", `{"model":`+apitest.Big(1100)+`}`).Refused(413, "too_large")
	if now := d.Get("/control/v1/device"); string(now.Body) != string(before.Body) {
		t.Errorf("one of them changed it: %s", now.Body)
	}
}

func TestControl_answers(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	if got := string(d.Get("/control/v1/answers").Body); got != `{"consent":"ask","payment":"ask","deeplink":"ask","share":"ask","camera":"ask","uri":"ask"}`+"\n" {
		t.Errorf("begins with %s", got)
	}
	for _, bad := range []string{`{"consent":"yes"}`, `{"payment":"open"}`, `{"deeplink":"decline"}`, `{"share":"taken"}`, `{"camera":"open"}`, `{"uri":"yes"}`, `{"consent":null}`, `{"consent":1}`, `{"cosent":"ask"}`, `[]`, `{"consent":["allow"]}`} {
		d.Send("PATCH", "/control/v1/answers", bad).Refused(400, "bad_request")
	}
	for name, values := range map[string]string{"consent": "allow decline ask", "payment": "success cancelled failed pending ask", "deeplink": "open ask",
		"share": "shared cancelled ask", "camera": "taken cancelled denied unavailable ask", "uri": "open decline ask"} {
		for _, value := range strings.Fields(values) {
			if got := d.Patch("/control/v1/answers", `{"`+name+`":"`+value+`"}`).Text(name); got != value {
				t.Errorf("%s is %q, want %q", name, got, value)
			}
		}
	}
}

func TestControl_clock_moves_forward_only(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	for advance, word := range map[string]string{
		`"-5m"`: "forward", `"0"`: "forward", `"0s"`: "forward", `"-1ns"`: "forward", `"87601h"`: "10 years", `"2562047h"`: "10 years", `"2562047h47m16.854775807s"`: "10 years",
		`"9999999h"`: "duration", `"soon"`: "duration", `""`: "duration", `"5"`: "duration", `"5 m"`: "duration", `5`: "advance", `null`: "", `{}`: "",
	} {
		d.Post("/control/v1/clock", `{"advance":`+advance+`}`).Refused(400, "bad_request", word)
	}
	d.Post("/control/v1/clock", `{}`).Refused(400, "bad_request")
	d.Post("/control/v1/clock", `{"advance":"5m","to":"x"}`).Refused(400, "bad_request")
	if got := d.Get("/control/v1/clock").Member("offset_ms"); got != "0" {
		t.Fatalf("one of them moved it by %s", got)
	}
	for _, one := range [][2]string{{"5m", "300000"}, {"1ms", "300001"}, {"720h", "2592300001"}, {"86000h", "312192300001"}} {
		if got := d.Post("/control/v1/clock", `{"advance":"`+one[0]+`"}`).OK(200).Member("offset_ms"); got != one[1] {
			t.Errorf("%s: it stands %s ahead, want %s", one[0], got, one[1])
		}
	}
	for _, over := range []string{"2000h", "2562047h47m16.854775807s"} {
		d.Post("/control/v1/clock", `{"advance":"`+over+`"}`).Refused(400, "bad_request", "10 years")
	}
	if got := d.Get("/control/v1/clock").Member("offset_ms"); got != "312192300001" {
		t.Errorf("it stands %s ahead", got)
	}
	d.Post("/control/v1/reset", "").OK(204)
	if got := d.Get("/control/v1/clock").Member("offset_ms"); got != "0" {
		t.Errorf("after a reset it stands %s ahead", got)
	}
}

func TestControl_payment_amounts(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	for amount, want := range map[string]string{
		`1`: "1.00", `15000`: "15000.00", `"15000"`: "15000.00", `"15000.00"`: "15000.00", `15000.0`: "15000.00", `99999999999`: "99999999999.00",
		`{"value":"15000.00","currency":"IDR"}`: "15000.00", `{"value":"7","currency":"IDR"}`: "7.00",
	} {
		ref := d.Post("/control/v1/payments", `{"amount":`+amount+`}`).OK(201).Text("referenceNo")
		var list struct {
			Payments []struct {
				Ref    string `json:"reference_no"`
				Amount struct{ Value, Currency string }
				State  string
			}
		}
		d.Get("/control/v1/payments").Into(&list)
		for _, p := range list.Payments {
			if p.Ref == ref && (p.Amount.Value != want || p.Amount.Currency != "IDR" || p.State != "created") {
				t.Errorf("%s became %+v", amount, p)
			}
		}
	}
	made := d.Get("/control/v1/payments").Member("payments")
	for _, amount := range []string{
		`0`, `-1`, `-15000`, `"0"`, `"-1"`, `1.5`, `"1.50"`, `"15.000"`, `"15,000"`, `"Rp15000"`, `"1e3"`, `1e3`, `""`, `" 1"`, `"1 "`, `"١٥"`, `100000000000`, `"99999999999999999999"`, `1e400`,
		`{"value":"15000.00","currency":"USD"}`, `{"value":"15000.00"}`, `{"value":15000,"currency":"IDR"}`, `{"currency":"IDR"}`, `{}`, `[]`, `true`, `null`, `[1]`,
	} {
		if got := d.Post("/control/v1/payments", `{"amount":`+amount+`}`); got.Status != 400 || got.Text("error.message") == "" {
			t.Errorf("%s: %d %s", amount, got.Status, got.Body)
		}
	}
	for _, body := range []string{``, `{}`, `{"amount":1,"amount":2}`, `{"amont":1}`, `{"amount":1,"title":7}`, `{"amount":1,"valid_for":"x"}`, `{"amount":1,"valid_for":"19s"}`, `{"amount":1,"valid_for":"-1h"}`, `{"amount":1,"valid_for":"4321h"}`, `{"amount":1,"valid_for":"0"}`} {
		if got := d.Post("/control/v1/payments", body); got.Status != 400 {
			t.Errorf("%s: %d %s", body, got.Status, got.Body)
		}
	}
	d.Post("/control/v1/payments", `{"amount":1,"mini_app_id":"nasi"}`).Refused(404, "mini_app_unknown")
	if got := d.Get("/control/v1/payments").Member("payments"); got != made {
		t.Errorf("one of them made a payment: %s", got)
	}
}

func TestControl_users(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	if got := d.Get("/control/v1/users"); strings.Count(string(got.Body), `"gopay_account_id"`) != 3 || strings.Count(string(got.Body), `"current":true`) != 1 {
		t.Errorf("begins with %s", got.Body)
	}
	added := d.Post("/control/v1/users", `{"name":" Tono ","username":"tono","phone_number":"+628123456789","email":"t@example.com","balance":"5000","bank":{"bank_code":"bca","account_name":"T","account_number":"12345678"}}`).OK(201)
	id := added.Text("id")
	if added.Text("name") != "Tono" || added.Text("balance.value") != "5000.00" || added.Text("bank.account_number_masked") != "••••5678" || added.Member("current") != "false" {
		t.Errorf("got %s", added.Body)
	}
	changed := d.Patch("/control/v1/users", `{"id":"`+id+`","balance":{"value":"7.00","currency":"IDR"},"current":true,"bank":{"account_number":""}}`)
	if changed.Text("name") != "Tono" || changed.Text("balance.value") != "7.00" || changed.Member("bank") != "" || changed.Member("current") != "true" {
		t.Errorf("got %s", changed.Body)
	}
	d.Patch("/control/v1/users", `{"id":"`+id+`","bank":{"bank_code":"bca","account_number":"12345678"}}`).OK(200)
	if unlinked := d.Patch("/control/v1/users", `{"id":"`+id+`","bank":null}`); unlinked.Member("bank") != "" {
		t.Errorf("null leaves %s", unlinked.Body)
	}
	if got := d.Send("PATCH", "/control/v1/answers", `{"consent":"maybe"}`); got.Status != 400 || !strings.Contains(string(got.Body), "consent is one of ask, allow, decline, not") {
		t.Errorf("an unknown answer: %s", got.Body)
	}
	if got := d.Patch("/control/v1/users", `{"email":""}`); got.Text("id") != id {
		t.Errorf("without an id it changed %s", got.Body)
	}
	before := string(d.Get("/control/v1/users").Body)
	for _, body := range []string{
		`{}`, `{"name":""}`, `{"name":"  "}`, `{"name":1}`, `{"name":"a","name":"b"}`, `{"name":"` + strings.Repeat("n", 101) + `"}`, `{"name":"x","phone_number":"0812"}`,
		`{"name":"x","phone_number":"+62 812"}`, `{"name":"x","email":"x"}`, `{"name":"x","balance":-1}`, `{"name":"x","balance":1.5}`, `{"name":"x","bank":{"account_number":"12ab"}}`,
		`{"name":"x","bank":{"account_number":"1"}}`, `{"name":"x","bank":{"account_number":"123456789012345678901"}}`, `{"name":"x","balance_":1}`, `[]`, `{`, `{"name":"x","bank":[]}`,
		`{"name":"\u202eevil"}`, `{"name":"x","username":"a\u2066b"}`, `{"name":"x","bank":{"account_name":"\u200f"}}`, `{"name":"x","bank":{"account_numbre":"1"}}`,
	} {
		if got := d.Post("/control/v1/users", body); got.Status != 400 {
			t.Errorf("%s: %d %s", body, got.Status, got.Body)
		}
		if body == `{}` {
			continue // changes nothing
		}
		if got := d.Send("PATCH", "/control/v1/users", body); got.Status != 400 {
			t.Errorf("change %s: %d %s", body, got.Status, got.Body)
		}
	}
	d.Send("PATCH", "/control/v1/users", `{"id":"nobody","name":"x"}`).Refused(404, "user_unknown")
	if now := string(d.Get("/control/v1/users").Body); now != before {
		t.Errorf("one of them changed something:\n%s\n%s", before, now)
	}
	if told := string(d.Get("/control/v1/journal").Body); strings.Count(told, `"user added"`) != 1 {
		t.Errorf("the journal has %d users that were added, want 1: seeds are not entries", strings.Count(told, `"user added"`))
	}
}

func TestControl_consents_and_mini_app(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	got := d.Patch("/control/v1/consents", `{"name":"getLocation","state":"given"}`).Has("", "consents ledger")
	var both struct {
		Consents []struct{ Name, State string }
		Ledger   []json.RawMessage
	}
	got.Into(&both)
	if len(both.Consents) != 4 || len(both.Ledger) != 1 || !strings.Contains(string(got.Body), `"name":"location","state":"given"`) {
		t.Errorf("got %s", got.Body)
	}
	for _, bad := range []string{`{"name":"camera","state":"given"}`, `{"name":"x","state":"given"}`, `{"name":"location","state":"refused"}`, `{"name":"location"}`, `{}`, `[]`, `{"name":["location"],"state":"given"}`} {
		d.Send("PATCH", "/control/v1/consents", bad).Refused(400, "bad_request")
	}
	d.Send("PATCH", "/control/v1/consents", `{"name":"location","state":"given","user_id":"nobody"}`).Refused(404, "user_unknown")
	d.Send("PATCH", "/control/v1/consents", `{"name":"location","state":"given","mini_app_id":"nasi"}`).Refused(404, "mini_app_unknown")
	d.Send("GET", "/control/v1/consents?mini_app_id=nasi", "").Refused(404, "mini_app_unknown")
	for _, bad := range []string{`{"status":"stopped"}`, `{}`, `{"status":1}`, `{"state":"active"}`} {
		d.Send("PATCH", "/control/v1/mini-app", bad).Refused(400, "bad_request")
	}
	d.Send("PATCH", "/control/v1/mini-app", `{"id":"nasi","status":"active"}`).Refused(404, "mini_app_unknown")
	if app := d.Patch("/control/v1/mini-app", `{"status":"suspended"}`); app.Text("status") != "suspended" {
		t.Errorf("got %s", app.Body)
	}
	d.Get("/control/v1/state").Has("", "answers apps clock consents current_user device faults files journal_after revision target urls users version").
		Has("urls", "api app control simulator").Has("target", "kind state").
		Has("device", "app_version background brand clipboard emulator idfa idfv keyboard locale location model motion network online os os_version product rooted screen sensors superapp user_agent uuid webview wifi")
}

func TestControl_reset_keeps_the_credentials(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	l.Code()
	d.Patch("/control/v1/device", `{"model":"x"}`)
	d.Patch("/control/v1/answers", `{"consent":"allow"}`)
	d.Post("/control/v1/payments", `{"amount":1}`).OK(201)
	d.Post("/control/v1/clock", `{"advance":"1h"}`).OK(200)
	before := d.Get("/control/v1/credentials")
	d.Post("/control/v1/reset", "").OK(204)
	if now := d.Get("/control/v1/credentials"); string(now.Body) != string(before.Body) {
		t.Errorf("credentials %s became %s", before.Body, now.Body)
	}
	state := d.Get("/control/v1/state")
	if state.Text("device.model") == "x" || state.Text("answers.consent") != "ask" || state.Member("clock.offset_ms") != "0" || strings.Contains(state.Member("consents"), "given") {
		t.Errorf("got %s", state.Body)
	}
	if got := d.Get("/control/v1/payments").Member("payments"); got != "[]" {
		t.Errorf("payments %s", got)
	}
	d.Open(apitest.AllowAll).Code()
}

func TestControl_credentials_are_complete_and_rotate(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	whole := func(a apitest.Answer) apitest.Answer {
		t.Helper()
		return a.Has("", "checkout client_id client_secret generation made_at merchant_id notification_public_key pop_id previous_until snap").
			Has("snap", "channel_id client_key client_secret partner_id private_key public_key").Has("checkout", "client_key server_key")
	}
	before := whole(d.Get("/control/v1/credentials"))
	for _, bad := range []string{`{"revoke":"yes"}`, `{"revoked":true}`, `[]`, `{"revoke":true,"revoke":false}`} {
		d.Post("/control/v1/credentials/rotate", bad).Refused(400, "bad_request")
	}
	works := func() int { return d.Post(apitest.TokenPath, `{"auth_code":"x"}`, d.Basic()).Status } // 400 for the code, if the pair is accepted
	after := whole(d.Post("/control/v1/credentials/rotate", "").OK(200))
	if after.Member("generation") != "2" || after.Member("previous_until") == "0" || after.Text("client_id") != before.Text("client_id") || after.Text("client_secret") == before.Text("client_secret") {
		t.Errorf("got %s", after.Body)
	}
	if got := works(); got != 400 {
		t.Errorf("the pair of the generation before: %d", got)
	}
	last := whole(d.Post("/control/v1/credentials/rotate", `{"revoke":true}`).OK(200))
	if last.Member("previous_until") != "0" || last.Text("notification_public_key") == before.Text("notification_public_key") {
		t.Errorf("got %s", last.Body)
	}
	if got := works(); got != 401 {
		t.Errorf("a revoked pair: %d", got)
	}
	d.Key = last.Text("client_secret")
	if got := works(); got != 400 {
		t.Errorf("the new pair: %d", got)
	}
}

// A body of null changes nothing, and neither does a text with a control character.
func TestControl_refuses_null_and_control_characters(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	for _, target := range []string{
		"PATCH /device", "PATCH /answers", "POST /clock", "POST /payments", "POST /users", "PATCH /users", "PATCH /consents", "PATCH /mini-app",
		"POST /faults", "POST /credentials/rotate",
	} {
		method, path, _ := strings.Cut(target, " ")
		d.Send(method, "/control/v1"+path, "null").Refused(400, "bad_request", "must be an object, got null")
		d.Send(method, "/control/v1"+path, `{"x":"\u0000"}`).Refused(400, "bad_request", "x holds a control character (U+0000)")
	}
	d.Post("/host/v1/launches", "null").Refused(400, "bad_request", "must be an object, got null")
	c := d.Open(apitest.AllowAll).Dial()
	c.Say(`{"id":1,"type":"call","method":"getConsent","params":{"consent_name":"\u0000"}}`)
	if got := c.Hear(); got.Text("error.code") != "bad_request" || !strings.Contains(got.Text("error.message"), "params.consent_name holds a control character (U+0000)") {
		t.Errorf("the socket answers %s", got.Body)
	}
}
