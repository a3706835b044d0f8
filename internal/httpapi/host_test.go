package httpapi_test

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"testing"
)

// keys gives the names of an object's members in the order of the alphabet.
func (a answer) keys(path string) string {
	a.t.Helper()
	raw := string(a.body)
	if path != "" {
		raw = a.member(path)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(raw), &members); err != nil {
		a.t.Fatalf("%s: %s is no object in %.300s", a.what, path, a.body)
	}
	var names []string
	for name := range members {
		names = append(names, name)
	}
	sort.Strings(names)
	return strings.Join(names, " ")
}

// has checks which members an object has: all that are named and no other.
func (a answer) has(path, names string) answer {
	a.t.Helper()
	if got := a.keys(path); got != names {
		a.t.Errorf("%s: %s has %q, want %q", a.what, path, got, names)
	}
	return a
}

const strict = `{"id":"kopi","name":"Kopi","generation":"container-v1","icon":"https://cdn.example/k.png","entry":"/buka?x=1",
	"consents":[{"name":"location","mandatory":true,"reason":"To find a shop"},{"name":"wifi"}],"deeplinks":["gopay://home"]}`

func TestHost_shapes(t *testing.T) {
	t.Parallel()
	d := startWith(t, strict)
	opened := d.post("/host/v1/launches", "{}").ok(201).has("", "app ask entry_url launch_id state token").
		has("app", "generation icon_url id name origin").has("ask", "app consents expires_at id kind phase").has("ask.app", "generation icon_url id name origin")
	l := launch{d, opened.text("launch_id"), opened.text("token")}
	if opened.text("state") != "consent" || opened.text("entry_url") != d.urls.App+"buka?x=1" || opened.text("app.generation") != "container-v1" ||
		opened.text("app.icon_url") != "https://cdn.example/k.png" || opened.text("app.origin")+"/" != d.urls.App || opened.text("ask.kind") != "consent" {
		t.Errorf("got %s", opened.body)
	}
	want := `[{"name":"location","title":{"en":"your location","id":"lokasi Anda"},"mandatory":true,"reason":"To find a shop"},` +
		`{"name":"wifi","title":{"en":"the name of your Wi-Fi network","id":"nama jaringan Wi-Fi Anda"},"mandatory":false,"reason":""}]`
	if got := opened.member("ask.consents"); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	d.get(l.path(""), bearer(l.token)).has("", "app asks entry_url launch_id state")
	l.call("getAuthCode", "").has("", "call_id result").has("result", "data error success").has("result.error", "code message")
	ask := opened.text("ask.id")
	l.answer(ask, `{"answer":"allow","consents":["wifi"]}`).refused(400, "answer_invalid", "location", "mandatory")
	got := l.answer(ask, `{"answer":"allow","consents":["location"]}`).ok(200).has("", "entry_url launch_id state")
	if got.text("state") != "open" {
		t.Errorf("got %s", got.body)
	}
	l.answer(ask, allowAll).refused(409, "ask_answered")
	d.get(l.path(""), bearer(l.token)).has("", "app entry_url launch_id state")
	l.call("getLocation", "").has("", "call_id result").has("result.data", "latitude longitude time")
	asked := l.call("getConsent", `{"consent_name":"wifi"}`).has("", "ask call_id").has("ask", "app consents expires_at id kind phase")
	l.answer(asked.text("ask.id"), `{"answer":"decline"}`).ok(200).has("", "call_id result")
	asked = l.call("openDeeplink", `{"deeplink":"gopay://home"}`).has("ask", "app deeplink expires_at id kind")
	l.answer(asked.text("ask.id"), `{"answer":"open"}`).ok(200).has("result", "data error success")
	paid := d.post("/control/v1/payments", `{"amount":1000}`).ok(201).has("", "deeplink referenceNo")
	asked = l.call("triggerPayment", `{"deeplink":"`+paid.text("deeplink")+`"}`).has("ask", "app expires_at id kind payment wallet").
		has("ask.payment", "amount expires_at reference_no title").has("ask.wallet", "balance sufficient")
	l.answer(asked.text("ask.id"), `{"answer":"success"}`).ok(200)
	able := d.get(l.path("/capabilities"), bearer(l.token)).has("", "app_version methods").has("methods",
		"getAuthCode getBankAccountToken getConsent getLocation getSystemInfo getWifiInfo openDeeplink triggerPayment")
	able.has("methods.getLocation", "available consent min_version").has("methods.getAuthCode", "available min_version").
		has("methods.getWifiInfo", "available consent min_version reason").has("methods.getWifiInfo.reason", "code message")
	if s := d.send("DELETE", l.path(""), "", bearer(l.token)).ok(204); len(s.body) != 0 {
		t.Errorf("got %s", s.body)
	}
	d.get(l.path(""), bearer(l.token)).has("", "app entry_url launch_id reason state")
	d.send("GET", l.path("/capabilities"), "", bearer(l.token)).refused(410, "launch_ended")
	d.send("DELETE", l.path(""), "", bearer(l.token)).ok(204)
}

func TestHost_refused_launch_says_why(t *testing.T) {
	t.Parallel()
	d := startWith(t, strict)
	opened := d.post("/host/v1/launches", "").ok(201)
	l := launch{d, opened.text("launch_id"), opened.text("token")}
	got := l.answer(opened.text("ask.id"), `{"answer":"decline"}`).ok(200).has("", "entry_url launch_id reason state")
	if got.text("state") != "refused" || got.text("reason") != "Kopi cannot open without: location" {
		t.Errorf("got %s", got.body)
	}
	if got := l.call("getAuthCode", ""); got.member("result.error.code") != "203" {
		t.Errorf("got %s", got.body)
	}
	d.patch("/control/v1/answers", `{"consent":"decline"}`)
	d.post("/host/v1/launches", "").ok(201).has("", "app entry_url launch_id reason state token")
}

func TestHost_opens_at_a_path_of_the_mini_app(t *testing.T) {
	t.Parallel()
	d := startWith(t, strict)
	want := d.urls.App + "orders?id=7"
	opened := d.post("/host/v1/launches", `{"path":"/orders?id=7"}`).ok(201)
	l := launch{d, opened.text("launch_id"), opened.text("token")}
	for _, got := range []answer{opened, d.get(l.path(""), bearer(l.token)), l.answer(opened.text("ask.id"), allowAll).ok(200)} {
		if got.text("entry_url") != want {
			t.Errorf("entry_url %s, want %s", got.body, want)
		}
	}
	for _, path := range []string{"orders", "https://elsewhere.example/", "@elsewhere.example/", ":1/", "/a\\u0000b", "/" + strings.Repeat("a", 2048)} {
		d.post("/host/v1/launches", `{"path":"`+path+`"}`).refused(400, "bad_request", "path begins with")
	}
}

func TestHost_errors(t *testing.T) {
	t.Parallel()
	d := start(t)
	l, other := d.open(allowAll), d.open(allowAll)
	post := func(path, body string) answer { return d.post(path, body, bearer(l.token)) }
	d.post("/host/v1/launches", `{"mini_app_id":"nasi"}`).refused(404, "mini_app_unknown", "nasi")
	d.post("/host/v1/launches", `{"user_id":"nobody"}`).refused(404, "user_unknown", "nobody")
	for _, body := range []string{`{`, `[]`, `1`, `"x"`, `{"mini_app_id":1}`, `{"mini_app_id":"kopi","mini_app_id":"kopi"}`, `{"user":"x"}`, `{"mini_app_id":{"a":1}}`, "\xff"} {
		d.post("/host/v1/launches", body).refused(400, "bad_request")
	}
	post(l.path("/calls"), `{"method":"getAuthCode","parms":{}}`).refused(400, "bad_request", "parms", "params")
	for _, body := range []string{`{`, `[]`, `{"method":1}`, `{"method":"a","method":"b"}`, `{"method":"x","params":}`, `{"method":"x"}{}`} {
		post(l.path("/calls"), body).refused(400, "bad_request")
	}
	if got := post(l.path("/calls"), "").ok(200); got.member("result.error.code") != "100" {
		t.Errorf("an empty call: %s", got.body)
	}
	post(l.path("/calls"), `{"method":"x","params":`+big(257)+`}`).refused(413, "too_large")
	post(l.path("/calls"), `{"method":"x","params":`+big(2048)+`}`).refused(413, "too_large")
	post("/host/v1/asks/none/answer", allowAll).refused(404, "ask_unknown")
	asked := d.post(other.path("/calls"), `{"method":"openDeeplink","params":{"deeplink":"gopay://home/promo"}}`, bearer(other.token)).ok(200)
	ask := asked.text("ask.id")
	post("/host/v1/asks/"+ask+"/answer", `{"answer":"open"}`).refused(403, "ask_foreign")
	other.answer(ask, `{"answer":"yes"}`).refused(400, "answer_invalid", "open")
	for _, body := range []string{``, `null`, `[]`, `{"answer":1}`, `{`} {
		other.answer(ask, body).refused(400, "answer_invalid")
	}
	d.post("/control/v1/clock", `{"advance":"10m"}`).ok(200)
	other.answer(ask, `{"answer":"open"}`).refused(410, "ask_expired")
	paid := d.post("/control/v1/payments", `{"amount":250001}`).ok(201)
	asked = l.call("triggerPayment", `{"deeplink":"`+paid.text("deeplink")+`"}`)
	l.answer(asked.text("ask.id"), `{"answer":"success"}`).refused(409, "insufficient_funds", "Rp250.000", "Rp1 short")
	l.answer(asked.text("ask.id"), `{"answer":"pending"}`).ok(200)
	d.patch("/control/v1/mini-app", `{"status":"suspended"}`)
	d.post("/host/v1/launches", "").refused(403, "mini_app_suspended")
	d.post("/control/v1/reset", "").ok(204)
	d.send("GET", l.path(""), "", bearer(l.token)).refused(404, "launch_unknown")
	if got := l.call("getAuthCode", ""); got.member("result.error.code") != "203" {
		t.Errorf("after a reset: %s", got.body)
	}
}

// Every call that a policy or the device answers settles at once by plain HTTP.
func TestHost_policies_answer_for_the_person(t *testing.T) {
	t.Parallel()
	d := start(t)
	d.patch("/control/v1/answers", `{"consent":"allow","payment":"success","deeplink":"open"}`)
	opened := d.post("/host/v1/launches", "").ok(201)
	if opened.text("state") != "open" || opened.member("ask") != "" {
		t.Fatalf("got %s", opened.body)
	}
	l := launch{d, opened.text("launch_id"), opened.text("token")}
	paid := d.post("/control/v1/payments", `{"amount":"1000"}`).ok(201)
	for method, params := range map[string]string{
		"getConsent": `{"consent_name":"wifi"}`, "openGopayDeeplink": `{"deeplink":"gopay://home/promo"}`,
		"triggerPayment": fmt.Sprintf(`{"deeplink":%q}`, paid.text("deeplink")), "getWifiInfo": "",
	} {
		if got := l.call(method, params); got.member("result.success") != "true" {
			t.Errorf("%s: %s", method, got.body)
		}
	}
}
