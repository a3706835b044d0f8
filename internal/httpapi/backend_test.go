package httpapi_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

const (
	tokenPath   = "/v1/mini-apps/authorizations/token"
	profilePath = "/v1/mini-apps/users/profile"
	bankPath    = "/v1/mini-apps/bank-details"
)

// granted checks a success of the mini apps' backend and gives its data.
func (a answer) granted() answer {
	a.t.Helper()
	a.ok(200)
	if a.member("success") != "true" || a.member("error") != "" || a.member("data") == "" {
		a.t.Fatalf("%s: %s", a.what, a.body)
	}
	return a
}

// denied checks a failure of the mini apps' backend: status, code (empty for
// none) and description.
func (a answer) denied(status int, code, description string) {
	a.t.Helper()
	var got struct {
		Success *bool
		Data    any
		Error   *struct{ Code, Description, Hint string }
	}
	a.into(&got)
	switch {
	case a.status != status || got.Success == nil || *got.Success || got.Data != nil || got.Error == nil:
		a.t.Errorf("%s: %d %s, want %d", a.what, a.status, a.body, status)
	case got.Error.Code != code || got.Error.Description != description || got.Error.Hint == "":
		a.t.Errorf("%s: %s, want %q %s", a.what, a.body, code, description)
	case (status == 401) != (a.header.Get("WWW-Authenticate") != ""):
		a.t.Errorf("%s: WWW-Authenticate %q with %d", a.what, a.header.Get("WWW-Authenticate"), status)
	}
}

func TestBackend_Authorization_headers(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	token := l.login()
	pair := base64.StdEncoding.EncodeToString([]byte(d.id + ":" + d.key))
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
		encoded(":"): {"110", "UNAUTHORIZED"}, encoded(d.id + ":"): {"110", "UNAUTHORIZED"}, encoded(":" + d.key): {"110", "UNAUTHORIZED"},
		encoded(d.id + ":" + d.key + " "): {"110", "UNAUTHORIZED"}, encoded(d.id + ":" + strings.ToUpper(d.key)): {"110", "UNAUTHORIZED"},
		encoded("kopi:" + d.key): {"110", "UNAUTHORIZED"}, encoded("-:" + d.key): {"110", "UNAUTHORIZED"}, encoded("\x00\xff:\x00"): {"110", "UNAUTHORIZED"},
		encoded(strings.Repeat("a", 20_000) + ":x"): {"110", "UNAUTHORIZED"},
	} {
		for _, path := range []string{tokenPath, bankPath} {
			d.post(path, `{"auth_code":"x","account_token":"x"}`, with("Authorization", value)).denied(401, want[0], want[1])
		}
	}
	d.post(tokenPath, `{"auth_code":"x"}`, with("Authorization", "Basic "+pair), twice("Authorization")).denied(401, "310", "MALFORMED_DATA")
	d.send("GET", profilePath, "", with("Authorization", "Bearer "+token), twice("Authorization"), with("Request-Id", "1")).denied(401, "110", "UNAUTHORIZED")
	for value, want := range map[string][2]string{
		"": {"303", "FIELD_CANNOT_BE_BLANK"}, "Bearer": {"310", "MALFORMED_DATA"}, "Bearer ": {"310", "MALFORMED_DATA"}, token: {"310", "MALFORMED_DATA"},
		"Basic " + pair: {"310", "MALFORMED_DATA"}, "Token " + token: {"310", "MALFORMED_DATA"},
		"Bearer x": {"110", "UNAUTHORIZED"}, "Bearer " + token + "x": {"110", "UNAUTHORIZED"}, "Bearer " + l.token: {"110", "UNAUTHORIZED"},
		"Bearer " + strings.ToLower(token): {"110", "UNAUTHORIZED"}, "Bearer " + token[1:]: {"110", "UNAUTHORIZED"},
		"Bearer " + token + " " + token: {"110", "UNAUTHORIZED"},
	} {
		d.send("GET", profilePath, "", with("Authorization", value), with("Request-Id", "1")).denied(401, want[0], want[1])
	}
	for _, scheme := range []string{"Basic ", "basic ", "BASIC ", "Basic   "} {
		d.post(tokenPath, `{"auth_code":"`+l.code()+`"}`, with("Authorization", scheme+pair)).granted()
	}
	d.send("GET", profilePath, "", with("Authorization", "bearer "+token), with("Request-Id", "1")).granted()
}

func TestBackend_bodies(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	code := l.code()
	const malformed, blank, wrong, long = "MALFORMED_JSON", "FIELD_CANNOT_BE_BLANK", "MALFORMED_DATA", "ILLEGAL_LENGTH_FOR_FIELD"
	for _, field := range []string{"auth_code", "account_token"} {
		path := map[string]string{"auth_code": tokenPath, "account_token": bankPath}[field]
		for body, want := range map[string][2]string{
			"": {"303", blank}, "  \n": {"303", blank}, "{}": {"303", blank}, "null": {"303", blank},
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
			d.post(path, body, d.basic()).denied(400, want[0], want[1])
		}
		d.post(path, `{"x":"`+strings.Repeat("x", 5<<20)+`"}`, d.basic()).denied(413, "305", long)
	}
	d.post(tokenPath, `{"auth_code":"`+code+`","more":[{"a":null}]}`, d.basic()).granted() // none of them has spent it
}

func TestBackend_token_exchange(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	code := l.code()
	for _, bad := range []string{"x", code[1:], code + "0", strings.ToLower(code), strings.Repeat("0", 64), l.token, strings.Repeat("é", 32), "' OR 1=1"} {
		d.post(tokenPath, `{"auth_code":"`+bad+`"}`, d.basic()).denied(400, "", "AuthCode Not Found")
	}
	got := d.post(tokenPath, `{"auth_code":"`+code+`"}`, d.basic()).granted()
	token, account := got.text("data.auth_token"), got.text("data.gopay_account_id")
	if plain, err := base64.StdEncoding.DecodeString(token); err != nil || len(plain) != 8+36+1+36 || !strings.HasPrefix(account, "01-") || !strings.HasSuffix(account, "-26") {
		t.Errorf("token %q of %q", token, account)
	}
	profile := func() answer { return d.send("GET", profilePath, "", bearer(token), with("Request-Id", "1")) }
	profile().granted()
	d.post(tokenPath, `{"auth_code":"`+code+`"}`, d.basic()).denied(400, "", "AuthCode Not Found")
	profile().denied(401, "110", "UNAUTHORIZED")

	late := l.code()
	d.post("/control/v1/clock", `{"advance":"5m1s"}`).ok(200)
	d.post(tokenPath, `{"auth_code":"`+late+`"}`, d.basic()).denied(400, "", "AuthCode Not Found")
}

func TestBackend_Request_Id(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	id := func(v string) header { return with("Request-Id", v) }
	body := `{"auth_code":"` + l.code() + `"}`
	first := d.post(tokenPath, body, d.basic(), id("a")).granted()
	t.Run("the same with the same body gives the same answer", func(t *testing.T) {
		for range 3 {
			if again := d.post(tokenPath, body, d.basic(), id("a")).granted(); string(again.body) != string(first.body) {
				t.Errorf("got %s, want %s", again.body, first.body)
			}
		}
	})
	t.Run("the same with another body is refused, and spends nothing", func(t *testing.T) {
		other := `{"auth_code":"` + l.code() + `"}`
		d.post(tokenPath, other, d.basic(), id("a")).denied(409, "310", "MALFORMED_DATA")
		d.post(tokenPath, body+" ", d.basic(), id("a")).denied(409, "310", "MALFORMED_DATA")
		d.post(tokenPath, other, d.basic(), id("b")).granted()
	})
	t.Run("the same for another operation is refused", func(t *testing.T) {
		d.post(bankPath, body, d.basic(), id("a")).denied(400, "303", "FIELD_CANNOT_BE_BLANK")
		account := l.call("getBankAccountToken", "").text("result.data.token")
		d.post(bankPath, `{"account_token":"`+account+`"}`, d.basic(), id("a")).denied(409, "310", "MALFORMED_DATA")
	})
	t.Run("a failure does not use it up", func(t *testing.T) {
		d.post(tokenPath, `{"auth_code":"x"}`, d.basic(), id("c")).denied(400, "", "AuthCode Not Found")
		d.post(tokenPath, `{"auth_code":"`+l.code()+`"}`, d.basic(), id("c")).granted()
	})
	t.Run("255 characters are taken, not 256", func(t *testing.T) {
		d.post(tokenPath, `{"auth_code":"`+l.code()+`"}`, d.basic(), id(strings.Repeat("i", 255))).granted()
		d.post(tokenPath, `{"auth_code":"`+l.code()+`"}`, d.basic(), id(strings.Repeat("i", 256))).denied(400, "305", "ILLEGAL_LENGTH_FOR_FIELD")
	})
	t.Run("a text that no database keeps is refused", func(t *testing.T) {
		for _, name := range []string{"\xff", "caf\xe9", "a\tb", "\u0085"} {
			d.post(tokenPath, `{"auth_code":"`+l.code()+`"}`, d.basic(), id(name)).denied(400, "310", "MALFORMED_DATA")
		}
		d.post(tokenPath, `{"auth_code":"`+l.code()+`"}`, d.basic(), id("pesanan ☕ é")).granted()
	})
	t.Run("profile needs one", func(t *testing.T) {
		token := l.login()
		d.send("GET", profilePath, "", bearer(token)).denied(400, "303", "FIELD_CANNOT_BE_BLANK")
		for range 2 {
			d.send("GET", profilePath, "", bearer(token), id("p")).granted()
		}
	})
	t.Run("is free again after 24 hours", func(t *testing.T) {
		d.post("/control/v1/clock", `{"advance":"24h"}`).ok(200)
		d.post(tokenPath, `{"auth_code":"`+l.code()+`"}`, d.basic(), id("a")).granted()
	})
}

func TestBackend_profile(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	token := l.login()
	ask := func() answer { return d.send("GET", profilePath, "", bearer(token), with("Request-Id", "1")) }
	var got map[string]string
	answer := ask().granted()
	answer.into(&struct{ Data *map[string]string }{&got})
	if fmt.Sprint(got) != "map[email:sari@example.com name:sari phone_number:+6281200000001 username:sari]" {
		t.Errorf("got %v", got)
	}
	for _, state := range []string{"revoked", "given", "never_asked"} { // the last one stays
		d.patch("/control/v1/consents", `{"name":"profile","state":"`+state+`"}`)
		if state == "given" {
			ask().granted()
		} else {
			ask().denied(403, "400004", "USER_CONSENT_DOES_NOT_EXIST")
		}
	}
	d.patch("/control/v1/mini-app", `{"status":"suspended"}`)
	ask().denied(403, "40001", "MINI_APP_NOT_FOUND")
	d.post(tokenPath, `{"auth_code":"x"}`, d.basic()).denied(403, "40001", "MINI_APP_NOT_FOUND")
	d.post(bankPath, `{"account_token":"x"}`, d.basic()).denied(403, "40001", "MINI_APP_NOT_FOUND")
	d.patch("/control/v1/mini-app", `{"status":"active"}`)
	ask().denied(403, "400004", "USER_CONSENT_DOES_NOT_EXIST")
	d.post("/control/v1/reset", "").ok(204)
	ask().denied(401, "110", "UNAUTHORIZED")
}

func TestBackend_profile_of_a_mini_app_that_may_not_ask_for_it(t *testing.T) {
	t.Parallel()
	d := startWith(t, `{"id":"teh"}`)
	token := d.open("").login()
	d.send("GET", profilePath, "", bearer(token), with("Request-Id", "1")).denied(403, "400001", "CONSENT_PROFILE_NOT_FOUND")
}

func TestBackend_bank_details(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	token := func() string { return l.call("getBankAccountToken", "").text("result.data.token") }
	account := `{"bank_code":"jago","bank_account_name":"Sari Wulandari","bank_account_number":"1000200030001"}`
	none := func(a answer) { t.Helper(); a.denied(400, "", "AccountToken Not Found") }
	t.Run("in the query, as documented, or in the body", func(t *testing.T) {
		for _, got := range []answer{
			d.post(bankPath+"?account_token="+token(), "", d.basic()),
			d.post(bankPath+"?account_token="+token(), `{"anything":1}`, d.basic()),
			d.post(bankPath, `{"account_token":"`+token()+`"}`, d.basic()),
		} {
			if data := got.granted().member("data"); data != account {
				t.Errorf("got %s", data)
			}
		}
	})
	t.Run("a token is good for one request", func(t *testing.T) {
		one := token()
		d.post(bankPath+"?account_token="+one, "", d.basic()).granted()
		none(d.post(bankPath+"?account_token="+one, "", d.basic()))
		none(d.post(bankPath, `{"account_token":"`+one+`"}`, d.basic()))
	})
	t.Run("and its retry", func(t *testing.T) {
		one, two := token(), token()
		for range 2 {
			d.post(bankPath+"?account_token="+one, "", d.basic(), with("Request-Id", "r")).granted()
		}
		d.post(bankPath+"?account_token="+two, "", d.basic(), with("Request-Id", "r")).denied(409, "310", "MALFORMED_DATA")
	})
	t.Run("what is no token", func(t *testing.T) {
		for _, bad := range []string{"x", l.code(), token()[1:], strings.Repeat("0", 64), l.token} {
			none(d.post(bankPath, `{"account_token":"`+bad+`"}`, d.basic()))
		}
		d.post(bankPath+"?account_token="+strings.Repeat("x", 5000), "", d.basic()).denied(400, "305", "ILLEGAL_LENGTH_FOR_FIELD")
	})
	t.Run("needs the consent still", func(t *testing.T) {
		one := token()
		d.patch("/control/v1/consents", `{"name":"bank_account","state":"revoked"}`)
		d.post(bankPath, `{"account_token":"`+one+`"}`, d.basic()).denied(403, "400004", "USER_CONSENT_DOES_NOT_EXIST")
		d.patch("/control/v1/consents", `{"name":"bank_account","state":"given"}`)
		d.post(bankPath, `{"account_token":"`+one+`"}`, d.basic()).granted()
	})
	t.Run("needs the account still", func(t *testing.T) {
		one := token()
		d.patch("/control/v1/users", `{"bank":{"account_number":""}}`)
		d.post(bankPath, `{"account_token":"`+one+`"}`, d.basic()).denied(404, "105", "User not found")
	})
	t.Run("lives 5 minutes", func(t *testing.T) {
		d.patch("/control/v1/users", `{"bank":{"bank_code":"bca","account_name":"S","account_number":"12345678"}}`)
		one := token()
		d.post("/control/v1/clock", `{"advance":"5m1s"}`).ok(200)
		none(d.post(bankPath, `{"account_token":"`+one+`"}`, d.basic()))
	})
}

func TestBackend_Debug_Id_comes_back(t *testing.T) {
	t.Parallel()
	d := start(t)
	for id, want := range map[string]string{"abc": "abc", strings.Repeat("x", 300): ""} {
		got := d.post(tokenPath, "{}", d.basic(), with("Debug-Id", id))
		if got.header.Get("Debug-Id") != want || got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("got %v", got.header)
		}
	}
}
