package httpapi_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

const (
	rewardsPath = "/v1/mini-apps/rewards"
	balancePath = "/v1/mini-apps/gems/balance"
	collectPath = "/v1/mini-apps/gems/collect"
)

// held is what the current user's wallet holds, and how it came.
type held struct {
	Balance     struct{ Value string }
	Coins, Gems int64
	Entries     []movement
}

type movement struct {
	ID, Unit, Title, Payment, Cause string
	Amount, Balance                 int64
	App                             string `json:"app_name"`
	History                         string `json:"order_history_url"`
}

func (d *dev) wallet() (h held) {
	d.t.Helper()
	d.get("/control/v1/wallet").into(&h)
	return h
}

// sums are rupiah, coins and gems.
func (h held) sums() string { return fmt.Sprint(h.Balance.Value, " ", h.Coins, " ", h.Gems) }

func rewardBody(kind string, value int) string {
	return fmt.Sprintf(`{"amount":{"value":%d,"currency":"IDR"},"description":"Poin hari ini","reward_type":%q,"metadata":{"mini_app_name":"kopi"}}`, value, kind)
}

const collectBody = `{"amount":{"value":30,"currency":"IDR"},"description":"Daily check-in","metadata":{"mini_app_name":"kopi","activity_name":"check-in"}}`

func TestRewards(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	token := l.login()
	give := func(id, body string) answer { return d.post(rewardsPath, body, bearer(token), requestID(id)) }
	t.Run("each type moves its own part of the wallet", func(t *testing.T) {
		form := regexp.MustCompile(`^01\d{14}[A-Z2-7]{10}ID$`)
		for i, one := range []struct{ kind, unit, sums string }{
			{"EMONEY", "IDR", "250010.00 0 0"}, {"GOPAY_COINS", "COINS", "250010.00 20 0"}, {"GOPAY_GEMS", "GEMS", "250010.00 20 30"},
		} {
			id := give(one.kind, rewardBody(one.kind, 10*(i+1))).granted().text("data.payment_id")
			h := d.wallet()
			if e := h.Entries[0]; !form.MatchString(id) || h.sums() != one.sums || e.Unit != one.unit || e.Amount != int64(10*(i+1)) || e.Title != "Poin hari ini" ||
				e.Payment != id || e.Cause != "reward" || e.App != "Kopi" || e.History != "" {
				t.Errorf("%s: id %s, %s, %+v", one.kind, id, h.sums(), e)
			}
		}
	})
	t.Run("a retry gets the same payment id and no second reward", func(t *testing.T) {
		before := d.wallet().sums()
		first := give("EMONEY", rewardBody("EMONEY", 10)).granted()
		if again := give("EMONEY", rewardBody("EMONEY", 10)).granted(); string(again.body) != string(first.body) || d.wallet().sums() != before {
			t.Errorf("%s, then %s; %s became %s", first.body, again.body, before, d.wallet().sums())
		}
		give("EMONEY", rewardBody("EMONEY", 11)).denied(409, "310", "MALFORMED_DATA")
		give("EMONEY", rewardBody("EMONEY", 10)+" ").denied(409, "310", "MALFORMED_DATA")
		d.post(collectPath, collectBody, bearer(token), requestID("EMONEY")).denied(409, "310", "MALFORMED_DATA")
		if d.wallet().sums() != before {
			t.Errorf("%s became %s", before, d.wallet().sums())
		}
	})
	t.Run("stands in the journal, joined to user and launch", func(t *testing.T) {
		list := d.entries("reward")
		if len(list) != 3 {
			t.Fatalf("%d entries", len(list))
		}
		e := list[1]
		if e.Title != "rewarded with 20 coins" || e.MiniApp != "kopi" || e.User != d.get("/control/v1/state").text("current_user") || e.Launch != l.id || e.Detail["reward_type"] != "GOPAY_COINS" {
			t.Errorf("%+v", e)
		}
	})
	t.Run("another user's call under the same id is refused", func(t *testing.T) {
		d.patch("/control/v1/users", `{"id":"`+d.post("/control/v1/users", `{"name":"Tono"}`).ok(201).text("id")+`","current":true}`)
		other := d.open(allowAll).login()
		d.post(rewardsPath, rewardBody("EMONEY", 10), bearer(other), requestID("EMONEY")).denied(409, "310", "MALFORMED_DATA")
		if got := d.wallet().sums(); got != "0.00 0 0" {
			t.Errorf("the other user holds %s", got)
		}
	})
	t.Run("its id is free again after 24 hours", func(t *testing.T) {
		d.post("/control/v1/clock", `{"advance":"24h"}`).ok(200)
		give("EMONEY", rewardBody("EMONEY", 1)).granted()
	})
	d.send("GET", "/control/v1/wallet?user_id=nobody", "").refused(404, "user_unknown")
}

func TestRewards_bodies(t *testing.T) {
	t.Parallel()
	d := start(t)
	token := d.open(allowAll).login()
	body := func(change ...string) string {
		return strings.NewReplacer(change...).Replace(`{"amount":{"value":5,"currency":"IDR"},"description":"D","reward_type":"EMONEY","metadata":{"mini_app_name":"kopi"}}`)
	}
	const value, currency, description, kind, metadata = `"value":5`, `"currency":"IDR"`, `"description":"D"`, `"reward_type":"EMONEY"`, `"metadata":{"mini_app_name":"kopi"}`
	const malformed, blank, wrong, long = "902 MALFORMED_JSON", "303 FIELD_CANNOT_BE_BLANK", "310 MALFORMED_DATA", "305 ILLEGAL_LENGTH_FOR_FIELD"
	for sent, want := range map[string]string{
		"": blank, "{}": blank, "null": blank, "[]": wrong, "1": wrong, "{": malformed, body() + "x": malformed,
		body(value, `"value":null`): blank, body(value, `"x":5`): blank, body(`"amount"`, `"x"`): blank, body(value, `"value":"5"`): wrong, body(value, `"value":5.5`): wrong,
		body(value, `"value":0`): wrong, body(value, `"value":-5`): wrong, body(value, `"value":1e30`): wrong, body(value, `"value":99999999999999999999`): wrong, body(value, `"value":true`): wrong,
		body(value, `"value":5,"value":6`): malformed, body(`{"value":5,"currency":"IDR"}`, `5`): wrong, body(`{"value":5,"currency":"IDR"}`, `[]`): wrong,
		body(currency, `"currency":""`): blank, body(currency, `"currency":"USD"`): wrong, body(currency, `"currency":"idr"`): wrong, body(currency, `"currency":4127`): wrong,
		body(description, `"description":""`): blank, body(description, `"x":1`): blank, body(description, `"description":1`): wrong, body(description, `"description":"a\u0000b"`): wrong,
		body(description, `"description":"`+strings.Repeat("é", 257)+`"`): long, body(metadata, `"metadata":"x"`): wrong, body(metadata, `"metadata":[]`): wrong,
	} {
		code, symbol, _ := strings.Cut(want, " ")
		d.post(rewardsPath, sent, bearer(token), requestID("1")).denied(400, code, symbol)
		d.post(collectPath, sent, bearer(token), requestID("1")).denied(400, code, symbol)
	}
	for sent, want := range map[string]string{
		body(value, `"value":100000000000`): wrong, body(kind, `"reward_type":""`): blank, body(kind, `"x":1`): blank, body(kind, `"reward_type":1`): wrong,
		body(kind, `"reward_type":"COINS"`): wrong, body(kind, `"reward_type":"gopay_coins"`): wrong, body(kind, `"reward_type":"`+strings.Repeat("x", 256)+`"`): long,
	} {
		code, symbol, _ := strings.Cut(want, " ")
		d.post(rewardsPath, sent, bearer(token), requestID("1")).denied(400, code, symbol)
	}
	for sent, want := range map[string]string{
		body(metadata, `"metadata":{}`): blank, body(metadata, `"metadata":null`): blank, body(metadata, `"metadata":{"mini_app_name":""}`): blank, body(metadata, `"metadata":{"mini_app_name":1}`): wrong,
		body(metadata, `"metadata":{"mini_app_name":"kopi","activity_name":1}`): wrong, body(value, `"value":100000000000`): "43001 REQUEST_VALUE_EXCEEDS_MAX_LIMIT",
	} {
		code, symbol, _ := strings.Cut(want, " ")
		d.post(collectPath, sent, bearer(token), requestID("1")).denied(400, code, symbol)
	}
	for _, path := range []string{rewardsPath, collectPath} {
		d.post(path, body(), bearer(token)).denied(400, "303", "FIELD_CANNOT_BE_BLANK")
		d.post(path, `{"x":"`+strings.Repeat("x", 5<<20)+`"}`, bearer(token), requestID("1")).denied(413, "305", "ILLEGAL_LENGTH_FOR_FIELD")
	}
	if h := d.wallet(); h.sums() != "250000.00 0 0" || len(d.entries("reward")) != 0 {
		t.Errorf("one of them moved the wallet: %s %+v", h.sums(), h.Entries)
	}
	// None of them has used the id up, and what may be is taken.
	d.post(rewardsPath, body(metadata, `"metadata":null,"more":1`, description, `"description":"`+strings.Repeat("é", 256)+`"`), bearer(token), requestID("1")).granted()
	d.post(rewardsPath, body(value, `"value":99999999999`, `,`+metadata, ``), bearer(token), requestID("2")).granted()
}

func TestGems(t *testing.T) {
	t.Parallel()
	d := start(t)
	token := d.open(allowAll).login()
	balance := func() string {
		return d.send("GET", balancePath, "", bearer(token), requestID("same")).granted().member("data")
	}
	collect := func(id, body string) answer { return d.post(collectPath, body, bearer(token), requestID(id)) }
	if got := balance(); got != `{"balance":0}` {
		t.Errorf("begins with %s", got)
	}
	first := collect("1", collectBody).granted()
	if again := collect("1", collectBody).granted(); string(again.body) != string(first.body) || balance() != `{"balance":30}` {
		t.Errorf("%s, then %s; %s", first.body, again.body, balance())
	}
	// As the page's samples have it.
	collect("2", strings.Replace(collectBody, `,"activity_name":"check-in"`, "", 1)).granted()
	if list := d.entries("reward"); balance() != `{"balance":60}` || list[0].Next != "" || !strings.Contains(list[1].Next, "activity_name") {
		t.Errorf("%s, %+v", balance(), list)
	}
	d.patch("/control/v1/users", `{"gems":7,"coins":5}`)
	if h := d.wallet(); balance() != `{"balance":7}` || h.Coins != 5 || h.Gems != 7 {
		t.Errorf("%s, %+v", balance(), h)
	}
	if got := d.patch("/control/v1/users", `{}`); got.member("gems") != "7" || got.member("coins") != "5" {
		t.Errorf("the user is %s", got.body)
	}
	d.send("GET", balancePath, "", bearer(token)).denied(400, "303", "FIELD_CANNOT_BE_BLANK")
}

func TestRewards_by_manifest(t *testing.T) {
	t.Parallel()
	limited := startWith(t, `{"id":"kopi","rewards":{"types":["GOPAY_GEMS"],"max_gems":30}}`)
	token := limited.open("").login()
	give := func(kind string, value int) answer {
		return limited.post(rewardsPath, rewardBody(kind, value), bearer(token), requestID("1"))
	}
	give("EMONEY", 1).denied(403, "40006", "MINI_APP_REWARD_CONFIG_NOT_FOUND")
	give("GOPAY_COINS", 1).denied(403, "40006", "MINI_APP_REWARD_CONFIG_NOT_FOUND")
	give("GOPAY_GEMS", 31).denied(400, "43001", "REQUEST_VALUE_EXCEEDS_MAX_LIMIT")
	over := strings.Replace(collectBody, `"value":30`, `"value":31`, 1)
	limited.post(collectPath, over, bearer(token), requestID("1")).denied(400, "43001", "REQUEST_VALUE_EXCEEDS_MAX_LIMIT")
	limited.post(collectPath, collectBody, bearer(token), requestID("1")).granted()

	none := startWith(t, `{"id":"kopi","rewards":{"types":["EMONEY"]}}`)
	token = none.open("").login()
	none.send("GET", balancePath, "", bearer(token), requestID("1")).denied(404, "19007", "DATASOURCE_NOT_FOUND")
	none.post(collectPath, collectBody, bearer(token), requestID("1")).denied(404, "19007", "DATASOURCE_NOT_FOUND")
	none.post(rewardsPath, rewardBody("GOPAY_GEMS", 1), bearer(token), requestID("1")).denied(403, "40006", "MINI_APP_REWARD_CONFIG_NOT_FOUND")
	none.post(rewardsPath, rewardBody("EMONEY", 1), bearer(token), requestID("1")).granted()
}

// Every code that the documentation lists for these operations can be had.
func TestMiniApp_faults(t *testing.T) {
	t.Parallel()
	d := start(t)
	token := d.open(allowAll).login()
	n := 0
	send := map[string]func() answer{
		"push": func() answer {
			return d.post(pushPath, `{"template_name":"T","template_parameters":{}}`, bearer(token), requestID(fmt.Sprint(n)))
		},
		"reminder": func() answer {
			return d.send("PUT", reminderPath, `{"template_name":"T","template_parameters":{}}`, bearer(token))
		},
		"rewards": func() answer {
			return d.post(rewardsPath, rewardBody("EMONEY", 1), bearer(token), requestID(fmt.Sprint(n)))
		},
		"gems-balance": func() answer { return d.send("GET", balancePath, "", bearer(token), requestID(fmt.Sprint(n))) },
		"gems-collect": func() answer { return d.post(collectPath, collectBody, bearer(token), requestID(fmt.Sprint(n))) },
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
			d.post("/control/v1/faults", `{"operation":"`+operation+`","code":"`+code+`"}`).ok(201)
			n++
			got := send[operation]()
			if got.text("error.code") != code || fmt.Sprint(got.status, " ", got.text("error.description")) != answers[code] {
				t.Errorf("%s %s: %d %s, want %s", operation, code, got.status, got.body, answers[code])
			}
			send[operation]().ok(200) // nothing had happened
		}
	}
	if got, want := d.wallet().sums(), fmt.Sprintf("%d.00 0 %d", 250_000+7, 30*11); got != want {
		t.Errorf("the wallet holds %s, want %s", got, want)
	}
}

func TestWallet_leads_to_the_order(t *testing.T) {
	t.Parallel()
	for page, want := range map[string]string{
		`"/orders?from=history"`:        "{app}orders?from=history&reference_no={ref}",
		`"https://kopi.example/orders"`: "https://kopi.example/orders?reference_no={ref}",
	} {
		d := startWith(t, `{"id":"kopi","name":"Kopi","order_history_url":`+page+`}`)
		d.patch("/control/v1/answers", `{"payment":"success"}`)
		l := d.open("")
		made := d.post("/control/v1/payments", `{"amount":15000,"title":"Kopi susu"}`).ok(201)
		l.call("triggerPayment", `{"deeplink":"`+made.text("deeplink")+`"}`)
		ref := made.text("referenceNo")
		want := strings.NewReplacer("{app}", d.urls.App, "{ref}", ref).Replace(want)
		h := d.wallet()
		if e := h.Entries[0]; e.History != want || e.Payment != ref || e.Cause != "paid" || e.Amount != -15_000 || e.Balance != 235_000 || e.Unit != "IDR" || e.Title != "Kopi susu" || e.App != "Kopi" {
			t.Errorf("got %+v, want %s", e, want)
		}
		if e := h.Entries[1]; e.History != "" || e.App != "" || e.Amount != 250_000 {
			t.Errorf("got %+v", e)
		}
	}
}
