package httpapi_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// The number of a bank account is in the answer of bank-details and nowhere
// else (F11).
func TestBank_account_number_reaches_only_the_backend(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	const number = "90887766554433221"
	seen := map[string]string{}
	see := func(name string, a apitest.Answer) { seen[name+" "+a.What] = string(a.Body) }
	see("setting it", d.Send("PATCH", "/control/v1/users", `{"bank":{"bank_code":"bca","account_name":"Sari","account_number":"`+number+`"}}`))
	see("setting it as a number", d.Send("PATCH", "/control/v1/users", `{"bank":{"account_number":`+number+`}}`))
	see("setting it with a slip", d.Send("PATCH", "/control/v1/users", `{"bank":{"account_number":"`+number+`x"}}`))
	see("misspelling it", d.Send("PATCH", "/control/v1/users", `{"bank":{"account_no":"`+number+`"}}`))
	see("a second user", d.Post("/control/v1/users", `{"name":"Tono","bank":{"bank_code":"bca","account_number":"`+number+`"}}`))
	l := d.Open(apitest.AllowAll)
	conn := l.Dial()
	for _, method := range []string{"getAuthCode", "getSystemInfo", "getLocation", "getWifiInfo"} {
		see(method, l.Call(method, ""))
	}
	reply := l.Call("getBankAccountToken", "")
	see("the token", reply)
	token := reply.Text("result.data.token")
	see("the profile", d.Send("GET", apitest.ProfilePath, "", apitest.Bearer(l.Login()), apitest.With("Request-Id", "1")))
	if got := d.Post(apitest.BankPath, `{"account_token":"`+token+`"}`, d.Basic(), apitest.With("Request-Id", "r")).Granted().Text("data.bank_account_number"); got != number {
		t.Errorf("got %q", got)
	}
	see("the token again", d.Post(apitest.BankPath+"?account_token="+token, "", d.Basic()))
	d.Patch("/control/v1/consents", `{"name":"wifi","state":"revoked"}`)
	see("the launch", l.Send("GET", l.Path(""), "", apitest.Bearer(l.Token)))
	see("what it can do", l.Send("GET", l.Path("/capabilities"), "", apitest.Bearer(l.Token)))
	seen["events"] = strings.Join(conn.HearUntil("consent_changed"), "\n")
	conn.Close()
	for name, body := range d.Everywhere() {
		seen[name] = body
	}
	for name, body := range seen {
		if strings.Contains(body, number) || strings.Contains(body, token) && !strings.HasPrefix(name, "the token POST /host") {
			t.Errorf("%s tells it: %.2000s", name, body)
		}
	}
}

// The journal has no codes, tokens or secrets, in any form of a request.
func TestSecrets_are_not_in_the_journal(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	pair := base64.StdEncoding.EncodeToString([]byte(d.ID + ":" + d.Key))
	spent := l.Code()
	token := d.Post(apitest.TokenPath, `{"auth_code":"`+spent+`"}`, d.Basic()).Text("data.auth_token")
	secrets := map[string]string{"the spent code": spent, "the auth token": token, "the launch token": l.Token, "the client secret": d.Key, "the pair": pair}
	// Mistakes that developers make.
	for name, send := range map[string]func(code string){
		"under another name":     func(code string) { d.Post(apitest.TokenPath, `{"authCode":"`+code+`"}`, d.Basic()) },
		"in upper case":          func(code string) { d.Post(apitest.TokenPath, `{"AUTH_CODE":"`+code+`"}`, d.Basic()) },
		"deep inside":            func(code string) { d.Post(apitest.TokenPath, `{"data":{"x":["`+code+`"]}}`, d.Basic()) },
		"as the whole body":      func(code string) { d.Post(apitest.TokenPath, `"`+code+`"`, d.Basic()) },
		"as a form":              func(code string) { d.Post(apitest.TokenPath, "auth_code="+code, d.Basic()) },
		"as a name":              func(code string) { d.Post(apitest.TokenPath, `{"`+code+`":1}`, d.Basic()) },
		"in the query":           func(code string) { d.Post(apitest.TokenPath+"?auth_code="+code, "{}", d.Basic()) },
		"in the query, misnamed": func(code string) { d.Post(apitest.TokenPath+"?code="+code, "{}", d.Basic()) },
		"as the query":           func(code string) { d.Post(apitest.TokenPath+"?"+code, "{}", d.Basic()) },
		"to the wrong place":     func(code string) { d.Post(apitest.BankPath, `{"account_token":"`+code+`"}`, d.Basic()) },
		"as Request-Id":          func(code string) { d.Post(apitest.TokenPath, "{}", d.Basic(), apitest.With("Request-Id", code)) },
		"as Debug-Id":            func(code string) { d.Post(apitest.TokenPath, "{}", d.Basic(), apitest.With("Debug-Id", code)) },
		"as a parameter": func(code string) {
			d.Post(apitest.PushPath, `{"template_name":"T","template_parameters":{"x":"`+code+`"}}`, apitest.Bearer(token), apitest.RequestID("p"))
		},
		"as a template": func(code string) {
			d.Send("PUT", apitest.ReminderPath, `{"template_name":"`+code+`","template_parameters":{}}`, apitest.Bearer(token))
		},
		"as a reminder": func(code string) {
			d.Send("PUT", apitest.ReminderPath, `{"reminder_id":"`+code+`","template_name":"T","template_parameters":{}}`, apitest.Bearer(token))
			d.Send("DELETE", apitest.ReminderPath+"/"+code, "", apitest.Bearer(token))
			d.Send("DELETE", apitest.ReminderPath+"/"+code, "", apitest.Bearer(token))
		},
		"as a description": func(code string) {
			d.Post(apitest.RewardsPath, `{"amount":{"value":1,"currency":"IDR"},"description":"`+code+`","reward_type":"EMONEY","metadata":{"x":"`+code+`"}}`, apitest.Bearer(token), apitest.RequestID("d"))
		},
		"as a type of reward": func(code string) {
			d.Post(apitest.RewardsPath, `{"amount":{"value":1,"currency":"IDR"},"description":"D","reward_type":"`+code+`"}`, apitest.Bearer(token), apitest.RequestID("t"))
		},
		"as a currency": func(code string) {
			d.Post(apitest.CollectPath, `{"amount":{"value":1,"currency":"`+code+`"},"description":"D"}`, apitest.Bearer(token), apitest.RequestID("c"))
		},
		"by the page":             func(code string) { l.Call("openDeeplink", `{"deeplink":"gopay://home/promo?code=`+code+`"}`) },
		"by the page, misplaced":  func(code string) { l.Call("getLocation", `{"code":"`+code+`"}`) },
		"as the name of a method": func(code string) { l.Call(code, "") },
	} {
		code := l.Code()
		send(code)
		secrets["a code sent "+name] = code
	}
	for _, value := range []string{token, pair, "Bearer" + token, "Basic" + pair, d.Key, "Token " + token} {
		d.Post(apitest.TokenPath, "{}", apitest.With("Authorization", value))
	}
	d.Send("GET", apitest.ProfilePath, "", apitest.With("Authorization", token), apitest.With("Request-Id", "1"))
	d.Post(apitest.TokenPath, `{"client_secret":"`+d.Key+`","Authorization":"Basic `+pair+`","token":"`+token+`"}`, d.Basic())
	for where, text := range d.Everywhere() {
		for name, secret := range secrets {
			if strings.Contains(text, secret[:24]) {
				at := strings.Index(text, secret[:24])
				t.Errorf("%s: contains %s: …%s…", where, name, text[max(0, at-160):min(len(text), at+100)])
			}
		}
	}
}

// Nor has it those of BI-SNAP and Snap Checkout.
func TestSecrets_of_a_partner_are_not_in_the_journal(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	p := d.Partner()
	var set struct {
		Checkout struct {
			ServerKey string `json:"server_key"`
		}
	}
	d.Get("/control/v1/credentials").Into(&set)
	lines := strings.Split(p.Set.Snap.PrivateKey, "\n")
	secrets := map[string]string{
		"the access token": p.Token, "the SNAP secret": p.Set.Snap.ClientSecret, "the server key": set.Checkout.ServerKey[len("SB-Mid-server-kopi-"):],
		"the private key": lines[3], "its end": lines[20],
	}
	key, err := json.Marshal(p.Set.Snap.PrivateKey)
	apitest.Must(t, err)
	p.Asks(apitest.H2hPath, strings.Replace(p.Order("15000.00"), `"chargeToken":""`, `"chargeToken":"`+p.Token+`"`, 1)).Says("2005400")
	// Mistakes that developers make.
	for _, text := range []string{p.Token, p.Set.Snap.ClientSecret, set.Checkout.ServerKey, strings.Join(lines, ""), lines[3]} {
		p.Access(apitest.With("X-SIGNATURE", text))
		p.Access(apitest.With("X-CLIENT-KEY", text), apitest.With("debug-id", text))
		p.Access(apitest.With("X-TIMESTAMP", text))
		p.Asks(apitest.H2hPath, `{"accessToken":"`+text+`"}`, apitest.With("Authorization", text))
		p.Asks(apitest.H2hPath, `{"clientSecret":["`+text+`"]}`)
		p.Asks(apitest.H2hPath, text)
		p.Asks(apitest.H2hPath, `{"`+text+`":1`)
		p.Asks(apitest.H2hPath+"?key="+url.QueryEscape(text), "{}")
		p.Asks(apitest.StatusPath, `{"originalReferenceNo":"`+text+`","serviceCode":"54"}`, apitest.With("X-PARTNER-ID", text))
		p.Asks(apitest.RefundPath, `{"originalReferenceNo":"`+text+`","partnerRefundNo":"`+text+`","reason":"`+text+`"}`)
		p.Asks(apitest.CancelPath, `{"originalExternalId":"`+text+`"}`, apitest.With("CHANNEL-ID", text))
		d.Post(apitest.TokenPath, `{"auth_code":"`+text+`"}`, apitest.With("Authorization", "Bearer "+text))
		d.Send("GET", apitest.ProfilePath, "", apitest.Bearer(text), apitest.With("Request-Id", text))
	}
	p.Asks(apitest.H2hPath, `{"privateKey":`+string(key)+`}`)
	p.Asks(apitest.H2hPath, strings.Replace(p.Order("15000.00"), `"metadata":{`, `"metadata":{"key":`+string(key)+`,`, 1)).Says("2005400")
	for where, text := range d.Everywhere() {
		for name, secret := range secrets {
			if at := strings.Index(text, secret[:24]); at >= 0 {
				t.Errorf("%s: contains %s: …%s…", where, name, text[max(0, at-160):min(len(text), at+100)])
			}
		}
	}
}

// Free text of a backend may have a token in it, also with escapes. What people see of it,
// and the texts that the database has for display, never have it whole.
func TestSecrets_in_free_text_are_not_shown(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	p := d.Partner()
	l := d.Open(apitest.AllowAll)
	token := l.Login()
	// A token of every kind, and one in base64url with many separators.
	secrets := map[string]string{
		"an auth code": l.Code(), "the auth token": token, "the launch token": l.Token, "the access token": p.Token,
		"a token in base64url": "a1B2-c3D4_e5F6-g7H8_i9J0-k1L2_m3N4-o5P6_q7R8-s9T0_u1V2-w3X4_yZ0",
		"a Snap token":         path.Base(d.Checkout().Ask(apitest.Order("order-s", "")).OK(201).Text("redirect_url")),
	}
	escaped, plain := strings.NewReplacer("-", `\u002d`, "_", `\u005F`, "a", `\u0061`), strings.NewReplacer(`\u002d`, "-", `\u005F`, "_", `\u0061`, "a")
	n := 0
	for _, secret := range secrets {
		for _, written := range []string{secret, escaped.Replace(secret), "see " + secret} {
			n++
			id := fmt.Sprint(n)
			d.Send("PUT", apitest.ReminderPath, `{"reminder_id":"`+written+`","template_name":"T","template_parameters":{"message":"`+written+`","due":"`+written+`","url":"/a?b=`+written+`"}}`, apitest.Bearer(token)).OK(200)
			d.Post(apitest.PushPath, `{"template_name":"T","template_parameters":{"x":{"y":["`+written+`"]}}}`, apitest.Bearer(token), apitest.RequestID("p"+id)).OK(200)
			d.Post(apitest.RewardsPath, `{"amount":{"value":1,"currency":"IDR"},"description":"`+written+`","reward_type":"EMONEY","metadata":{"x":"`+written+`"}}`, apitest.Bearer(token), apitest.RequestID("r"+id))
			order := strings.NewReplacer("Kopi susu", written, `"table":7`, `"table":"`+written+`"`).Replace(p.Order("15000.00"))
			p.Asks(apitest.H2hPath, order).Says("2005400")
			d.Post("/control/v1/payments", `{"amount":15000,"title":"`+written+`"}`)
			d.Send("DELETE", apitest.ReminderPath+"/"+url.PathEscape(plain.Replace(written)), "", apitest.Bearer(token)).OK(200)
		}
	}
	for where, text := range d.Everywhere() {
		for name, secret := range secrets {
			if at := strings.Index(plain.Replace(text), secret[8:32]); at >= 0 {
				t.Errorf("%s: contains %s: …%s…", where, name, text[max(0, min(at, len(text))-160):min(len(text), at+100)])
			}
		}
	}
}
