package jsapi_test

import (
	"fmt"
	"strings"
	"testing"
)

// one lists the methods with one parameter, which is a string.
var one = map[string]string{
	"triggerPayment": "deeplink", "openDeeplink": "deeplink", "openGopayDeeplink": "deeplink", "getConsent": "consent_name",
}

func TestParameters_missing_wrong_type_and_bad_value_have_different_codes(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	long := strings.Repeat("x", 5000)
	for method, name := range one {
		for _, c := range []struct {
			value string
			code  int
			word  string
		}{
			{``, 200, "needs " + name},
			{`null`, 201, "must be a string, got null"},
			{`1`, 201, "must be a string, got number"},
			{`-1.5e300`, 201, "got number"},
			{`true`, 201, "got boolean"},
			{`false`, 201, "got boolean"},
			{`[]`, 201, "got array"},
			{`["gopay://home"]`, 201, "got array"},
			{`{}`, 201, "got object"},
			{`{"toString":"location"}`, 201, "got object"},
			{`""`, 202, "empty"},
			{`" "`, 202, ""},
			{`"location "`, 202, ""},
			{`"LOCATION"`, 202, ""},
			{`"\u0000"`, 202, ""},
			{`"constructor"`, 202, ""},
			{`"__proto__"`, 202, ""},
			{`"https://gopay.co.id"`, 202, ""},
			{`"javascript:alert(1)"`, 202, ""},
			{`"gopay:home"`, 202, ""},
			{`"` + long + `"`, 202, "at most 4096"},
			{`"` + strings.Repeat("x", 250_000) + `"`, 202, "at most 4096"},
			{strings.Repeat("[", 1000) + strings.Repeat("]", 1000), 201, "got array"},
			{strings.Repeat(`{"a":`, 1000) + "1" + strings.Repeat("}", 1000), 201, "got object"},
		} {
			params := `{}`
			if c.value != "" {
				params = fmt.Sprintf(`{"%s":%s}`, name, c.value)
			}
			reply := p.call(l, method, params)
			if e := read(t, reply); e.Success || e.Error.Code != c.code || !strings.Contains(e.Error.Message, c.word) {
				t.Errorf("%s %.60s: got %s, want %d %q", method, params, show(reply.Result), c.code, c.word)
			}
			if len(show(p.entry(reply.CallID))) > 16_000 {
				t.Errorf("%s %.60s fills the journal", method, params)
			}
		}
	}
}

func TestParameters_that_are_not_an_object(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	for _, m := range documented {
		for params, code := range map[string]int{
			`1`: 201, `"location"`: 201, `true`: 201, `[]`: 201, `[{"deeplink":"gopay://home/promo"}]`: 201,
			`{"a":1,"a":2}`: 202, `{"deeplink":"gopay://home/promo","deeplink":"gopay://topup"}`: 202,
			`{"consent_name":"location","consent_\u006eame":"wifi"}`: 202,
			`{"a":`:                        202,
			`{"a":1} {}`:                   202,
			"{\"a\":\"\xff\"}":             202,
			`{"a":"\ud800"}`:               202,
			strings.Repeat(`{"a":`, 20000): 202,
		} {
			reply := p.call(l, m.name, params)
			if e := read(t, reply); e.Success || e.Error.Code != code {
				t.Errorf("%s %.50s: got %s, want %d", m.name, params, show(reply.Result), code)
			}
		}
	}
}

// JSON writes NaN as null. It is a value of the wrong type, and no missing one.
func TestParameters_null_is_a_wrong_type(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	fails(t, p.call(l, "getConsent", `{"consent_name":null}`), 201, "consent_name of getConsent must be a string, got null")
	fails(t, p.call(l, "triggerPayment", `{"deeplink":null}`), 201, "must be a string, got null")
	fails(t, p.call(l, "getConsent", `null`), 200, "getConsent needs consent_name")
}

// A message names the method as the page called it.
func TestParameters_of_an_alias_are_named_after_it(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	for params, want := range map[string]string{
		`{}`: "openGopayDeeplink needs deeplink", `{"deeplink":7}`: "deeplink of openGopayDeeplink must be a string",
		`{"deeplink":""}`: "deeplink of openGopayDeeplink is empty", `[]`: "the parameters of openGopayDeeplink must be an object", `{"a":1,"a":2}`: "the parameters of openGopayDeeplink are not valid JSON",
	} {
		reply := p.call(l, "openGopayDeeplink", params)
		if got := show(reply.Result); !strings.Contains(got, want) || strings.Contains(got, "openDeeplink") {
			t.Errorf("%s: %s, want %q", params, got, want)
		}
	}
}

func TestParameters_unknown_names_are_reported(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.choose(`{"deeplink":"open","consent":"allow"}`)
	l := p.trusted()
	t.Run("in the error, if a parameter is missing", func(t *testing.T) {
		fails(t, p.call(l, "getConsent", `{"consentName":"location","b":1}`), 200, "needs consent_name", `does not know "b", "consentName"`)
		fails(t, p.call(l, "openDeeplink", `{"url":"gopay://home/promo"}`), 200, `does not know "url"`)
	})
	t.Run("in the journal, if the call continues without them", func(t *testing.T) {
		for method, params := range map[string]string{
			"getAuthCode": `{"scope":"all"}`, "getLocation": `{"scope":1}`,
			"openDeeplink": `{"deeplink":"gopay://topup","scope":null}`, "getConsent": `{"consent_name":"location","scope":[]}`,
		} {
			reply := p.call(l, method, params)
			succeeds(t, reply)
			if next := p.entry(reply.CallID).Next; !strings.Contains(next, `does not know the parameters "scope"`) {
				t.Errorf("%s: the journal says %q", method, next)
			}
		}
	})
	t.Run("at most five, each cut off", func(t *testing.T) {
		var many []string
		for i := range 500 {
			many = append(many, fmt.Sprintf(`"%s%d":1`, strings.Repeat("p", 100), i))
		}
		reply := p.call(l, "getAuthCode", "{"+strings.Join(many, ",")+"}")
		succeeds(t, reply)
		if next := p.entry(reply.CallID).Next; !strings.Contains(next, "and 495 more") || len(next) > 500 {
			t.Errorf("the journal says %q", next)
		}
	})
	t.Run("names of JavaScript's built-in members do nothing", func(t *testing.T) {
		succeeds(t, p.call(l, "getAuthCode", `{"__proto__":{"x":1},"constructor":{},"toString":null}`))
		fails(t, p.call(l, "getConsent", `{"__proto__":{"consent_name":"location"}}`), 200)
	})
}

func TestMethods_have_no_other_names(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	for _, name := range []string{
		"", " ", "getauthcode", "GetAuthCode", "getAuthCode ", " getAuthCode", "getAuthCode\x00", "getAuthCode()", "GPMiniAppAuth.getAuthCode",
		"constructor", "__proto__", "prototype", "toString", "hasOwnProperty", "valueOf", "__defineGetter__", "then", "call", "Run", "Check",
		"getAuthCode.constructor", "../getAuthCode", "openGoPayDeeplink", "takePhoto", "authorize", "gеtAuthCode", // with a Cyrillic е
		"\xff\xfe", strings.Repeat("getAuthCode", 30_000),
	} {
		reply := p.call(l, name, `{"deeplink":"gopay://home/promo"}`)
		fails(t, reply, 100, "there is no method")
		if e := p.entry(reply.CallID); len(e.Title)+len(e.Message) > 600 {
			t.Errorf("%.20q fills the journal", name)
		}
	}
}

func TestMethods_unknown_names_get_a_suggestion(t *testing.T) {
	t.Parallel()
	p := open(t)
	l := p.trusted()
	for name, next := range map[string]string{
		"getAuthcode": `did you mean "getAuthCode"?`, "get_location": `did you mean "getLocation"?`, "openGoPayDeeplink": `did you mean "openGopayDeeplink"?`,
		"takePhoto": "there are getAuthCode, getBankAccountToken, triggerPayment", "": "openDeeplink, openGopayDeeplink, getConsent",
	} {
		fails(t, p.call(l, name, ""), 100, "there is no method", next)
	}
}

func TestOpenDeeplink_opens_only_links_of_the_allow_list(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.choose(`{"deeplink":"open"}`)
	l := p.trusted()
	for link, code := range map[string]int{
		"gopay://home/promo": 0, "gopay://home/promo/": 0, "gopay://home/promo/7": 0, "gopay://home/promo?x=%20": 0, "gopay://topup": 0,
		"gopay://home": 300, "gopay://home/promotion": 300, "gopay://home/promo7": 300, "gopay://elsewhere": 300, "gopay://topup.evil.example": 300,
		"https://gopay.co.id/home/promo": 202, "gojek://home/promo": 202, "gopay://home/promo/../x": 202, "gopay://home/%70romo": 202,
		"GOPAY://home/promo": 202, "gopay://user@topup": 202, "gopay://topup:80": 202, "gopay://topup#x": 202, "gopay:///home": 202, "gopay://": 202,
		"gopay://merchanttransfer?tref=A1": 300,
	} {
		for _, name := range []string{"openDeeplink", "openGopayDeeplink"} {
			reply := p.call(l, name, `{"deeplink":"`+link+`"}`)
			if e := read(t, reply); e.Success != (code == 0) || code != 0 && e.Error.Code != code {
				t.Errorf("%s: got %s, want %d", link, show(reply.Result), code)
			}
		}
	}
}

func TestGetConsent_accepts_the_documented_names(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.choose(`{"consent":"allow"}`)
	l := p.trusted()
	for name, code := range map[string]int{
		"location": 0, "profile": 0, "bank_account": 0, "device_info": 0, "wifi": 0,
		"getLocation": 0, "getProfile": 0, "getDeviceInfo": 0,
		"camera": 300, "getCamera": 300, // not in kopi's manifest
		"getWifi": 202, "contacts": 202, "Location": 202, "location,wifi": 202,
	} {
		reply := p.call(l, "getConsent", `{"consent_name":"`+name+`"}`)
		e := read(t, reply)
		if e.Success != (code == 0) || code != 0 && e.Error.Code != code {
			t.Errorf("%s: got %s, want %d", name, show(reply.Result), code)
		}
		if want := `{"consent_name":"` + name + `","has_consent":true}`; code == 0 && string(e.Data) != want {
			t.Errorf("got %s, want %s", e.Data, want)
		}
	}
}
