package jsapi_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/dialect/webview"
	"github.com/selasar/selasar/internal/jsapi/operation"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/miniapp"
)

// documented is the documentation's table of methods. It was copied from the
// documentation, not from the catalogue.
var documented = []struct {
	name, alias, since, consent, positional string
	params                                  string // names, all of them strings
	result                                  string // names and JSON types
}{
	{name: "getAuthCode", since: "1.36.0", result: "authCode string"},
	{name: "getBankAccountToken", since: "1.36.0", consent: "bank_account", result: "token string"},
	{name: "triggerPayment", since: "1.45.0", params: "deeplink", result: "status string"},
	{name: "openDeeplink", alias: "openGopayDeeplink", since: "1.36.0", positional: "deeplink", params: "deeplink"},
	{name: "getConsent", since: "1.52.0", positional: "consent_name", params: "consent_name", result: "consent_name string, has_consent boolean"},
	{name: "getLocation", since: "1.36.0", consent: "location", result: "latitude number, longitude number, time number"},
	{name: "getSystemInfo", since: "1.36.0", consent: "device_info", result: "os_type number, is_emulator boolean, is_rooted boolean, " +
		"wifi_bssid string, wifi_ssid string, brand string, model string, product string, uuid string, idfa string, idfv string, app_version string"},
	{name: "getWifiInfo", since: "1.36.0", consent: "wifi", result: "wifi_bssid string, wifi_ssid string"},
}

func TestCatalogue_agrees_with_the_documentation(t *testing.T) {
	t.Parallel()
	if len(webview.Dialect.Bindings) != len(documented) {
		t.Fatalf("%d methods, want %d", len(webview.Dialect.Bindings), len(documented))
	}
	for i, want := range documented {
		m := webview.Dialect.Bindings[i]
		var params, result []string
		for _, p := range m.Takes().Members() {
			params = append(params, p.Name)
			if p.Kind() != schema.KindString {
				t.Errorf("%s: %s is a %s", m.Name(), p.Name, p.Kind())
			}
		}
		for _, f := range m.Gives().Members() {
			result = append(result, f.Name+" "+f.JSONType())
		}
		got := fmt.Sprintln(m.Name(), m.Aliases, m.Since, m.Operation.Consent, m.Positional, params, result)
		if now := fmt.Sprintln(want.name, strings.Fields(want.alias), want.since, want.consent, want.positional,
			strings.Fields(want.params), strings.FieldsFunc(want.result, func(r rune) bool { return r == ',' })); strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(now), " ") {
			t.Errorf("got  %s\nwant %s", got, now)
		}
	}
}

func TestCodes_agree_with_the_documentation(t *testing.T) {
	t.Parallel()
	if len(webview.Dialect.Codes) != len(names) {
		t.Errorf("%d codes, want %d", len(webview.Dialect.Codes), len(names))
	}
	for code, name := range names {
		if got := webview.Dialect.CodeName(jsapi.ErrorCode(code)); got != name {
			t.Errorf("%d is called %q, want %q", code, got, name)
		}
	}
	if got := webview.Dialect.CodeName(999); got != "" {
		t.Errorf("999 is called %q", got)
	}
}

// well returns parameters with which a method succeeds under an answers policy.
func (p *platform) well(method string) string {
	switch method {
	case "triggerPayment":
		deeplink, _ := p.pay("kopi", 1000, 0)
		return deeplink
	case "openDeeplink", "openGopayDeeplink":
		return `{"deeplink":"gopay://home/promo/7?from=kopi"}`
	case "getConsent":
		return `{"consent_name":"location"}`
	default:
		return ""
	}
}

func TestMethods_return_the_documented_shape(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.choose(`{"payment":"success","deeplink":"open","consent":"allow"}`)
	l := p.trusted()
	for _, m := range documented {
		for _, name := range append([]string{m.name}, strings.Fields(m.alias)...) {
			t.Run(name, func(t *testing.T) {
				data := succeeds(t, p.call(l, name, p.well(name)))
				if got := shape(t, data); got != sorted(m.result) {
					t.Errorf("got %s (%s)\nwant %s", got, data, m.result)
				}
			})
		}
	}
}

// shape returns an object's members with their JSON types, in order.
func shape(t testing.TB, data json.RawMessage) string {
	t.Helper()
	if string(data) == "null" {
		return ""
	}
	var members map[string]any
	must(t, json.Unmarshal(data, &members))
	var list []string
	for name, value := range members {
		list = append(list, name+" "+map[string]string{"string": "string", "bool": "boolean", "float64": "number"}[fmt.Sprintf("%T", value)])
	}
	return sorted(strings.Join(list, ", "))
}

func sorted(list string) string {
	if list == "" {
		return ""
	}
	parts := strings.Split(list, ", ")
	for i := range parts {
		for j := i; j > 0 && parts[j] < parts[j-1]; j-- {
			parts[j], parts[j-1] = parts[j-1], parts[j]
		}
	}
	return strings.Join(parts, ", ")
}

func TestMethods_accept_every_form_of_empty_parameters(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	for _, params := range []string{"", "null", "{}", " \n{ } ", `{"a":1}`} {
		succeeds(t, p.call(l, "getAuthCode", params))
	}
}

func TestMethods_return_correct_values(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	get := func(method string, into any) {
		t.Helper()
		must(t, json.Unmarshal(succeeds(t, p.call(l, method, "")), into))
	}
	t.Run("codes and tokens have 64 letters and digits, and are new each time", func(t *testing.T) {
		form, seen := regexp.MustCompile(`^[0-9A-Za-z]{64}$`), map[string]bool{}
		for range 50 {
			var got struct{ AuthCode, Token string }
			get("getAuthCode", &got)
			get("getBankAccountToken", &got)
			for _, text := range []string{got.AuthCode, got.Token} {
				if !form.MatchString(text) || seen[text] {
					t.Fatalf("%q is malformed, or was repeated", text)
				}
				seen[text] = true
			}
		}
	})
	t.Run("the time of a location is the platform's, in ms", func(t *testing.T) {
		var at struct {
			Latitude, Longitude float64
			Time                int64
		}
		get("getLocation", &at)
		if at.Latitude != -6.1754 || at.Longitude != 106.8272 || at.Time != start.UnixMilli() {
			t.Errorf("got %+v", at)
		}
	})
	t.Run("os_type tells Android from iOS, and app_version is the device's", func(t *testing.T) {
		for os, number := range map[string]int{"android": 1, "ios": 2} {
			p.device(`{"os":"` + os + `","app_version":"2.11.3","rooted":true,"emulator":true,"idfv":"F"}`)
			var info operation.SystemInfo
			get("getSystemInfo", &info)
			if info.OSType != number || info.AppVersion != "2.11.3" || !info.Rooted || !info.Emulator || info.IDFV != "F" {
				t.Errorf("%s: %+v", os, info)
			}
		}
	})
	t.Run("getSystemInfo omits the network's name without the wifi consent", func(t *testing.T) {
		for state, want := range map[consent.State]string{consent.StateGiven: "Kantor", consent.StateRevoked: "", consent.StateNeverAsked: ""} {
			p.consent(p.sari, "wifi", state)
			var info operation.SystemInfo
			get("getSystemInfo", &info)
			if info.WifiSSID != want || (info.WifiBSSID == "") != (want == "") {
				t.Errorf("wifi %s: got %q %q", state, info.WifiSSID, info.WifiBSSID)
			}
		}
		p.consent(p.sari, "wifi", consent.StateGiven)
		unpermitted := kopi()
		unpermitted.Consents = slices.DeleteFunc(unpermitted.Consents, func(c miniapp.Consent) bool { return c.Name == "wifi" })
		p.register(unpermitted)
		var info operation.SystemInfo
		if get("getSystemInfo", &info); info.WifiSSID != "" || info.WifiBSSID != "" {
			t.Errorf("wifi given, but its permission removed: got %q %q", info.WifiSSID, info.WifiBSSID)
		}
	})
}

func TestSecrets_do_not_reach_the_journal(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	var secrets []string
	for _, method := range []string{"getAuthCode", "getBankAccountToken"} {
		reply := p.call(l, method, "")
		var got struct{ AuthCode, Token string }
		must(t, json.Unmarshal(succeeds(t, reply), &got))
		secrets = append(secrets, got.AuthCode+got.Token)
		if entry := p.entry(reply.CallID); !strings.Contains(string(entry.Detail), "•••") {
			t.Errorf("%s: the entry masks nothing: %s", method, entry.Detail)
		}
	}
	list, _, _ := p.journal.Since(0, 0)
	for _, e := range list {
		for _, s := range secrets {
			if strings.Contains(show(e), s) {
				t.Errorf("%s is in %s", s, show(e))
			}
		}
	}
}
