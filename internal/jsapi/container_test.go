package jsapi_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/request"
)

// contained opens kopi in a generation, with everything allowed. change may change the
// mini app before.
func contained(t testing.TB, of miniapp.Generation, change func(*miniapp.App)) (*platform, string) {
	p := open(t)
	app := kopi()
	app.Generation = of
	if change != nil {
		change(&app)
	}
	p.register(app)
	p.choose(`{"payment":"success","deeplink":"open","consent":"allow"}`)
	return p, p.trusted()
}

// container calls in the family of gpContainer and returns the envelope's members.
func (p *platform) container(launchID, method, params string) map[string]any {
	p.t.Helper()
	reply, err := p.engine.CallIn(p.t.Context(), "container", launchID, method, json.RawMessage(params))
	must(p.t, err)
	if reply.Result == nil {
		p.t.Fatalf("%s waits for %s", method, show(reply.Ask))
	}
	return membersOf(p.t, reply.Result.JSON)
}

func membersOf(t testing.TB, text json.RawMessage) (members map[string]any) {
	t.Helper()
	must(t, json.Unmarshal(text, &members))
	return members
}

// same compares the JSON of an envelope with a text.
func same(t testing.TB, got map[string]any, want string) {
	t.Helper()
	if a, b := show(got), show(membersOf(t, json.RawMessage(want))); a != b {
		t.Errorf("got  %s\nwant %s", a, b)
	}
}

func TestContainer_results_in_each_reading(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, device, method, params, want string }{
		{"locale", `{}`, "GPBase.getLocale", `{}`, `{"success":true,"app_locale":"en_ID","ret":"GP_SUCCESS"}`},
		{"locale_indonesian", `{"locale":"id_ID"}`, "GPBase.getLocale", ``, `{"success":true,"app_locale":"id_ID","ret":"GP_SUCCESS"}`},
		{"wifi", `{}`, "GPSystem.getWifiInfo", `{}`, `{"success":true,"data":{"wifi_bssid":"a4:2b:b0:c1:d2:e3","wifi_ssid":"Kantor"},"ret":"GP_SUCCESS"}`},
		{"wifi_below_2", `{"app_version":"1.99.9"}`, "GPSystem.getWifiInfo", `{}`, `{"success":true,"data":"{\"wifi_bssid\":\"a4:2b:b0:c1:d2:e3\",\"wifi_ssid\":\"Kantor\"}","ret":"GP_SUCCESS"}`},
		{"wifi_at_2", `{"app_version":"2.0"}`, "GPSystem.getWifiInfo", `{}`, `{"success":true,"data":{"wifi_bssid":"a4:2b:b0:c1:d2:e3","wifi_ssid":"Kantor"},"ret":"GP_SUCCESS"}`},
		{"wifi_as_text", `{"variants":{"data":"string"}}`, "GPSystem.getWifiInfo", `{}`, `{"success":true,"data":"{\"wifi_bssid\":\"a4:2b:b0:c1:d2:e3\",\"wifi_ssid\":\"Kantor\"}","ret":"GP_SUCCESS"}`},
		{"object_below_2", `{"app_version":"1.60.0","variants":{"data":"object"}}`, "GPSystem.getRootedDeviceInfo", `{}`, `{"success":true,"data":{"is_rooted":"false"},"ret":"GP_SUCCESS"}`},
		{"locale_as_text", `{"variants":{"data":"string"}}`, "GPBase.getLocale", `{}`, `{"success":true,"app_locale":"en_ID","ret":"GP_SUCCESS"}`},
		{"rooted", `{"rooted":true}`, "GPSystem.getRootedDeviceInfo", `{}`, `{"success":true,"data":{"is_rooted":"true"},"ret":"GP_SUCCESS"}`},
		{"rooted_boolean", `{"rooted":true,"variants":{"rooted":"boolean"}}`, "GPSystem.getRootedDeviceInfo", `{}`, `{"success":true,"data":{"is_rooted":true},"ret":"GP_SUCCESS"}`},
		{"authorize", `{}`, "GP.authorize", `{"scope":"location"}`, `{"success":true,"data":{"successScope":{"location":true}},"successScope":{"location":true},"ret":"GP_SUCCESS"}`},
		{"alias", `{}`, "GPConsent.getUserConsent", `{"scope":"getLocation"}`, `{"success":true,"data":{"successScope":{"getLocation":true}},"successScope":{"getLocation":true},"ret":"GP_SUCCESS"}`},
		{"scope_top", `{"variants":{"success-scope":"top"}}`, "GP.authorize", `{"scope":"location"}`, `{"success":true,"data":{},"successScope":{"location":true},"ret":"GP_SUCCESS"}`},
		{"scope_data", `{"variants":{"success-scope":"data"}}`, "GP.authorize", `{"scope":"location"}`, `{"success":true,"data":{"successScope":{"location":true}},"ret":"GP_SUCCESS"}`},
		{"deeplink", `{}`, "GPNavigator.launchDeeplink", `{"deeplink":"gopay://topup"}`, `{"success":true,"ret":"GP_SUCCESS"}`},
		{"location", `{}`, "GPLocation.getLocation", `{"enable_high_accuracy":true}`, `{"success":true,"data":{"coords":{"latitude":-6.1754,"longitude":106.8272,"time":1795000000000}},"ret":"GP_SUCCESS"}`},
		{"no_consent", `{}`, "GP.authorize", `{"scope":"camera"}`, `{"success":false,"error_code":"300","errorCode":"300","error_type":"JS_BRIDGE_ERROR","errorType":"JS_BRIDGE_ERROR","error_message":"Permission denied: kopi is not permitted to ask for \"camera\"; add it to consents in its manifest, and ask GoPay to allow it","errorMessage":"Permission denied: kopi is not permitted to ask for \"camera\"; add it to consents in its manifest, and ask GoPay to allow it","ret":"GP_EXCEPTION"}`},
		{"offline_snake", `{"online":false,"variants":{"error-keys":"snake"}}`, "GPSystem.getWifiInfo", `{}`, `{"success":false,"error_code":"401","error_type":"JS_BRIDGE_ERROR","error_message":"Network error: the device is offline; try again when it is back","ret":"GP_EXCEPTION"}`},
		{"offline_camel", `{"online":false,"variants":{"error-keys":"camel","codes":"number"}}`, "GPSystem.getWifiInfo", `{}`, `{"success":false,"errorCode":401,"errorType":"JS_BRIDGE_ERROR","errorMessage":"Network error: the device is offline; try again when it is back","ret":"GP_EXCEPTION"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, l := contained(t, miniapp.ContainerV2, nil)
			p.device(c.device)
			same(t, p.container(l, c.method, c.params), c.want)
		})
	}
}

func TestContainer_system_info_has_the_members_of_its_own_page(t *testing.T) {
	t.Parallel()
	p, l := contained(t, miniapp.ContainerV2, nil)
	p.device(`{"os":"ios","idfa":"a","idfv":"b"}`)
	same(t, p.container(l, "GPSystem.getSystemInfo", `{}`)["data"].(map[string]any), `{"platform":"ios","is_emulator":false,"brand":"samsung",
		"model":"SM-A546E","product":"a54x","uuid":"8f2d0c9a-6f1e-4a57-9a51-0d3a6c1f7b20","idfa":"a","idfv":"b","app_version":"2.10.0"}`)
}

func TestContainer_payment_statuses_in_both_readings(t *testing.T) {
	t.Parallel()
	for answer, shifted := range map[string]string{"success": "success", "cancelled": "failed", "failed": "pending", "pending": "cancelled"} {
		p, l := contained(t, miniapp.ContainerV2, nil)
		p.choose(`{"payment":"` + answer + `"}`)
		deeplink, _ := p.pay("kopi", 1000, time.Hour)
		same(t, p.container(l, "GP.launchPayment", deeplink), `{"success":true,"data":{"status":"`+answer+`"},"ret":"GP_SUCCESS"}`)
		p.device(`{"variants":{"payment-status":"container"}}`)
		deeplink, _ = p.pay("kopi", 1000, time.Hour)
		same(t, p.container(l, "GP.launchPayment", deeplink), `{"success":true,"data":{"status":"`+shifted+`"},"ret":"GP_SUCCESS"}`)
	}
}

func TestContainer_dialect_follows_the_generation_of_the_mini_app(t *testing.T) {
	t.Parallel()
	for of, want := range map[miniapp.Generation]string{miniapp.Webview: "both", miniapp.ContainerV2: "both", miniapp.ContainerV1: "camel"} {
		p, l := contained(t, of, nil)
		p.device(`{"online":false}`)
		got := p.container(l, "GPLocation.getLocation", `{}`)
		if snake, camel := got["error_code"] != nil, got["errorCode"] != nil; !camel || snake != (want == "both") {
			t.Errorf("%s: %v", of, got)
		}
		fails(t, p.call(l, "getLocation", ""), 401) // MiniAppSDK works in every generation
	}
}

func TestContainer_unknown_methods_say_where_they_exist(t *testing.T) {
	t.Parallel()
	p, v2 := contained(t, miniapp.ContainerV2, nil)
	for method, want := range map[string]string{
		"GPLocation.getLocatio": `there is no method "GPLocation.getLocatio", did you mean "GPLocation.getLocation"?`,
		"GPLocation.":           `there is no method "GPLocation."`,
		"getLocation":           `there is no method "getLocation" in gpContainer of generation container-v2; it exists in MiniAppSDK (generation webview)`,
		"constructor.call":      `there is no method "constructor.call" (the nearest are `,
		"":                      `there is no method "" (the nearest are `,
	} {
		got := p.container(v2, method, `{}`)
		if message, _ := got["error_message"].(string); got["error_code"] != "100" || !strings.HasPrefix(message, "Method not supported: "+want) {
			t.Errorf("%s: %v", method, got)
		}
	}
	p, l := contained(t, miniapp.ContainerV1, nil)
	got, _ := p.container(l, "GPBase.getLocale", `{}`)["errorMessage"].(string)
	if want := "in gpContainer of generation container-v1; it exists in gpContainer (generation container-v2)"; !strings.Contains(got, want) {
		t.Errorf("%s does not contain %s", got, want)
	}
}

func TestContainer_parameters_are_checked_in_its_names(t *testing.T) {
	t.Parallel()
	p, l := contained(t, miniapp.ContainerV2, nil)
	for _, c := range []struct{ method, params, code, message string }{
		{"GP.authorize", `{}`, "200", "GP.authorize needs scope (string)"},
		{"GP.authorize", `{"scope":7}`, "201", "scope of GP.authorize must be a string, got number"},
		{"GP.authorize", `{"scope":"everything"}`, "202", `there is no consent "everything"`},
		{"GP.authorize", `"location"`, "201", "the parameters of GP.authorize must be an object"},
		{"GPLocation.getLocation", `{"enable_high_accuracy":"yes"}`, "201", "enable_high_accuracy of GPLocation.getLocation must be a boolean"},
		{"GPNavigator.launchDeeplink", `{"deeplink":"https://x.example"}`, "202", "only gopay:// links open here"},
		{"GP.launchPayment", `[]`, "201", "the parameters of GP.launchPayment must be an object"},
	} {
		got := p.container(l, c.method, c.params)
		if message, _ := got["error_message"].(string); got["error_code"] != c.code || !strings.Contains(message, c.message) {
			t.Errorf("%s %s: %v", c.method, c.params, got)
		}
	}
}

func TestContainer_names_its_own_call_for_a_missing_consent(t *testing.T) {
	t.Parallel()
	p, l := contained(t, miniapp.ContainerV2, nil)
	p.consent(p.sari, "location", consent.StateRevoked)
	got, _ := p.container(l, "GPLocation.getLocation", `{}`)["error_message"].(string)
	if want := `call gpContainer.call("GP", "authorize", {scope: "location"}, ...) to ask again`; !strings.Contains(got, want) {
		t.Errorf("%s does not contain %s", got, want)
	}
}

func TestGrants_count_for_the_operation_in_every_dialect(t *testing.T) {
	t.Parallel()
	p, l := contained(t, miniapp.ContainerV2, func(app *miniapp.App) { app.JSAPIs = []string{"getLocation", "GPBase.getAuthCode"} })
	for method, granted := range map[string]bool{
		"GPLocation.getLocation": true, "GPMiniAppAuth.getAuthCode": true, "GPBase.getAuthCode": true, "GPSystem.getWifiInfo": false, "GP.authorize": false,
	} {
		got := p.container(l, method, `{}`)
		if method == "GP.authorize" {
			got = p.container(l, method, `{"scope":"location"}`)
		}
		if granted != (got["success"] == true) {
			t.Errorf("%s: %v", method, got)
		}
		if !granted && (got["error_code"] != "300" || got["msg"] != "Please apply for JSAPI authorization" || !strings.Contains(got["error_message"].(string), method+" was not granted to kopi")) {
			t.Errorf("%s: %v", method, got)
		}
	}
	if got := read(t, p.call(l, "getAuthCode", "")); !got.Success {
		t.Errorf("getAuthCode: %+v", got)
	}
	fails(t, p.call(l, "getWifiInfo", ""), 300)
	all, err := p.engine.Capabilities(t.Context(), "container", l)
	must(t, err)
	if all.Methods["GPLocation.getLocation"].Reason != nil || all.Methods["GPSystem.getWifiInfo"].Available {
		t.Errorf("the capabilities are %s", show(all))
	}
}

func TestGrants_of_an_empty_list_allow_nothing(t *testing.T) {
	t.Parallel()
	p, l := contained(t, miniapp.ContainerV2, func(app *miniapp.App) { app.JSAPIs = []string{} })
	if got := p.container(l, "GPBase.getLocale", `{}`); got["error_code"] != "300" {
		t.Errorf("got %v", got)
	}
}

func TestAuthCode_lives_by_the_dialect_that_issued_it(t *testing.T) {
	t.Parallel()
	p, l := contained(t, miniapp.ContainerV2, nil)
	app := kopi()
	redeems := func(code string) bool {
		_, err := p.engine.Login.Redeem(t.Context(), app, code, request.Of(app.ID, "", "token", []byte(code), p.clock.Now()))
		return err == nil
	}
	var old struct {
		AuthCode string `json:"authCode"`
	}
	must(t, json.Unmarshal(read(t, p.call(l, "getAuthCode", "")).Data, &old))
	fresh := p.container(l, "GPMiniAppAuth.getAuthCode", `{}`)["data"].(map[string]any)["authCode"].(string)
	if len(fresh) != 64 {
		t.Errorf("the code is %q", fresh)
	}
	p.wall.Set(start.Add(330 * time.Second))
	if redeems(old.AuthCode) {
		t.Error("a code of MiniAppSDK lives longer than 5 minutes in a container launch")
	}
	if !redeems(fresh) {
		t.Error("a code of gpContainer does not live for 6 minutes")
	}
}

func TestNotFound_is_a_text_in_its_variant(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	p.suspend(true)
	fails(t, p.call(l, "getAuthCode", ""), 203)
	p.device(`{"variants":{"not-found":"string"}}`)
	if got := string(p.call(l, "getAuthCode", "").Result.JSON); got != `{"success":false,"data":null,"error":"Mini app is not found"}` {
		t.Errorf("got %s", got)
	}
}

func TestVariants_of_the_device_win_over_those_of_the_mini_app(t *testing.T) {
	t.Parallel()
	p, l := contained(t, miniapp.ContainerV2, func(app *miniapp.App) { app.Variants = map[miniapp.VariantName]string{miniapp.RootedForm: "boolean"} })
	rooted := func() any {
		return p.container(l, "GPSystem.getRootedDeviceInfo", `{}`)["data"].(map[string]any)["is_rooted"]
	}
	if rooted() != false {
		t.Errorf("the manifest's variant does not count: %v", rooted())
	}
	p.device(`{"variants":{"rooted":"string"}}`)
	if rooted() != "false" {
		t.Errorf("the device's variant does not count: %v", rooted())
	}
	p.device(`{"variants":{"rooted":null}}`)
	if rooted() != false {
		t.Errorf("a removed variant still counts: %v", rooted())
	}
}

func TestCall_in_a_family_stays_in_its_dialect_for_the_answer(t *testing.T) {
	t.Parallel()
	p, _ := contained(t, miniapp.ContainerV1, nil)
	p.choose(`{"deeplink":"ask"}`)
	l := p.trusted()
	reply, err := p.engine.CallIn(t.Context(), "container", l, "GPNavigator.launchDeeplink", json.RawMessage(`{"deeplink":"gopay://topup"}`))
	must(t, err)
	if reply.Ask == nil {
		t.Fatalf("asked nothing: %s", show(reply))
	}
	var answered jsapi.Reply
	answered, err = p.answer(l, reply.Ask.ID, decline)
	must(t, err)
	same(t, membersOf(t, answered.Result.JSON), `{"success":false,"errorCode":"300","errorType":"JS_BRIDGE_ERROR","errorMessage":"Permission denied: the user did not open the deeplink","ret":"GP_EXCEPTION"}`)
}
