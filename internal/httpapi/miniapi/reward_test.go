package miniapi_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func rewardBody(kind string, value int) string {
	return fmt.Sprintf(`{"amount":{"value":%d,"currency":"IDR"},"description":"Poin hari ini","reward_type":%q,"metadata":{"mini_app_name":"kopi"}}`, value, kind)
}

const collectBody = `{"amount":{"value":30,"currency":"IDR"},"description":"Daily check-in","metadata":{"mini_app_name":"kopi","activity_name":"check-in"}}`

func TestRewards(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	token := l.Login()
	give := func(id, body string) apitest.Answer {
		return d.Post(apitest.RewardsPath, body, apitest.Bearer(token), apitest.RequestID(id))
	}
	t.Run("each type moves its own part of the wallet", func(t *testing.T) {
		form := regexp.MustCompile(`^01\d{14}[A-Z2-7]{10}ID$`)
		for i, one := range []struct{ kind, unit, sums string }{
			{"EMONEY", "IDR", "250010.00 0 0"}, {"GOPAY_COINS", "COINS", "250010.00 20 0"}, {"GOPAY_GEMS", "GEMS", "250010.00 20 30"},
		} {
			id := give(one.kind, rewardBody(one.kind, 10*(i+1))).Granted().Text("data.payment_id")
			h := d.Wallet()
			if e := h.Entries[0]; !form.MatchString(id) || h.Sums() != one.sums || e.Unit != one.unit || e.Amount != int64(10*(i+1)) || e.Title != "Poin hari ini" ||
				e.Payment != id || e.Cause != "reward" || e.App != "Kopi" || e.History != "" {
				t.Errorf("%s: id %s, %s, %+v", one.kind, id, h.Sums(), e)
			}
		}
	})
	t.Run("a retry gets the same payment id and no second reward", func(t *testing.T) {
		before := d.Wallet().Sums()
		first := give("EMONEY", rewardBody("EMONEY", 10)).Granted()
		if again := give("EMONEY", rewardBody("EMONEY", 10)).Granted(); string(again.Body) != string(first.Body) || d.Wallet().Sums() != before {
			t.Errorf("%s, then %s; %s became %s", first.Body, again.Body, before, d.Wallet().Sums())
		}
		give("EMONEY", rewardBody("EMONEY", 11)).Denied(409, "310", "MALFORMED_DATA")
		give("EMONEY", rewardBody("EMONEY", 10)+" ").Denied(409, "310", "MALFORMED_DATA")
		d.Post(apitest.CollectPath, collectBody, apitest.Bearer(token), apitest.RequestID("EMONEY")).Denied(409, "310", "MALFORMED_DATA")
		if d.Wallet().Sums() != before {
			t.Errorf("%s became %s", before, d.Wallet().Sums())
		}
	})
	t.Run("is in the journal, joined to user and launch", func(t *testing.T) {
		list := d.Entries("reward")
		if len(list) != 3 {
			t.Fatalf("%d entries", len(list))
		}
		e := list[1]
		if e.Title != "rewarded with 20 coins" || e.MiniApp != "kopi" || e.User != d.Get("/control/v1/state").Text("current_user") || e.Launch != l.ID || e.Detail["reward_type"] != "GOPAY_COINS" {
			t.Errorf("%+v", e)
		}
	})
	t.Run("another user's call under the same id is refused", func(t *testing.T) {
		d.Patch("/control/v1/users", `{"id":"`+d.Post("/control/v1/users", `{"name":"Tono"}`).OK(201).Text("id")+`","current":true}`)
		other := d.Open(apitest.AllowAll).Login()
		d.Post(apitest.RewardsPath, rewardBody("EMONEY", 10), apitest.Bearer(other), apitest.RequestID("EMONEY")).Denied(409, "310", "MALFORMED_DATA")
		if got := d.Wallet().Sums(); got != "0.00 0 0" {
			t.Errorf("the other user holds %s", got)
		}
	})
	t.Run("its id is free again after 24 hours", func(t *testing.T) {
		d.Post("/control/v1/clock", `{"advance":"24h"}`).OK(200)
		give("EMONEY", rewardBody("EMONEY", 1)).Granted()
	})
	d.Send("GET", "/control/v1/wallet?user_id=nobody", "").Refused(404, "user_unknown")
}

func TestRewards_bodies(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	token := d.Open(apitest.AllowAll).Login()
	body := func(change ...string) string {
		return strings.NewReplacer(change...).Replace(`{"amount":{"value":5,"currency":"IDR"},"description":"D","reward_type":"EMONEY","metadata":{"mini_app_name":"kopi"}}`)
	}
	const value, currency, description, kind, metadata = `"value":5`, `"currency":"IDR"`, `"description":"D"`, `"reward_type":"EMONEY"`, `"metadata":{"mini_app_name":"kopi"}`
	const malformed, blank, wrong, long = "902 MALFORMED_JSON", "303 FIELD_CANNOT_BE_BLANK", "310 MALFORMED_DATA", "305 ILLEGAL_LENGTH_FOR_FIELD"
	for sent, want := range map[string]string{
		"": blank, "{}": blank, "null": wrong, "[]": wrong, "1": wrong, "{": malformed, body() + "x": malformed,
		body(value, `"value":null`): blank, body(value, `"x":5`): blank, body(`"amount"`, `"x"`): blank, body(value, `"value":"5"`): wrong, body(value, `"value":5.5`): wrong,
		body(value, `"value":0`): wrong, body(value, `"value":-5`): wrong, body(value, `"value":1e30`): wrong, body(value, `"value":99999999999999999999`): wrong, body(value, `"value":true`): wrong,
		body(value, `"value":5,"value":6`): malformed, body(`{"value":5,"currency":"IDR"}`, `5`): wrong, body(`{"value":5,"currency":"IDR"}`, `[]`): wrong,
		body(currency, `"currency":""`): blank, body(currency, `"currency":"USD"`): wrong, body(currency, `"currency":"idr"`): wrong, body(currency, `"currency":4127`): wrong,
		body(description, `"description":""`): blank, body(description, `"x":1`): blank, body(description, `"description":1`): wrong, body(description, `"description":"a\u0000b"`): wrong,
		body(description, `"description":"`+strings.Repeat("é", 257)+`"`): long, body(metadata, `"metadata":"x"`): wrong, body(metadata, `"metadata":[]`): wrong,
		body(metadata, `"metadata":{"mini_app_name":"kopi","more":"\u0000"}`): wrong,
	} {
		code, symbol, _ := strings.Cut(want, " ")
		d.Post(apitest.RewardsPath, sent, apitest.Bearer(token), apitest.RequestID("1")).Denied(400, code, symbol)
		d.Post(apitest.CollectPath, sent, apitest.Bearer(token), apitest.RequestID("1")).Denied(400, code, symbol)
	}
	for sent, want := range map[string]string{
		body(value, `"value":100000000000`): wrong, body(kind, `"reward_type":""`): blank, body(kind, `"x":1`): blank, body(kind, `"reward_type":1`): wrong,
		body(kind, `"reward_type":"COINS"`): wrong, body(kind, `"reward_type":"gopay_coins"`): wrong, body(kind, `"reward_type":"`+strings.Repeat("x", 256)+`"`): long,
	} {
		code, symbol, _ := strings.Cut(want, " ")
		d.Post(apitest.RewardsPath, sent, apitest.Bearer(token), apitest.RequestID("1")).Denied(400, code, symbol)
	}
	for sent, want := range map[string]string{
		body(metadata, `"metadata":{}`): blank, body(metadata, `"metadata":null`): blank, body(metadata, `"metadata":{"mini_app_name":""}`): blank, body(metadata, `"metadata":{"mini_app_name":1}`): wrong,
		body(metadata, `"metadata":{"mini_app_name":"kopi","activity_name":1}`): wrong, body(value, `"value":100000000000`): "43001 REQUEST_VALUE_EXCEEDS_MAX_LIMIT",
	} {
		code, symbol, _ := strings.Cut(want, " ")
		d.Post(apitest.CollectPath, sent, apitest.Bearer(token), apitest.RequestID("1")).Denied(400, code, symbol)
	}
	for _, path := range []string{apitest.RewardsPath, apitest.CollectPath} {
		d.Post(path, body(), apitest.Bearer(token)).Denied(400, "303", "FIELD_CANNOT_BE_BLANK")
		d.Post(path, `{"x":"`+strings.Repeat("x", 5<<20)+`"}`, apitest.Bearer(token), apitest.RequestID("1")).Denied(413, "305", "ILLEGAL_LENGTH_FOR_FIELD")
	}
	if h := d.Wallet(); h.Sums() != "250000.00 0 0" || len(d.Entries("reward")) != 0 {
		t.Errorf("one of them moved the wallet: %s %+v", h.Sums(), h.Entries)
	}
	// No refused body has used the id, and valid bodies are accepted.
	d.Post(apitest.RewardsPath, body(metadata, `"metadata":null,"more":1`, description, `"description":"`+strings.Repeat("é", 256)+`"`), apitest.Bearer(token), apitest.RequestID("1")).Granted()
	d.Post(apitest.RewardsPath, body(value, `"value":99999999999`, `,`+metadata, ``), apitest.Bearer(token), apitest.RequestID("2")).Granted()
}

func TestGems(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	token := d.Open(apitest.AllowAll).Login()
	balance := func() string {
		return d.Send("GET", apitest.BalancePath, "", apitest.Bearer(token), apitest.RequestID("same")).Granted().Member("data")
	}
	collect := func(id, body string) apitest.Answer {
		return d.Post(apitest.CollectPath, body, apitest.Bearer(token), apitest.RequestID(id))
	}
	if got := balance(); got != `{"balance":0}` {
		t.Errorf("begins with %s", got)
	}
	first := collect("1", collectBody).Granted()
	if again := collect("1", collectBody).Granted(); string(again.Body) != string(first.Body) || balance() != `{"balance":30}` {
		t.Errorf("%s, then %s; %s", first.Body, again.Body, balance())
	}
	// The bodies of the page's samples.
	collect("2", strings.Replace(collectBody, `,"activity_name":"check-in"`, "", 1)).Granted()
	if list := d.Entries("reward"); balance() != `{"balance":60}` || list[0].Next != "" || !strings.Contains(list[1].Next, "activity_name") {
		t.Errorf("%s, %+v", balance(), list)
	}
	d.Patch("/control/v1/users", `{"gems":7,"coins":5}`)
	if h := d.Wallet(); balance() != `{"balance":7}` || h.Coins != 5 || h.Gems != 7 {
		t.Errorf("%s, %+v", balance(), h)
	}
	if got := d.Patch("/control/v1/users", `{}`); got.Member("gems") != "7" || got.Member("coins") != "5" {
		t.Errorf("the user is %s", got.Body)
	}
	d.Send("GET", apitest.BalancePath, "", apitest.Bearer(token)).Denied(400, "303", "FIELD_CANNOT_BE_BLANK")
}

func TestRewards_by_manifest(t *testing.T) {
	t.Parallel()
	limited := apitest.StartWith(t, `{"id":"kopi","rewards":{"types":["GOPAY_GEMS"],"max_gems":30}}`)
	token := limited.Open("").Login()
	give := func(kind string, value int) apitest.Answer {
		return limited.Post(apitest.RewardsPath, rewardBody(kind, value), apitest.Bearer(token), apitest.RequestID("1"))
	}
	give("EMONEY", 1).Denied(403, "40006", "MINI_APP_REWARD_CONFIG_NOT_FOUND")
	give("GOPAY_COINS", 1).Denied(403, "40006", "MINI_APP_REWARD_CONFIG_NOT_FOUND")
	give("GOPAY_GEMS", 31).Denied(400, "43001", "REQUEST_VALUE_EXCEEDS_MAX_LIMIT")
	over := strings.Replace(collectBody, `"value":30`, `"value":31`, 1)
	limited.Post(apitest.CollectPath, over, apitest.Bearer(token), apitest.RequestID("1")).Denied(400, "43001", "REQUEST_VALUE_EXCEEDS_MAX_LIMIT")
	limited.Post(apitest.CollectPath, collectBody, apitest.Bearer(token), apitest.RequestID("1")).Granted()

	none := apitest.StartWith(t, `{"id":"kopi","rewards":{"types":["EMONEY"]}}`)
	token = none.Open("").Login()
	none.Send("GET", apitest.BalancePath, "", apitest.Bearer(token), apitest.RequestID("1")).Denied(404, "19007", "DATASOURCE_NOT_FOUND")
	none.Post(apitest.CollectPath, collectBody, apitest.Bearer(token), apitest.RequestID("1")).Denied(404, "19007", "DATASOURCE_NOT_FOUND")
	none.Post(apitest.RewardsPath, rewardBody("GOPAY_GEMS", 1), apitest.Bearer(token), apitest.RequestID("1")).Denied(403, "40006", "MINI_APP_REWARD_CONFIG_NOT_FOUND")
	none.Post(apitest.RewardsPath, rewardBody("EMONEY", 1), apitest.Bearer(token), apitest.RequestID("1")).Granted()
}

// A fault can return every documented code of these operations.
func TestMiniApp_faults(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	token := d.Open(apitest.AllowAll).Login()
	n := 0
	send := map[string]func() apitest.Answer{
		"push": func() apitest.Answer {
			return d.Post(apitest.PushPath, `{"template_name":"T","template_parameters":{}}`, apitest.Bearer(token), apitest.RequestID(fmt.Sprint(n)))
		},
		"reminder": func() apitest.Answer {
			return d.Send("PUT", apitest.ReminderPath, `{"template_name":"T","template_parameters":{}}`, apitest.Bearer(token))
		},
		"rewards": func() apitest.Answer {
			return d.Post(apitest.RewardsPath, rewardBody("EMONEY", 1), apitest.Bearer(token), apitest.RequestID(fmt.Sprint(n)))
		},
		"gems-balance": func() apitest.Answer {
			return d.Send("GET", apitest.BalancePath, "", apitest.Bearer(token), apitest.RequestID(fmt.Sprint(n)))
		},
		"gems-collect": func() apitest.Answer {
			return d.Post(apitest.CollectPath, collectBody, apitest.Bearer(token), apitest.RequestID(fmt.Sprint(n)))
		},
	}
	answers := map[string]string{
		"303": "401 FIELD_CANNOT_BE_BLANK", "310": "401 MALFORMED_DATA", "110": "401 UNAUTHORIZED", "5003": "401 INVALID_AUTHORISATION", "900": "500 GENERIC_SERVICE_ERROR",
		"105": "404 User not found", "305": "400 ILLEGAL_LENGTH_FOR_FIELD", "902": "400 MALFORMED_JSON", "2903": "400 INVALID_REQUEST_ERROR", "40003": "404 NotificationTemplate not found",
		"40006": "403 MINI_APP_REWARD_CONFIG_NOT_FOUND", "4060": "403 Fraud validation error", "159": "404 Payment option not found", "19007": "404 DATASOURCE_NOT_FOUND",
		"43001": "400 REQUEST_VALUE_EXCEEDS_MAX_LIMIT",
	}
	for operation, codes := range map[string]string{
		"push": "303 310 110 5003 900 305 902 2903 40003", "reminder": "303 310 110 5003 900 40003", "rewards": "303 310 110 5003 900 40006 4060",
		"gems-balance": "303 310 110 5003 900 105 305 902 4060 159 19007 43001", "gems-collect": "303 310 110 5003 900 105 305 902 4060 19007 43001",
	} {
		for _, code := range strings.Fields(codes) {
			d.Post("/control/v1/faults", `{"operation":"`+operation+`","code":"`+code+`"}`).OK(201)
			n++
			got := send[operation]()
			if got.Text("error.code") != code || fmt.Sprint(got.Status, " ", got.Text("error.description")) != answers[code] {
				t.Errorf("%s %s: %d %s, want %s", operation, code, got.Status, got.Body, answers[code])
			}
			send[operation]().OK(200) // nothing had happened
		}
	}
	if got, want := d.Wallet().Sums(), fmt.Sprintf("%d.00 0 %d", 250_000+7, 30*11); got != want {
		t.Errorf("the wallet holds %s, want %s", got, want)
	}
}

func TestWallet_leads_to_the_order(t *testing.T) {
	t.Parallel()
	for page, want := range map[string]string{
		`"/orders?from=history"`:        "{app}orders?from=history&reference_no={ref}",
		`"https://kopi.example/orders"`: "https://kopi.example/orders?reference_no={ref}",
	} {
		d := apitest.StartWith(t, `{"id":"kopi","name":"Kopi","order_history_url":`+page+`}`)
		d.Patch("/control/v1/answers", `{"payment":"success"}`)
		l := d.Open("")
		made := d.Post("/control/v1/payments", `{"amount":15000,"title":"Kopi susu"}`).OK(201)
		l.Call("triggerPayment", `{"deeplink":"`+made.Text("deeplink")+`"}`)
		ref := made.Text("referenceNo")
		want := strings.NewReplacer("{app}", d.URLs.App, "{ref}", ref).Replace(want)
		h := d.Wallet()
		if e := h.Entries[0]; e.History != want || e.Payment != ref || e.Cause != "paid" || e.Amount != -15_000 || e.Balance != 235_000 || e.Unit != "IDR" || e.Title != "Kopi susu" || e.App != "Kopi" {
			t.Errorf("got %+v, want %s", e, want)
		}
		if e := h.Entries[1]; e.History != "" || e.App != "" || e.Amount != 250_000 {
			t.Errorf("got %+v", e)
		}
	}
}
