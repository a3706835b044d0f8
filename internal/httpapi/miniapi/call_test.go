package miniapi_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestBackend_Authorization_headers(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	token := l.Login()
	pair := base64.StdEncoding.EncodeToString([]byte(d.ID + ":" + d.Key))
	encoded := func(s string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte(s)) }
	for value, want := range map[string][2]string{
		"":       {"303", "FIELD_CANNOT_BE_BLANK"},
		"   ":    {"303", "FIELD_CANNOT_BE_BLANK"},
		"Basic":  {"310", "MALFORMED_DATA"},
		"Basic ": {"310", "MALFORMED_DATA"}, "Basic    ": {"310", "MALFORMED_DATA"},
		pair: {"310", "MALFORMED_DATA"}, "Basic" + pair: {"310", "MALFORMED_DATA"}, "Basic:" + pair: {"310", "MALFORMED_DATA"},
		"Basic not base64!": {"310", "MALFORMED_DATA"}, "Basic " + pair + " x": {"310", "MALFORMED_DATA"},
		"Basic " + strings.TrimRight(pair, "=") + "*": {"310", "MALFORMED_DATA"},
		encoded("no colon"):                           {"310", "MALFORMED_DATA"}, encoded(""): {"310", "MALFORMED_DATA"},
		"Bearer " + token: {"310", "MALFORMED_DATA"}, "Digest " + pair: {"310", "MALFORMED_DATA"},
		encoded(":"): {"110", "UNAUTHORIZED"}, encoded(d.ID + ":"): {"110", "UNAUTHORIZED"}, encoded(":" + d.Key): {"110", "UNAUTHORIZED"},
		encoded(d.ID + ":" + d.Key + " "): {"110", "UNAUTHORIZED"}, encoded(d.ID + ":" + strings.ToUpper(d.Key)): {"110", "UNAUTHORIZED"},
		encoded("kopi:" + d.Key): {"110", "UNAUTHORIZED"}, encoded("-:" + d.Key): {"110", "UNAUTHORIZED"}, encoded("\x00\xff:\x00"): {"110", "UNAUTHORIZED"},
		encoded(strings.Repeat("a", 20_000) + ":x"): {"110", "UNAUTHORIZED"},
	} {
		for _, path := range []string{apitest.TokenPath, apitest.BankPath} {
			d.Post(path, `{"auth_code":"x","account_token":"x"}`, apitest.With("Authorization", value)).Denied(401, want[0], want[1])
		}
	}
	d.Post(apitest.TokenPath, `{"auth_code":"x"}`, apitest.With("Authorization", "Basic "+pair), apitest.Twice("Authorization")).Denied(401, "310", "MALFORMED_DATA")
	d.Send("GET", apitest.ProfilePath, "", apitest.With("Authorization", "Bearer "+token), apitest.Twice("Authorization"), apitest.With("Request-Id", "1")).Denied(401, "110", "UNAUTHORIZED")
	for value, want := range map[string][2]string{
		"": {"303", "FIELD_CANNOT_BE_BLANK"}, "Bearer": {"310", "MALFORMED_DATA"}, "Bearer ": {"310", "MALFORMED_DATA"}, token: {"310", "MALFORMED_DATA"},
		"Basic " + pair: {"310", "MALFORMED_DATA"}, "Token " + token: {"310", "MALFORMED_DATA"},
		"Bearer x": {"110", "UNAUTHORIZED"}, "Bearer " + token + "x": {"110", "UNAUTHORIZED"}, "Bearer " + l.Token: {"110", "UNAUTHORIZED"},
		"Bearer " + strings.ToLower(token): {"110", "UNAUTHORIZED"}, "Bearer " + token[1:]: {"110", "UNAUTHORIZED"},
		"Bearer " + token + " " + token: {"110", "UNAUTHORIZED"},
	} {
		d.Send("GET", apitest.ProfilePath, "", apitest.With("Authorization", value), apitest.With("Request-Id", "1")).Denied(401, want[0], want[1])
	}
	for _, scheme := range []string{"Basic ", "basic ", "BASIC ", "Basic   "} {
		d.Post(apitest.TokenPath, `{"auth_code":"`+l.Code()+`"}`, apitest.With("Authorization", scheme+pair)).Granted()
	}
	d.Send("GET", apitest.ProfilePath, "", apitest.With("Authorization", "bearer "+token), apitest.With("Request-Id", "1")).Granted()
}

func TestBackend_bodies(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	code := l.Code()
	const malformed, blank, wrong, long = "MALFORMED_JSON", "FIELD_CANNOT_BE_BLANK", "MALFORMED_DATA", "ILLEGAL_LENGTH_FOR_FIELD"
	for _, field := range []string{"auth_code", "account_token"} {
		path := map[string]string{"auth_code": apitest.TokenPath, "account_token": apitest.BankPath}[field]
		for body, want := range map[string][2]string{
			"": {"303", blank}, "  \n": {"303", blank}, "{}": {"303", blank}, "null": {"310", wrong},
			`{"` + field + `":""}`: {"303", blank}, `{"` + field + `":null}`: {"303", blank},
			`{"` + strings.ToUpper(field) + `":"` + code + `"}`: {"303", blank}, `{"authCode":"` + code + `"}`: {"303", blank},
			`{"` + field + `":1}`: {"310", wrong}, `{"` + field + `":true}`: {"310", wrong}, `{"` + field + `":["` + code + `"]}`: {"310", wrong},
			`{"` + field + `":{"x":"` + code + `"}}`: {"310", wrong}, `[]`: {"310", wrong}, `"` + code + `"`: {"310", wrong}, `1`: {"310", wrong},
			`{`: {"902", malformed}, `{"` + field + `":"` + code + `"`: {"902", malformed}, `{"` + field + `":"` + code + `"}x`: {"902", malformed},
			`{"` + field + `":"` + code + `","` + field + `":"` + code + `"}`:         {"902", malformed},
			`{"` + field + `":"a","\u0061` + field[1:] + `":"b"}`:                     {"902", malformed},
			"{\"" + field + "\":\"\xff\"}":                                            {"902", malformed},
			`{"` + field + `":"\ud800"}`:                                              {"902", malformed},
			`{"x":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + `}`: {"902", malformed},
			field + "=" + code: {"902", malformed}, "\xef\xbb\xbf{}": {"902", malformed},
			`{"` + field + `":"` + strings.Repeat("x", 5000) + `"}`: {"305", long},
		} {
			d.Post(path, body, d.Basic()).Denied(400, want[0], want[1])
		}
		d.Post(path, `{"x":"`+strings.Repeat("x", 5<<20)+`"}`, d.Basic()).Denied(413, "305", long)
	}
	d.Post(apitest.TokenPath, `{"auth_code":"`+code+`","more":[{"a":null}]}`, d.Basic()).Granted() // no earlier request has spent the code
}

func TestBackend_token_exchange(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	code := l.Code()
	for _, bad := range []string{"x", code[1:], code + "0", strings.ToLower(code), strings.Repeat("0", 64), l.Token, strings.Repeat("é", 32), "' OR 1=1"} {
		d.Post(apitest.TokenPath, `{"auth_code":"`+bad+`"}`, d.Basic()).Denied(400, "", "AuthCode Not Found")
	}
	got := d.Post(apitest.TokenPath, `{"auth_code":"`+code+`"}`, d.Basic()).Granted()
	token, account := got.Text("data.auth_token"), got.Text("data.gopay_account_id")
	if plain, err := base64.StdEncoding.DecodeString(token); err != nil || len(plain) != 8+36+1+36 || !strings.HasPrefix(account, "01-") || !strings.HasSuffix(account, "-26") {
		t.Errorf("token %q of %q", token, account)
	}
	profile := func() apitest.Answer {
		return d.Send("GET", apitest.ProfilePath, "", apitest.Bearer(token), apitest.With("Request-Id", "1"))
	}
	profile().Granted()
	d.Post(apitest.TokenPath, `{"auth_code":"`+code+`"}`, d.Basic()).Denied(400, "", "AuthCode Not Found")
	profile().Denied(401, "110", "UNAUTHORIZED")

	late := l.Code()
	d.Post("/control/v1/clock", `{"advance":"5m1s"}`).OK(200)
	d.Post(apitest.TokenPath, `{"auth_code":"`+late+`"}`, d.Basic()).Denied(400, "", "AuthCode Not Found")
}

func TestBackend_Request_Id(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	id := func(v string) apitest.Header { return apitest.With("Request-Id", v) }
	body := `{"auth_code":"` + l.Code() + `"}`
	first := d.Post(apitest.TokenPath, body, d.Basic(), id("a")).Granted()
	t.Run("a repeated one with the same body gets the same answer", func(t *testing.T) {
		for range 3 {
			if again := d.Post(apitest.TokenPath, body, d.Basic(), id("a")).Granted(); string(again.Body) != string(first.Body) {
				t.Errorf("got %s, want %s", again.Body, first.Body)
			}
		}
	})
	t.Run("a repeated one with another body is refused, and spends nothing", func(t *testing.T) {
		other := `{"auth_code":"` + l.Code() + `"}`
		d.Post(apitest.TokenPath, other, d.Basic(), id("a")).Denied(409, "310", "MALFORMED_DATA")
		d.Post(apitest.TokenPath, body+" ", d.Basic(), id("a")).Denied(409, "310", "MALFORMED_DATA")
		d.Post(apitest.TokenPath, other, d.Basic(), id("b")).Granted()
	})
	t.Run("a repeated one for another operation is refused", func(t *testing.T) {
		d.Post(apitest.BankPath, body, d.Basic(), id("a")).Denied(400, "303", "FIELD_CANNOT_BE_BLANK")
		account := l.Call("getBankAccountToken", "").Text("result.data.token")
		d.Post(apitest.BankPath, `{"account_token":"`+account+`"}`, d.Basic(), id("a")).Denied(409, "310", "MALFORMED_DATA")
	})
	t.Run("a failure does not use it up", func(t *testing.T) {
		d.Post(apitest.TokenPath, `{"auth_code":"x"}`, d.Basic(), id("c")).Denied(400, "", "AuthCode Not Found")
		d.Post(apitest.TokenPath, `{"auth_code":"`+l.Code()+`"}`, d.Basic(), id("c")).Granted()
	})
	t.Run("255 characters are accepted, not 256", func(t *testing.T) {
		d.Post(apitest.TokenPath, `{"auth_code":"`+l.Code()+`"}`, d.Basic(), id(strings.Repeat("i", 255))).Granted()
		d.Post(apitest.TokenPath, `{"auth_code":"`+l.Code()+`"}`, d.Basic(), id(strings.Repeat("i", 256))).Denied(400, "305", "ILLEGAL_LENGTH_FOR_FIELD")
	})
	t.Run("a text that no database can store is refused", func(t *testing.T) {
		for _, name := range []string{"\xff", "caf\xe9", "a\tb", "\u0085"} {
			d.Post(apitest.TokenPath, `{"auth_code":"`+l.Code()+`"}`, d.Basic(), id(name)).Denied(400, "310", "MALFORMED_DATA")
		}
		d.Post(apitest.TokenPath, `{"auth_code":"`+l.Code()+`"}`, d.Basic(), id("pesanan ☕ é")).Granted()
	})
	t.Run("profile needs one", func(t *testing.T) {
		token := l.Login()
		d.Send("GET", apitest.ProfilePath, "", apitest.Bearer(token)).Denied(400, "303", "FIELD_CANNOT_BE_BLANK")
		for range 2 {
			d.Send("GET", apitest.ProfilePath, "", apitest.Bearer(token), id("p")).Granted()
		}
	})
	t.Run("is free again after 24 hours", func(t *testing.T) {
		d.Post("/control/v1/clock", `{"advance":"24h"}`).OK(200)
		d.Post(apitest.TokenPath, `{"auth_code":"`+l.Code()+`"}`, d.Basic(), id("a")).Granted()
	})
}

func TestBackend_profile(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	token := l.Login()
	ask := func() apitest.Answer {
		return d.Send("GET", apitest.ProfilePath, "", apitest.Bearer(token), apitest.With("Request-Id", "1"))
	}
	var got map[string]string
	answer := ask().Granted()
	answer.Into(&struct{ Data *map[string]string }{&got})
	if fmt.Sprint(got) != "map[email:sari@example.com name:sari phone_number:+6281200000001 username:sari]" {
		t.Errorf("got %v", got)
	}
	for _, state := range []string{"revoked", "given", "never_asked"} { // the last one stays
		d.Patch("/control/v1/consents", `{"name":"profile","state":"`+state+`"}`)
		if state == "given" {
			ask().Granted()
		} else {
			ask().Denied(403, "400004", "USER_CONSENT_DOES_NOT_EXIST")
		}
	}
	d.Patch("/control/v1/mini-app", `{"status":"suspended"}`)
	ask().Denied(403, "40001", "MINI_APP_NOT_FOUND")
	d.Post(apitest.TokenPath, `{"auth_code":"x"}`, d.Basic()).Denied(403, "40001", "MINI_APP_NOT_FOUND")
	d.Post(apitest.BankPath, `{"account_token":"x"}`, d.Basic()).Denied(403, "40001", "MINI_APP_NOT_FOUND")
	d.Patch("/control/v1/mini-app", `{"status":"active"}`)
	ask().Denied(403, "400004", "USER_CONSENT_DOES_NOT_EXIST")
	d.Post("/control/v1/reset", "").OK(204)
	ask().Denied(401, "110", "UNAUTHORIZED")
}

func TestBackend_profile_of_a_mini_app_without_permission(t *testing.T) {
	t.Parallel()
	d := apitest.StartWith(t, `{"id":"teh"}`)
	token := d.Open("").Login()
	d.Send("GET", apitest.ProfilePath, "", apitest.Bearer(token), apitest.With("Request-Id", "1")).Denied(403, "400001", "CONSENT_PROFILE_NOT_FOUND")
}

func TestBackend_bank_details(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	token := func() string { return l.Call("getBankAccountToken", "").Text("result.data.token") }
	account := `{"bank_code":"jago","bank_account_name":"Sari Wulandari","bank_account_number":"1000200030001"}`
	none := func(a apitest.Answer) { t.Helper(); a.Denied(400, "", "AccountToken Not Found") }
	t.Run("in the query, as documented, or in the body", func(t *testing.T) {
		for _, got := range []apitest.Answer{
			d.Post(apitest.BankPath+"?account_token="+token(), "", d.Basic()),
			d.Post(apitest.BankPath+"?account_token="+token(), `{"anything":1}`, d.Basic()),
			d.Post(apitest.BankPath, `{"account_token":"`+token()+`"}`, d.Basic()),
		} {
			if data := got.Granted().Member("data"); data != account {
				t.Errorf("got %s", data)
			}
		}
	})
	t.Run("a token is valid for one request", func(t *testing.T) {
		one := token()
		d.Post(apitest.BankPath+"?account_token="+one, "", d.Basic()).Granted()
		none(d.Post(apitest.BankPath+"?account_token="+one, "", d.Basic()))
		none(d.Post(apitest.BankPath, `{"account_token":"`+one+`"}`, d.Basic()))
	})
	t.Run("and its retry", func(t *testing.T) {
		one, two := token(), token()
		for range 2 {
			d.Post(apitest.BankPath+"?account_token="+one, "", d.Basic(), apitest.With("Request-Id", "r")).Granted()
		}
		d.Post(apitest.BankPath+"?account_token="+two, "", d.Basic(), apitest.With("Request-Id", "r")).Denied(409, "310", "MALFORMED_DATA")
	})
	t.Run("an invalid token is refused", func(t *testing.T) {
		for _, bad := range []string{"x", l.Code(), token()[1:], strings.Repeat("0", 64), l.Token} {
			none(d.Post(apitest.BankPath, `{"account_token":"`+bad+`"}`, d.Basic()))
		}
		d.Post(apitest.BankPath+"?account_token="+strings.Repeat("x", 5000), "", d.Basic()).Denied(400, "305", "ILLEGAL_LENGTH_FOR_FIELD")
	})
	t.Run("still needs the consent", func(t *testing.T) {
		one := token()
		d.Patch("/control/v1/consents", `{"name":"bank_account","state":"revoked"}`)
		d.Post(apitest.BankPath, `{"account_token":"`+one+`"}`, d.Basic()).Denied(403, "400004", "USER_CONSENT_DOES_NOT_EXIST")
		d.Patch("/control/v1/consents", `{"name":"bank_account","state":"given"}`)
		d.Post(apitest.BankPath, `{"account_token":"`+one+`"}`, d.Basic()).Granted()
	})
	t.Run("still needs the account", func(t *testing.T) {
		one := token()
		d.Patch("/control/v1/users", `{"bank":{"account_number":""}}`)
		d.Post(apitest.BankPath, `{"account_token":"`+one+`"}`, d.Basic()).Denied(404, "105", "User not found")
	})
	t.Run("lives 5 minutes", func(t *testing.T) {
		d.Patch("/control/v1/users", `{"bank":{"bank_code":"bca","account_name":"S","account_number":"12345678"}}`)
		one := token()
		d.Post("/control/v1/clock", `{"advance":"5m1s"}`).OK(200)
		none(d.Post(apitest.BankPath, `{"account_token":"`+one+`"}`, d.Basic()))
	})
}

func TestBackend_Debug_Id_is_returned(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	for id, want := range map[string]string{"abc": "abc", strings.Repeat("x", 300): ""} {
		got := d.Post(apitest.TokenPath, "{}", d.Basic(), apitest.With("Debug-Id", id))
		if got.Header.Get("Debug-Id") != want || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("got %v", got.Header)
		}
	}
}
