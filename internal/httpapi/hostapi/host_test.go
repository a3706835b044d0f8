package hostapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

const strict = `{"id":"kopi","name":"Kopi","generation":"container-v1","icon":"https://cdn.example/k.png","entry":"/buka?x=1",
	"consents":[{"name":"location","mandatory":true,"reason":"To find a shop"},{"name":"wifi"}],"deeplinks":["gopay://home"]}`

func TestHost_shapes(t *testing.T) {
	t.Parallel()
	d := apitest.StartWith(t, strict)
	opened := d.Post("/host/v1/launches", "{}").OK(201).Has("", "app ask entry_url launch_id state token").
		Has("app", "generation icon_url id name origin").Has("ask", "app consents expires_at id kind phase").Has("ask.app", "generation icon_url id name origin")
	l := apitest.Launch{Platform: d, ID: opened.Text("launch_id"), Token: opened.Text("token")}
	if opened.Text("state") != "consent" || opened.Text("entry_url") != d.URLs.App+"buka?x=1" || opened.Text("app.generation") != "container-v1" ||
		opened.Text("app.icon_url") != "https://cdn.example/k.png" || opened.Text("app.origin")+"/" != d.URLs.App || opened.Text("ask.kind") != "consent" {
		t.Errorf("got %s", opened.Body)
	}
	want := `[{"name":"location","title":{"en":"your location","id":"lokasi Anda"},"mandatory":true,"reason":"To find a shop"},` +
		`{"name":"wifi","title":{"en":"the name of your Wi-Fi network","id":"nama jaringan Wi-Fi Anda"},"mandatory":false,"reason":""}]`
	if got := opened.Member("ask.consents"); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	d.Get(l.Path(""), apitest.Bearer(l.Token)).Has("", "app asks entry_url launch_id state")
	l.Call("getAuthCode", "").Has("", "call_id result").Has("result", "data error success").Has("result.error", "code message")
	ask := opened.Text("ask.id")
	l.Answer(ask, `{"answer":"allow","consents":["wifi"]}`).Refused(400, "answer_invalid", "location", "mandatory")
	got := l.Answer(ask, `{"answer":"allow","consents":["location"]}`).OK(200).Has("", "entry_url launch_id state")
	if got.Text("state") != "open" {
		t.Errorf("got %s", got.Body)
	}
	l.Answer(ask, apitest.AllowAll).Refused(409, "ask_answered")
	d.Get(l.Path(""), apitest.Bearer(l.Token)).Has("", "app entry_url launch_id state")
	l.Call("getLocation", "").Has("", "call_id result").Has("result.data", "latitude longitude time")
	asked := l.Call("getConsent", `{"consent_name":"wifi"}`).Has("", "ask call_id").Has("ask", "app consents expires_at id kind phase")
	l.Answer(asked.Text("ask.id"), `{"answer":"decline"}`).OK(200).Has("", "call_id result")
	asked = l.Call("openDeeplink", `{"deeplink":"gopay://home"}`).Has("ask", "app deeplink expires_at id kind")
	l.Answer(asked.Text("ask.id"), `{"answer":"open"}`).OK(200).Has("result", "data error success")
	paid := d.Post("/control/v1/payments", `{"amount":1000}`).OK(201).Has("", "deeplink referenceNo")
	asked = l.Call("triggerPayment", `{"deeplink":"`+paid.Text("deeplink")+`"}`).Has("ask", "app expires_at id kind payment wallet").
		Has("ask.payment", "amount expires_at reference_no title").Has("ask.wallet", "balance sufficient")
	l.Answer(asked.Text("ask.id"), `{"answer":"success"}`).OK(200)
	able := d.Get(l.Path("/capabilities"), apitest.Bearer(l.Token)).Has("", "app_version methods").Has("methods",
		"getAuthCode getBankAccountToken getConsent getLocation getSystemInfo getWifiInfo openDeeplink triggerPayment")
	able.Has("methods.getLocation", "available consent min_version").Has("methods.getAuthCode", "available min_version").
		Has("methods.getWifiInfo", "available consent min_version reason").Has("methods.getWifiInfo.reason", "code message")
	if s := d.Send("DELETE", l.Path(""), "", apitest.Bearer(l.Token)).OK(204); len(s.Body) != 0 {
		t.Errorf("got %s", s.Body)
	}
	d.Get(l.Path(""), apitest.Bearer(l.Token)).Has("", "app entry_url launch_id message reason state")
	d.Send("GET", l.Path("/capabilities"), "", apitest.Bearer(l.Token)).Refused(410, "launch_ended")
	d.Send("DELETE", l.Path(""), "", apitest.Bearer(l.Token)).OK(204)
}

func TestHost_refused_launch_has_a_reason(t *testing.T) {
	t.Parallel()
	d := apitest.StartWith(t, strict)
	opened := d.Post("/host/v1/launches", "").OK(201)
	l := apitest.Launch{Platform: d, ID: opened.Text("launch_id"), Token: opened.Text("token")}
	got := l.Answer(opened.Text("ask.id"), `{"answer":"decline"}`).OK(200).Has("", "entry_url launch_id message reason state")
	if got.Text("state") != "refused" || got.Text("reason") != "consent_declined" || got.Text("message") != "a mandatory consent was declined: Kopi cannot be used without location" {
		t.Errorf("got %s", got.Body)
	}
	if got := l.Call("getAuthCode", ""); got.Member("result.error.code") != "203" {
		t.Errorf("got %s", got.Body)
	}
	d.Patch("/control/v1/answers", `{"consent":"decline"}`)
	d.Post("/host/v1/launches", "").OK(201).Has("", "app entry_url launch_id message reason state token")
}

func TestHost_opens_at_a_path_of_the_mini_app(t *testing.T) {
	t.Parallel()
	d := apitest.StartWith(t, strict)
	want := d.URLs.App + "orders?id=7"
	opened := d.Post("/host/v1/launches", `{"path":"/orders?id=7"}`).OK(201)
	l := apitest.Launch{Platform: d, ID: opened.Text("launch_id"), Token: opened.Text("token")}
	for _, got := range []apitest.Answer{opened, d.Get(l.Path(""), apitest.Bearer(l.Token)), l.Answer(opened.Text("ask.id"), apitest.AllowAll).OK(200)} {
		if got.Text("entry_url") != want {
			t.Errorf("entry_url %s, want %s", got.Body, want)
		}
	}
	for _, path := range []string{"orders", "https://elsewhere.example/", "@elsewhere.example/", ":1/", "/" + strings.Repeat("a", 2048)} {
		d.Post("/host/v1/launches", `{"path":"`+path+`"}`).Refused(400, "bad_request", "path begins with")
	}
	d.Post("/host/v1/launches", `{"path":"/a\u0000b"}`).Refused(400, "bad_request", "path holds a control character")
}

func TestHost_errors(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l, other := d.Open(apitest.AllowAll), d.Open(apitest.AllowAll)
	post := func(path, body string) apitest.Answer { return d.Post(path, body, apitest.Bearer(l.Token)) }
	d.Post("/host/v1/launches", `{"mini_app_id":"nasi"}`).Refused(404, "mini_app_unknown", "nasi")
	d.Post("/host/v1/launches", `{"user_id":"nobody"}`).Refused(404, "user_unknown", "nobody")
	for _, body := range []string{`{`, `[]`, `1`, `"x"`, `{"mini_app_id":1}`, `{"mini_app_id":"kopi","mini_app_id":"kopi"}`, `{"user":"x"}`, `{"mini_app_id":{"a":1}}`, "\xff"} {
		d.Post("/host/v1/launches", body).Refused(400, "bad_request")
	}
	post(l.Path("/calls"), `{"method":"getAuthCode","parms":{}}`).Refused(400, "bad_request", "parms", "params")
	for _, body := range []string{`{`, `[]`, `{"method":1}`, `{"method":"a","method":"b"}`, `{"method":"x","params":}`, `{"method":"x"}{}`} {
		post(l.Path("/calls"), body).Refused(400, "bad_request")
	}
	if got := post(l.Path("/calls"), "").OK(200); got.Member("result.error.code") != "100" {
		t.Errorf("an empty call: %s", got.Body)
	}
	post(l.Path("/calls"), `{"method":"x","params":`+apitest.Big(257)+`}`).Refused(413, "too_large")
	post(l.Path("/calls"), `{"method":"x","params":`+apitest.Big(2048)+`}`).Refused(413, "too_large")
	post("/host/v1/asks/none/answer", apitest.AllowAll).Refused(404, "ask_unknown")
	asked := d.Post(other.Path("/calls"), `{"method":"openDeeplink","params":{"deeplink":"gopay://home/promo"}}`, apitest.Bearer(other.Token)).OK(200)
	ask := asked.Text("ask.id")
	post("/host/v1/asks/"+ask+"/answer", `{"answer":"open"}`).Refused(403, "ask_foreign")
	other.Answer(ask, `{"answer":"yes"}`).Refused(400, "answer_invalid", "open")
	for _, body := range []string{``, `null`, `[]`, `{"answer":1}`, `{`} {
		other.Answer(ask, body).Refused(400, "answer_invalid")
	}
	d.Post("/control/v1/clock", `{"advance":"10m"}`).OK(200)
	other.Answer(ask, `{"answer":"open"}`).Refused(410, "ask_expired")
	paid := d.Post("/control/v1/payments", `{"amount":250001}`).OK(201)
	asked = l.Call("triggerPayment", `{"deeplink":"`+paid.Text("deeplink")+`"}`)
	l.Answer(asked.Text("ask.id"), `{"answer":"success"}`).Refused(409, "insufficient_funds", "Rp250.000", "Rp1 short")
	l.Answer(asked.Text("ask.id"), `{"answer":"pending"}`).OK(200)
	d.Patch("/control/v1/mini-app", `{"status":"suspended"}`)
	d.Post("/host/v1/launches", "").Refused(403, "mini_app_suspended")
	d.Post("/control/v1/reset", "").OK(204)
	d.Send("GET", l.Path(""), "", apitest.Bearer(l.Token)).Refused(404, "launch_unknown")
	if got := l.Call("getAuthCode", ""); got.Member("result.error.code") != "203" {
		t.Errorf("after a reset: %s", got.Body)
	}
}

// Every call that a policy or the device answers settles immediately over plain HTTP.
func TestHost_policies_answer_for_the_person(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	d.Patch("/control/v1/answers", `{"consent":"allow","payment":"success","deeplink":"open"}`)
	opened := d.Post("/host/v1/launches", "").OK(201)
	if opened.Text("state") != "open" || opened.Member("ask") != "" {
		t.Fatalf("got %s", opened.Body)
	}
	l := apitest.Launch{Platform: d, ID: opened.Text("launch_id"), Token: opened.Text("token")}
	paid := d.Post("/control/v1/payments", `{"amount":"1000"}`).OK(201)
	for method, params := range map[string]string{
		"getConsent": `{"consent_name":"wifi"}`, "openGopayDeeplink": `{"deeplink":"gopay://home/promo"}`,
		"triggerPayment": fmt.Sprintf(`{"deeplink":%q}`, paid.Text("deeplink")), "getWifiInfo": "",
	} {
		if got := l.Call(method, params); got.Member("result.success") != "true" {
			t.Errorf("%s: %s", method, got.Body)
		}
	}
}
