package httpapi_test

import (
	"strings"
	"testing"
)

const (
	pushPath     = "/v1/mini-apps/notifications/push"
	reminderPath = "/v1/mini-apps/reminder"
)

func requestID(id string) header { return with("Request-Id", id) }

// done checks a success that has no data.
func (a answer) done() {
	a.t.Helper()
	if got := strings.TrimSpace(string(a.ok(200).body)); got != `{"success":true}` {
		a.t.Errorf("%s: %s", a.what, got)
	}
}

// messageSeen is a message as the simulator shows it.
type messageSeen struct {
	ID, Kind, Title, Text, CTA string
	App                        string         `json:"app_name"`
	Template                   string         `json:"template_name"`
	Parameters                 map[string]any `json:"template_parameters"`
	ReminderID                 string         `json:"reminder_id"`
	At                         int64          `json:"created_at"`
}

func (d *dev) messages() (list []messageSeen) {
	d.t.Helper()
	d.get("/control/v1/messages").into(&struct{ Messages *[]messageSeen }{&list})
	return list
}

func TestPush(t *testing.T) {
	t.Parallel()
	d := start(t)
	token := d.open(allowAll).login()
	push := func(id, body string) answer { return d.post(pushPath, body, bearer(token), requestID(id)) }
	t.Run("is shown, as the page's sample has it", func(t *testing.T) {
		push("1", `{"template_name":"HK_PDS_NOTIFY","template_parameters":{"amount":"10000","currency":"IDR"}}`).done()
		list := d.messages()
		if len(list) != 1 {
			t.Fatalf("shown: %+v", list)
		}
		m := list[0]
		if m.Kind != "push" || m.App != "Kopi" || m.Title != "Kopi" || m.Text != "amount: 10000 · currency: IDR" || m.Template != "HK_PDS_NOTIFY" || m.Parameters["amount"] != "10000" || m.At == 0 {
			t.Errorf("shown: %+v", m)
		}
	})
	t.Run("a retry shows nothing again", func(t *testing.T) {
		for range 3 {
			push("1", `{"template_name":"HK_PDS_NOTIFY","template_parameters":{"amount":"10000","currency":"IDR"}}`).done()
		}
		if n := len(d.messages()); n != 1 {
			t.Errorf("%d are shown", n)
		}
	})
	t.Run("another body under its id is refused", func(t *testing.T) {
		push("1", `{"template_name":"HK_PDS_NOTIFY","template_parameters":{}}`).denied(409, "310", "MALFORMED_DATA")
	})
	t.Run("the user dismisses it, once", func(t *testing.T) {
		id := d.messages()[0].ID
		d.send("DELETE", "/control/v1/messages/"+id, "").ok(204)
		d.send("DELETE", "/control/v1/messages/"+id, "").refused(404, "message_unknown")
		d.send("DELETE", "/control/v1/messages/%00", "").refused(404, "message_unknown")
		if list := d.messages(); len(list) != 0 {
			t.Errorf("shown: %+v", list)
		}
	})
	t.Run("goes to the token's user", func(t *testing.T) {
		first := d.get("/control/v1/state").text("current_user")
		d.patch("/control/v1/users", `{"id":"`+d.post("/control/v1/users", `{"name":"Tono"}`).ok(201).text("id")+`","current":true}`)
		push("2", `{"template_name":"T","template_parameters":{}}`).done()
		if list := d.messages(); len(list) != 0 {
			t.Errorf("another user is shown %+v", list)
		}
		if got := d.get("/control/v1/messages?user_id=" + first).member("messages"); !strings.Contains(got, `"template_name":"T"`) {
			t.Errorf("its user is shown %s", got)
		}
		d.send("GET", "/control/v1/messages?user_id=nobody", "").refused(404, "user_unknown")
		d.send("GET", "/control/v1/messages?user_id=%00", "").refused(404, "user_unknown")
	})
	t.Run("needs a Request-Id", func(t *testing.T) {
		d.post(pushPath, `{"template_name":"T","template_parameters":{}}`, bearer(token)).denied(400, "303", "FIELD_CANNOT_BE_BLANK")
	})
}

func TestPush_bodies(t *testing.T) {
	t.Parallel()
	d := start(t)
	token := d.open(allowAll).login()
	const malformed, blank, unread, long, wrong = "MALFORMED_JSON", "FIELD_CANNOT_BE_BLANK", "INVALID_REQUEST_ERROR", "ILLEGAL_LENGTH_FOR_FIELD", "MALFORMED_DATA"
	for body, want := range map[string][2]string{
		"": {"303", blank}, "{}": {"303", blank}, "null": {"303", blank}, `{"template_parameters":{}}`: {"303", blank}, `{"template_name":"T"}`: {"303", blank},
		`{"template_name":"","template_parameters":{}}`: {"303", blank}, `{"template_name":null,"template_parameters":{}}`: {"303", blank},
		`{"template_name":"T","template_parameters":null}`: {"303", blank}, `{"TEMPLATE_NAME":"T","template_parameters":{}}`: {"303", blank},
		`[]`: {"2903", unread}, `"x"`: {"2903", unread}, `1`: {"2903", unread}, `{"template_name":1,"template_parameters":{}}`: {"2903", unread},
		`{"template_name":"T","template_parameters":"x"}`: {"2903", unread}, `{"template_name":"T","template_parameters":[]}`: {"2903", unread},
		`{`: {"902", malformed}, `{"template_name":"T","template_parameters":{}}x`: {"902", malformed}, `{"template_name":"T","template_name":"U","template_parameters":{}}`: {"902", malformed},
		`{"template_name":"T","template_parameters":{"a":1,"a":2}}`: {"902", malformed}, `{"template_name":"T","template_parameters":{"a":"` + "\xff" + `"}}`: {"902", malformed},
		`{"template_name":"T","template_parameters":{"a":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}}`: {"902", malformed},
		`{"template_name":"` + strings.Repeat("x", 256) + `","template_parameters":{}}`:                                   {"305", long},
		`{"template_name":"T","template_parameters":{"a":"` + strings.Repeat("x", 16<<10) + `"}}`:                         {"305", long},
		`{"template_name":"T","template_parameters":{"` + strings.Repeat("x", 16<<10) + `":1}}`:                           {"305", long},
		`{"template_name":"a\nb","template_parameters":{}}`:                                                               {"310", wrong}, `{"template_name":"\u0000","template_parameters":{}}`: {"310", wrong},
	} {
		d.post(pushPath, body, bearer(token), requestID("1")).denied(400, want[0], want[1])
	}
	d.post(pushPath, `{"x":"`+strings.Repeat("x", 5<<20)+`"}`, bearer(token), requestID("1")).denied(413, "305", long)
	if list := d.messages(); len(list) != 0 {
		t.Errorf("one of them is shown: %+v", list)
	}
	name := strings.Repeat("é", 255)
	d.post(pushPath, `{"template_name":"`+name+`","template_parameters":{"a":null,"b":[1,{"c":"\u0000"}],"☕":1e5},"more":1}`, bearer(token), requestID("1")).done()
	if m := d.messages()[0]; m.Template != name || m.Text != "a:  · b: [1,{\"c\":\"\\u0000\"}] · ☕: 1e5" {
		t.Errorf("shown: %+v", m)
	}
}

func TestReminder(t *testing.T) {
	t.Parallel()
	d := start(t)
	token := d.open(allowAll).login()
	put := func(body string, headers ...header) answer {
		return d.send("PUT", reminderPath, body, append(headers, bearer(token))...)
	}
	remove := func(id string, headers ...header) answer {
		return d.send("DELETE", reminderPath+"/"+id, "", append(headers, bearer(token))...)
	}
	const bill = `{"template_name":"BILL","template_parameters":{"message":"Pay your bill","cta_label_en":"Pay now","cta_label_id":"Bayar","amount":"5000"}}`
	t.Run("is a card until its backend deletes it", func(t *testing.T) {
		id := put(bill).granted().text("data.reminder_id")
		m := d.messages()[0]
		if m.Kind != "reminder" || m.ReminderID != id || m.Title != "Kopi" || m.Text != "Pay your bill" || m.CTA != "Pay now" {
			t.Errorf("shown: %+v", m)
		}
		d.patch("/control/v1/device", `{"locale":"id_ID"}`)
		if m := d.messages()[0]; m.CTA != "Bayar" {
			t.Errorf("in Indonesian the button says %q", m.CTA)
		}
		remove(id).done()
		if n := len(d.messages()); n != 0 {
			t.Errorf("%d are shown", n)
		}
		remove(id).denied(404, "", "Reminder not found")
	})
	t.Run("needs no Request-Id; each is another", func(t *testing.T) {
		one, two := put(bill).text("data.reminder_id"), put(bill).text("data.reminder_id")
		if one == two || len(d.messages()) != 2 {
			t.Errorf("%s and %s, shown: %+v", one, two, d.messages())
		}
		remove(one).done()
		remove(two).done()
	})
	t.Run("with one, a retry gives the same", func(t *testing.T) {
		first := put(bill, requestID("a")).granted()
		again := put(bill, requestID("a")).granted()
		if string(first.body) != string(again.body) || len(d.messages()) != 1 {
			t.Errorf("%s, then %s", first.body, again.body)
		}
		put(`{"template_name":"X","template_parameters":{}}`, requestID("a")).denied(409, "310", "MALFORMED_DATA")
		id := first.text("data.reminder_id")
		remove(id, requestID("b")).done()
		remove(id, requestID("b")).done()
		remove("another", requestID("b")).denied(409, "310", "MALFORMED_DATA")
	})
	t.Run("of the page's sample has a reminder_id, which the next one replaces", func(t *testing.T) {
		named := strings.Replace(bill, `{"template_name"`, `{"reminder_id":"tagihan 1/2","template_name"`, 1)
		for range 2 {
			if got := put(named).granted().text("data.reminder_id"); got != "tagihan 1/2" {
				t.Errorf("got %q", got)
			}
		}
		if n := len(d.messages()); n != 1 {
			t.Errorf("%d are shown", n)
		}
		remove("tagihan%201%2F2").done()
		put(named).granted()
		d.send("DELETE", "/control/v1/messages/"+d.messages()[0].ID, "").ok(204)
		remove("tagihan%201%2F2").denied(404, "", "Reminder not found")
	})
	t.Run("of another user is not to be found", func(t *testing.T) {
		id := put(bill).granted().text("data.reminder_id")
		d.patch("/control/v1/users", `{"id":"`+d.post("/control/v1/users", `{"name":"Tono"}`).ok(201).text("id")+`","current":true}`)
		other := d.open(allowAll).login()
		d.send("DELETE", reminderPath+"/"+id, "", bearer(other)).denied(404, "", "Reminder not found")
		d.send("PUT", reminderPath, bill, bearer(other), requestID("a")).denied(409, "310", "MALFORMED_DATA")
		remove(id).done()
	})
	t.Run("ids that cannot be", func(t *testing.T) {
		for _, id := range []string{"none", "%00", "%ff", "%0a", strings.Repeat("x", 300), "%27%20OR%201=1"} {
			remove(id).denied(404, "", "Reminder not found")
		}
		for id, want := range map[string][2]string{
			`1`: {"310", "MALFORMED_DATA"}, `"a\nb"`: {"310", "MALFORMED_DATA"}, `"` + strings.Repeat("x", 256) + `"`: {"305", "ILLEGAL_LENGTH_FOR_FIELD"},
		} {
			put(`{"reminder_id":`+id+`,"template_name":"T","template_parameters":{}}`).denied(400, want[0], want[1])
		}
	})
	t.Run("bodies that cannot be", func(t *testing.T) {
		for body, want := range map[string][2]string{
			"": {"303", "FIELD_CANNOT_BE_BLANK"}, `{"template_name":"T"}`: {"303", "FIELD_CANNOT_BE_BLANK"}, `{"template_parameters":{}}`: {"303", "FIELD_CANNOT_BE_BLANK"},
			`[]`: {"310", "MALFORMED_DATA"}, `{"template_name":1,"template_parameters":{}}`: {"310", "MALFORMED_DATA"}, `{"template_name":"T","template_parameters":[]}`: {"310", "MALFORMED_DATA"},
			`{`: {"902", "MALFORMED_JSON"}, `{"template_name":"T","template_parameters":{},"template_name":"T"}`: {"902", "MALFORMED_JSON"},
		} {
			put(body).denied(400, want[0], want[1])
		}
	})
}

func TestMessages_by_templates(t *testing.T) {
	t.Parallel()
	d := startWith(t, `{"id":"kopi","name":"Kopi","templates":[
		{"name":"REFUND","kind":"push","title":"Refund","text":"{currency} {amount} came back, {nobody}"},{"name":"BILL","kind":"reminder"}]}`)
	token := d.open("").login()
	push := func(id, template string) answer {
		return d.post(pushPath, `{"template_name":"`+template+`","template_parameters":{"amount":5000,"currency":"{amount}"}}`, bearer(token), requestID(id))
	}
	push("1", "REFUND").done()
	if m := d.messages()[0]; m.Title != "Refund" || m.Text != "{amount} 5000 came back, {nobody}" {
		t.Errorf("shown: %+v", m)
	}
	for i, name := range []string{"BILL", "refund", "OTHER", "REFUND "} {
		push("again", name).denied(404, "40003", "NotificationTemplate not found")
		d.send("PUT", reminderPath, `{"template_name":"`+[]string{"REFUND", "bill", "OTHER", " "}[i]+`","template_parameters":{}}`, bearer(token)).
			denied(404, "40003", "NotificationTemplate not found")
	}
	push("again", "REFUND").done() // what failed has not used the id up
	d.send("PUT", reminderPath, `{"template_name":"BILL","template_parameters":{}}`, bearer(token)).granted()
}

func TestMessages_in_the_journal(t *testing.T) {
	t.Parallel()
	d := start(t)
	l := d.open(allowAll)
	token := l.login()
	d.post(pushPath, `{"template_name":"PROMO","template_parameters":{}}`, bearer(token), requestID("1")).done()
	id := d.send("PUT", reminderPath, `{"template_name":"BILL","template_parameters":{}}`, bearer(token)).granted().text("data.reminder_id")
	d.send("DELETE", reminderPath+"/"+id, "", bearer(token)).done()
	d.send("DELETE", "/control/v1/messages/"+d.messages()[0].ID, "").ok(204)
	user := d.get("/control/v1/state").text("current_user")
	var titles []string
	for _, e := range d.entries("message") {
		titles = append(titles, e.Title)
		if e.MiniApp != "kopi" || e.User != user || (e.Launch != l.id) != strings.Contains(e.Title, "dismissed") {
			t.Errorf("%+v", e)
		}
	}
	if got := strings.Join(titles, ", "); got != "push shown: PROMO, reminder shown: BILL, reminder deleted: BILL, push dismissed: PROMO" {
		t.Errorf("the journal tells %q", got)
	}
}

// backendEntry is an entry of the journal.
type backendEntry struct {
	Kind, Title, Next string
	MiniApp           string `json:"mini_app_id"`
	User              string `json:"user_id"`
	Launch            string `json:"launch_id"`
	Detail            map[string]any
}

// entries gives the journal's entries of a kind, in order.
func (d *dev) entries(kind string) (list []backendEntry) {
	d.t.Helper()
	var all []backendEntry
	d.get("/control/v1/journal").into(&struct{ Entries *[]backendEntry }{&all})
	for _, e := range all {
		if e.Kind == kind {
			list = append(list, e)
		}
	}
	return list
}
