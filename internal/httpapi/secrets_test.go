package httpapi_test

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

// everywhere is what the platform tells of itself: the journal, the state, and
// every list of the control API.
func (d *dev) everywhere() map[string]string {
	d.t.Helper()
	seen := map[string]string{}
	for _, path := range []string{"journal", "state", "users", "consents", "payments", "notifications", "messages", "wallet", "faults", "device", "answers", "clock"} {
		seen[path] = string(d.get("/control/v1/" + path).body)
	}
	return seen
}

// The number of a bank account is in the answer of bank-details and nowhere
// else (F11).
func TestBank_account_number_reaches_the_backend_and_nobody_else(t *testing.T) {
	t.Parallel()
	d := start(t)
	const number = "90887766554433221"
	seen := map[string]string{}
	see := func(name string, a answer) { seen[name+" "+a.what] = string(a.body) }
	see("setting it", d.send("PATCH", "/control/v1/users", `{"bank":{"bank_code":"bca","account_name":"Sari","account_number":"`+number+`"}}`))
	see("setting it as a number", d.send("PATCH", "/control/v1/users", `{"bank":{"account_number":`+number+`}}`))
	see("setting it with a slip", d.send("PATCH", "/control/v1/users", `{"bank":{"account_number":"`+number+`x"}}`))
	see("misspelling it", d.send("PATCH", "/control/v1/users", `{"bank":{"account_no":"`+number+`"}}`))
	see("a second user", d.post("/control/v1/users", `{"name":"Tono","bank":{"bank_code":"bca","account_number":"`+number+`"}}`))
	l := d.open(allowAll)
	conn := l.dial()
	told := conn.collect()
	for _, method := range []string{"getAuthCode", "getSystemInfo", "getLocation", "getWifiInfo"} {
		see(method, l.call(method, ""))
	}
	reply := l.call("getBankAccountToken", "")
	see("the token", reply)
	token := reply.text("result.data.token")
	see("the profile", d.send("GET", profilePath, "", bearer(l.login()), with("Request-Id", "1")))
	if got := d.post(bankPath, `{"account_token":"`+token+`"}`, d.basic(), with("Request-Id", "r")).granted().text("data.bank_account_number"); got != number {
		t.Errorf("got %q", got)
	}
	see("the token again", d.post(bankPath+"?account_token="+token, "", d.basic()))
	d.patch("/control/v1/consents", `{"name":"wifi","state":"revoked"}`)
	see("the launch", l.send("GET", l.path(""), "", bearer(l.token)))
	see("what it can do", l.send("GET", l.path("/capabilities"), "", bearer(l.token)))
	conn.close()
	seen["events"] = strings.Join(<-told, "\n")
	if !strings.Contains(seen["events"], "consent_changed") {
		t.Errorf("no event came: %s", seen["events"])
	}
	for name, body := range d.everywhere() {
		seen[name] = body
	}
	for name, body := range seen {
		if strings.Contains(body, number) || strings.Contains(body, token) && !strings.HasPrefix(name, "the token POST /host") {
			t.Errorf("%s tells it: %.2000s", name, body)
		}
	}
}

// Codes, tokens and secrets are not in the journal, however they came.
func TestSecrets_are_not_in_the_journal(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	pair := base64.StdEncoding.EncodeToString([]byte(d.id + ":" + d.key))
	spent := l.code()
	token := d.post(tokenPath, `{"auth_code":"`+spent+`"}`, d.basic()).text("data.auth_token")
	secrets := map[string]string{"the spent code": spent, "the auth token": token, "the launch token": l.token, "the client secret": d.key, "the pair": pair}
	// What developers get wrong.
	for name, send := range map[string]func(code string){
		"under another name":     func(code string) { d.post(tokenPath, `{"authCode":"`+code+`"}`, d.basic()) },
		"in upper case":          func(code string) { d.post(tokenPath, `{"AUTH_CODE":"`+code+`"}`, d.basic()) },
		"deep inside":            func(code string) { d.post(tokenPath, `{"data":{"x":["`+code+`"]}}`, d.basic()) },
		"as the whole body":      func(code string) { d.post(tokenPath, `"`+code+`"`, d.basic()) },
		"as a form":              func(code string) { d.post(tokenPath, "auth_code="+code, d.basic()) },
		"as a name":              func(code string) { d.post(tokenPath, `{"`+code+`":1}`, d.basic()) },
		"in the query":           func(code string) { d.post(tokenPath+"?auth_code="+code, "{}", d.basic()) },
		"in the query, misnamed": func(code string) { d.post(tokenPath+"?code="+code, "{}", d.basic()) },
		"as the query":           func(code string) { d.post(tokenPath+"?"+code, "{}", d.basic()) },
		"to the wrong place":     func(code string) { d.post(bankPath, `{"account_token":"`+code+`"}`, d.basic()) },
		"as Request-Id":          func(code string) { d.post(tokenPath, "{}", d.basic(), with("Request-Id", code)) },
		"as Debug-Id":            func(code string) { d.post(tokenPath, "{}", d.basic(), with("Debug-Id", code)) },
		"as a parameter": func(code string) {
			d.post(pushPath, `{"template_name":"T","template_parameters":{"x":"`+code+`"}}`, bearer(token), requestID("p"))
		},
		"as a template": func(code string) {
			d.send("PUT", reminderPath, `{"template_name":"`+code+`","template_parameters":{}}`, bearer(token))
		},
		"as a reminder": func(code string) {
			d.send("PUT", reminderPath, `{"reminder_id":"`+code+`","template_name":"T","template_parameters":{}}`, bearer(token))
			d.send("DELETE", reminderPath+"/"+code, "", bearer(token))
			d.send("DELETE", reminderPath+"/"+code, "", bearer(token))
		},
		"as a description": func(code string) {
			d.post(rewardsPath, `{"amount":{"value":1,"currency":"IDR"},"description":"`+code+`","reward_type":"EMONEY","metadata":{"x":"`+code+`"}}`, bearer(token), requestID("d"))
		},
		"as a type of reward": func(code string) {
			d.post(rewardsPath, `{"amount":{"value":1,"currency":"IDR"},"description":"D","reward_type":"`+code+`"}`, bearer(token), requestID("t"))
		},
		"as a currency": func(code string) {
			d.post(collectPath, `{"amount":{"value":1,"currency":"`+code+`"},"description":"D"}`, bearer(token), requestID("c"))
		},
		"by the page":             func(code string) { l.call("openDeeplink", `{"deeplink":"gopay://home/promo?code=`+code+`"}`) },
		"by the page, misplaced":  func(code string) { l.call("getLocation", `{"code":"`+code+`"}`) },
		"as the name of a method": func(code string) { l.call(code, "") },
	} {
		code := l.code()
		send(code)
		secrets["a code sent "+name] = code
	}
	for _, value := range []string{token, pair, "Bearer" + token, "Basic" + pair, d.key, "Token " + token} {
		d.post(tokenPath, "{}", with("Authorization", value))
	}
	d.send("GET", profilePath, "", with("Authorization", token), with("Request-Id", "1"))
	d.post(tokenPath, `{"client_secret":"`+d.key+`","Authorization":"Basic `+pair+`","token":"`+token+`"}`, d.basic())
	for where, text := range d.everywhere() {
		for name, secret := range secrets {
			if strings.Contains(text, secret[:24]) {
				at := strings.Index(text, secret[:24])
				t.Errorf("%s: %s stands there: …%s…", where, name, text[max(0, at-160):min(len(text), at+100)])
			}
		}
	}
}

// Nor are those of BI-SNAP and Snap Checkout.
func TestSecrets_of_a_partner_are_not_in_the_journal(t *testing.T) {
	t.Parallel()
	d := start(t)
	p := d.partner()
	var set struct {
		Checkout struct {
			ServerKey string `json:"server_key"`
		}
	}
	d.get("/control/v1/credentials").into(&set)
	lines := strings.Split(p.set.Snap.PrivateKey, "\n")
	secrets := map[string]string{
		"the access token": p.token, "the SNAP secret": p.set.Snap.ClientSecret, "the server key": set.Checkout.ServerKey[len("SB-Mid-server-kopi-"):],
		"the private key": lines[3], "its end": lines[20],
	}
	key, err := json.Marshal(p.set.Snap.PrivateKey)
	must(t, err)
	p.asks(h2hPath, strings.Replace(p.order("15000.00"), `"chargeToken":""`, `"chargeToken":"`+p.token+`"`, 1)).says("2005400")
	// What developers get wrong.
	for _, text := range []string{p.token, p.set.Snap.ClientSecret, set.Checkout.ServerKey, strings.Join(lines, ""), lines[3]} {
		p.access(with("X-SIGNATURE", text))
		p.access(with("X-CLIENT-KEY", text), with("debug-id", text))
		p.access(with("X-TIMESTAMP", text))
		p.asks(h2hPath, `{"accessToken":"`+text+`"}`, with("Authorization", text))
		p.asks(h2hPath, `{"clientSecret":["`+text+`"]}`)
		p.asks(h2hPath, text)
		p.asks(h2hPath, `{"`+text+`":1`)
		p.asks(h2hPath+"?key="+url.QueryEscape(text), "{}")
		p.asks(statusPath, `{"originalReferenceNo":"`+text+`","serviceCode":"54"}`, with("X-PARTNER-ID", text))
		p.asks(refundPath, `{"originalReferenceNo":"`+text+`","partnerRefundNo":"`+text+`","reason":"`+text+`"}`)
		p.asks(cancelPath, `{"originalExternalId":"`+text+`"}`, with("CHANNEL-ID", text))
		d.post(tokenPath, `{"auth_code":"`+text+`"}`, with("Authorization", "Bearer "+text))
		d.send("GET", profilePath, "", bearer(text), with("Request-Id", text))
	}
	p.asks(h2hPath, `{"privateKey":`+string(key)+`}`)
	p.asks(h2hPath, strings.Replace(p.order("15000.00"), `"metadata":{`, `"metadata":{"key":`+string(key)+`,`, 1)).says("2005400")
	for where, text := range d.everywhere() {
		for name, secret := range secrets {
			if at := strings.Index(text, secret[:24]); at >= 0 {
				t.Errorf("%s: %s stands there: …%s…", where, name, text[max(0, at-160):min(len(text), at+100)])
			}
		}
	}
}
