package miniapi_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func FuzzPush(f *testing.F) {
	fuzzMiniApp(f, "POST", apitest.PushPath, messageBodies, "303 305 310 902 2903")
}

func FuzzReminder(f *testing.F) {
	fuzzMiniApp(f, "PUT", apitest.ReminderPath, append(messageBodies, `{"reminder_id":"bill","template_name":"T","template_parameters":{}}`), "303 305 310 902")
}

func FuzzRewards(f *testing.F) {
	fuzzMiniApp(f, "POST", apitest.RewardsPath, rewardBodies, "303 305 310 902 43001")
}

func FuzzGemsCollect(f *testing.F) {
	fuzzMiniApp(f, "POST", apitest.CollectPath, rewardBodies, "303 305 310 902 43001")
}

var messageBodies = []string{
	`{"template_name":"T","template_parameters":{}}`, `{"template_name":"T","template_parameters":{"amount":"10000","currency":"IDR"}}`,
	`{"template_name":"T","template_parameters":{"message":"\u0000","cta_label_id":{"a":[1e999]}}}`, `{"template_name":1}`, `{"template_name":"\n","template_parameters":{}}`,
}

var rewardBodies = []string{
	rewardBody("EMONEY", 1), rewardBody("GOPAY_GEMS", 1), rewardBody("x", -1), collectBody, `{"amount":{"value":9223372036854775807,"currency":"IDR"}}`,
	`{"amount":{"value":9223372036854775808}}`, `{"amount":1}`, strings.Replace(collectBody, `"metadata":{`, `"metadata":{"mini_app_name":null,`, 1),
}

func fuzzMiniApp(f *testing.F, method, path string, seeds []string, documented string) {
	d := apitest.Start(f)
	token := d.Open(apitest.AllowAll).Login()
	for _, body := range slices.Concat(apitest.Awkward, seeds) {
		f.Add(body, "")
		f.Add(body, "id")
	}
	codes := strings.Fields(documented)
	f.Fuzz(func(t *testing.T, body, id string) {
		d.T = t
		got := d.Send(method, path, body, apitest.Bearer(token), apitest.RequestID(apitest.HeaderText(id)))
		var e apitest.EnvelopeSeen
		got.Into(&e)
		ok := e.Success && got.Status == 200 && e.Error.Code == ""
		if reused := got.Status == 409 && e.Error.Code == "310"; !ok && !reused && (got.Status < 400 || got.Status >= 500 || !slices.Contains(codes, e.Error.Code) || e.Error.Hint == "") {
			t.Fatalf("%q: %d %s", body, got.Status, got.Body)
		}
		if ok {
			d.Get("/control/v1/messages")
			d.Get("/control/v1/wallet")
		}
	})
}

// FuzzReminderID deletes reminders with any id; none of them exists.
func FuzzReminderID(f *testing.F) {
	d := apitest.Start(f)
	token := d.Open(apitest.AllowAll).Login()
	for _, id := range []string{"none", "\x00", "\xff", "..", "\r\n", "👩🏽‍🍳", "a/b", "?", "' OR 1=1 --", strings.Repeat("x", 300)} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		d.T = t
		if got := d.Send("DELETE", apitest.ReminderPath+"/"+url.PathEscape(id), "", apitest.Bearer(token)); got.Status != 404 {
			t.Fatalf("%q: %d %s", id, got.Status, got.Body)
		}
	})
}
