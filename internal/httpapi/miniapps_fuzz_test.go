package httpapi_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

// The fuzz targets of the mini-app APIs send any body, with any Request-Id, on
// behalf of a user: each is answered in its envelope, by success or with a
// documented code, never by 5xx; and what is answered can be listed.

func FuzzPush(f *testing.F) { fuzzMiniApp(f, "POST", pushPath, messageBodies, "303 305 310 902 2903") }

func FuzzReminder(f *testing.F) {
	fuzzMiniApp(f, "PUT", reminderPath, append(messageBodies, `{"reminder_id":"bill","template_name":"T","template_parameters":{}}`), "303 305 310 902")
}

func FuzzRewards(f *testing.F) {
	fuzzMiniApp(f, "POST", rewardsPath, rewardBodies, "303 305 310 902 43001")
}

func FuzzGemsCollect(f *testing.F) {
	fuzzMiniApp(f, "POST", collectPath, rewardBodies, "303 305 310 902 43001")
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
	d := start(f)
	token := d.open(allowAll).login()
	for _, body := range slices.Concat(awkward, seeds) {
		f.Add(body, "")
		f.Add(body, "id")
	}
	codes := strings.Fields(documented)
	f.Fuzz(func(t *testing.T, body, id string) {
		d.t = t
		got := d.send(method, path, body, bearer(token), requestID(headerText(id)))
		var e envelopeSeen
		got.into(&e)
		ok := e.Success && got.status == 200 && e.Error.Code == ""
		if reused := got.status == 409 && e.Error.Code == "310"; !ok && !reused && (got.status < 400 || got.status >= 500 || !slices.Contains(codes, e.Error.Code) || e.Error.Hint == "") {
			t.Fatalf("%q: %d %s", body, got.status, got.body)
		}
		if ok {
			d.get("/control/v1/messages")
			d.get("/control/v1/wallet")
		}
	})
}

// FuzzReminderID deletes reminders of any name: there is none.
func FuzzReminderID(f *testing.F) {
	d := start(f)
	token := d.open(allowAll).login()
	for _, id := range []string{"none", "\x00", "\xff", "..", "\r\n", "👩🏽‍🍳", "a/b", "?", "' OR 1=1 --", strings.Repeat("x", 300)} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		d.t = t
		if got := d.send("DELETE", reminderPath+"/"+url.PathEscape(id), "", bearer(token)); got.status != 404 {
			t.Fatalf("%q: %d %s", id, got.status, got.body)
		}
	})
}
