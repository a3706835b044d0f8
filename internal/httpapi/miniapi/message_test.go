package miniapi_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestPush(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	token := d.Open(apitest.AllowAll).Login()
	push := func(id, body string) apitest.Answer {
		return d.Post(apitest.PushPath, body, apitest.Bearer(token), apitest.RequestID(id))
	}
	t.Run("is shown, with the body of the page's sample", func(t *testing.T) {
		push("1", `{"template_name":"HK_PDS_NOTIFY","template_parameters":{"amount":"10000","currency":"IDR"}}`).Done()
		list := d.Messages()
		if len(list) != 1 {
			t.Fatalf("shown: %+v", list)
		}
		m := list[0]
		if m.Kind != "push" || m.App != "Kopi" || m.Title != "Kopi" || m.Text != "amount: 10000 · currency: IDR" || m.Template != "HK_PDS_NOTIFY" || m.Parameters["amount"] != "10000" || m.At == 0 {
			t.Errorf("shown: %+v", m)
		}
	})
	t.Run("a retry shows no second message", func(t *testing.T) {
		for range 3 {
			push("1", `{"template_name":"HK_PDS_NOTIFY","template_parameters":{"amount":"10000","currency":"IDR"}}`).Done()
		}
		if n := len(d.Messages()); n != 1 {
			t.Errorf("%d are shown", n)
		}
	})
	t.Run("another body under its id is refused", func(t *testing.T) {
		push("1", `{"template_name":"HK_PDS_NOTIFY","template_parameters":{}}`).Denied(409, "310", "MALFORMED_DATA")
	})
	t.Run("the user dismisses it, once", func(t *testing.T) {
		id := d.Messages()[0].ID
		d.Send("DELETE", "/control/v1/messages/"+id, "").OK(204)
		d.Send("DELETE", "/control/v1/messages/"+id, "").Refused(404, "message_unknown")
		d.Send("DELETE", "/control/v1/messages/%00", "").Refused(404, "message_unknown")
		if list := d.Messages(); len(list) != 0 {
			t.Errorf("shown: %+v", list)
		}
	})
	t.Run("goes to the token's user", func(t *testing.T) {
		first := d.Get("/control/v1/state").Text("current_user")
		d.Patch("/control/v1/users", `{"id":"`+d.Post("/control/v1/users", `{"name":"Tono"}`).OK(201).Text("id")+`","current":true}`)
		push("2", `{"template_name":"T","template_parameters":{}}`).Done()
		if list := d.Messages(); len(list) != 0 {
			t.Errorf("another user is shown %+v", list)
		}
		if got := d.Get("/control/v1/messages?user_id=" + first).Member("messages"); !strings.Contains(got, `"template_name":"T"`) {
			t.Errorf("its user is shown %s", got)
		}
		d.Send("GET", "/control/v1/messages?user_id=nobody", "").Refused(404, "user_unknown")
		d.Send("GET", "/control/v1/messages?user_id=%00", "").Refused(404, "user_unknown")
	})
	t.Run("needs a Request-Id", func(t *testing.T) {
		d.Post(apitest.PushPath, `{"template_name":"T","template_parameters":{}}`, apitest.Bearer(token)).Denied(400, "303", "FIELD_CANNOT_BE_BLANK")
	})
}

func TestPush_bodies(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	token := d.Open(apitest.AllowAll).Login()
	const malformed, blank, unread, long, wrong = "MALFORMED_JSON", "FIELD_CANNOT_BE_BLANK", "INVALID_REQUEST_ERROR", "ILLEGAL_LENGTH_FOR_FIELD", "MALFORMED_DATA"
	for body, want := range map[string][2]string{
		"": {"303", blank}, "{}": {"303", blank}, `{"template_parameters":{}}`: {"303", blank}, `{"template_name":"T"}`: {"303", blank},
		`{"template_name":"","template_parameters":{}}`: {"303", blank}, `{"template_name":null,"template_parameters":{}}`: {"303", blank},
		`{"template_name":"T","template_parameters":null}`: {"303", blank}, `{"TEMPLATE_NAME":"T","template_parameters":{}}`: {"303", blank},
		"null": {"2903", unread}, `[]`: {"2903", unread}, `"x"`: {"2903", unread}, `1`: {"2903", unread}, `{"template_name":1,"template_parameters":{}}`: {"2903", unread},
		`{"template_name":"T","template_parameters":{"a":"\u0000"}}`: {"310", wrong}, `{"template_name":"T","template_parameters":{"a":[{"b\u001b":1}]}}`: {"310", wrong},
		`{"template_name":"T","template_parameters":"x"}`: {"2903", unread}, `{"template_name":"T","template_parameters":[]}`: {"2903", unread},
		`{`: {"902", malformed}, `{"template_name":"T","template_parameters":{}}x`: {"902", malformed}, `{"template_name":"T","template_name":"U","template_parameters":{}}`: {"902", malformed},
		`{"template_name":"T","template_parameters":{"a":1,"a":2}}`: {"902", malformed}, `{"template_name":"T","template_parameters":{"a":"` + "\xff" + `"}}`: {"902", malformed},
		`{"template_name":"T","template_parameters":{"a":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}}`: {"902", malformed},
		`{"template_name":"` + strings.Repeat("x", 256) + `","template_parameters":{}}`:                                   {"305", long},
		`{"template_name":"T","template_parameters":{"a":"` + strings.Repeat("x", 16<<10) + `"}}`:                         {"305", long},
		`{"template_name":"T","template_parameters":{"` + strings.Repeat("x", 16<<10) + `":1}}`:                           {"305", long},
		`{"template_name":"a\nb","template_parameters":{}}`:                                                               {"310", wrong}, `{"template_name":"\u0000","template_parameters":{}}`: {"310", wrong},
	} {
		d.Post(apitest.PushPath, body, apitest.Bearer(token), apitest.RequestID("1")).Denied(400, want[0], want[1])
	}
	d.Post(apitest.PushPath, `{"x":"`+strings.Repeat("x", 5<<20)+`"}`, apitest.Bearer(token), apitest.RequestID("1")).Denied(413, "305", long)
	if list := d.Messages(); len(list) != 0 {
		t.Errorf("one of them is shown: %+v", list)
	}
	name := strings.Repeat("é", 255)
	d.Post(apitest.PushPath, `{"template_name":"`+name+`","template_parameters":{"a":null,"b":[1,{"c":"\t"}],"☕":1e5},"more":1}`, apitest.Bearer(token), apitest.RequestID("1")).Done()
	if m := d.Messages()[0]; m.Template != name || m.Text != "a:  · b: [1,{\"c\":\"\\t\"}] · ☕: 1e5" {
		t.Errorf("shown: %+v", m)
	}
}

func TestReminder(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	token := d.Open(apitest.AllowAll).Login()
	put := func(body string, headers ...apitest.Header) apitest.Answer {
		return d.Send("PUT", apitest.ReminderPath, body, append(headers, apitest.Bearer(token))...)
	}
	remove := func(id string, headers ...apitest.Header) apitest.Answer {
		return d.Send("DELETE", apitest.ReminderPath+"/"+id, "", append(headers, apitest.Bearer(token))...)
	}
	const bill = `{"template_name":"BILL","template_parameters":{"message":"Pay your bill","cta_label_en":"Pay now","cta_label_id":"Bayar","amount":"5000"}}`
	t.Run("is a card until its backend deletes it", func(t *testing.T) {
		id := put(bill).Granted().Text("data.reminder_id")
		m := d.Messages()[0]
		if m.Kind != "reminder" || m.ReminderID != id || m.Title != "Kopi" || m.Text != "Pay your bill" || m.CTA != "Pay now" {
			t.Errorf("shown: %+v", m)
		}
		d.Patch("/control/v1/device", `{"locale":"id_ID"}`)
		if m := d.Messages()[0]; m.CTA != "Bayar" {
			t.Errorf("in Indonesian the button says %q", m.CTA)
		}
		remove(id).Done()
		if n := len(d.Messages()); n != 0 {
			t.Errorf("%d are shown", n)
		}
		remove(id).Denied(404, "", "Reminder not found")
	})
	t.Run("needs no Request-Id; each request creates a reminder", func(t *testing.T) {
		one, two := put(bill).Text("data.reminder_id"), put(bill).Text("data.reminder_id")
		if one == two || len(d.Messages()) != 2 {
			t.Errorf("%s and %s, shown: %+v", one, two, d.Messages())
		}
		remove(one).Done()
		remove(two).Done()
	})
	t.Run("with a Request-Id, a retry gets the same reminder", func(t *testing.T) {
		first := put(bill, apitest.RequestID("a")).Granted()
		again := put(bill, apitest.RequestID("a")).Granted()
		if string(first.Body) != string(again.Body) || len(d.Messages()) != 1 {
			t.Errorf("%s, then %s", first.Body, again.Body)
		}
		put(`{"template_name":"X","template_parameters":{}}`, apitest.RequestID("a")).Denied(409, "310", "MALFORMED_DATA")
		id := first.Text("data.reminder_id")
		remove(id, apitest.RequestID("b")).Done()
		remove(id, apitest.RequestID("b")).Done()
		remove("another", apitest.RequestID("b")).Denied(409, "310", "MALFORMED_DATA")
	})
	t.Run("of the page's sample has a reminder_id, which the next one replaces", func(t *testing.T) {
		named := strings.Replace(bill, `{"template_name"`, `{"reminder_id":"tagihan 1/2","template_name"`, 1)
		for range 2 {
			if got := put(named).Granted().Text("data.reminder_id"); got != "tagihan 1/2" {
				t.Errorf("got %q", got)
			}
		}
		if n := len(d.Messages()); n != 1 {
			t.Errorf("%d are shown", n)
		}
		remove("tagihan%201%2F2").Done()
		put(named).Granted()
		d.Send("DELETE", "/control/v1/messages/"+d.Messages()[0].ID, "").OK(204)
		remove("tagihan%201%2F2").Denied(404, "", "Reminder not found")
	})
	t.Run("a reminder of another user is not found", func(t *testing.T) {
		id := put(bill).Granted().Text("data.reminder_id")
		d.Patch("/control/v1/users", `{"id":"`+d.Post("/control/v1/users", `{"name":"Tono"}`).OK(201).Text("id")+`","current":true}`)
		other := d.Open(apitest.AllowAll).Login()
		d.Send("DELETE", apitest.ReminderPath+"/"+id, "", apitest.Bearer(other)).Denied(404, "", "Reminder not found")
		d.Send("PUT", apitest.ReminderPath, bill, apitest.Bearer(other), apitest.RequestID("a")).Denied(409, "310", "MALFORMED_DATA")
		remove(id).Done()
	})
	t.Run("invalid ids", func(t *testing.T) {
		for _, id := range []string{"none", "%00", "%ff", "%0a", strings.Repeat("x", 300), "%27%20OR%201=1"} {
			remove(id).Denied(404, "", "Reminder not found")
		}
		for id, want := range map[string][2]string{
			`1`: {"310", "MALFORMED_DATA"}, `"a\nb"`: {"310", "MALFORMED_DATA"}, `"` + strings.Repeat("x", 256) + `"`: {"305", "ILLEGAL_LENGTH_FOR_FIELD"},
		} {
			put(`{"reminder_id":`+id+`,"template_name":"T","template_parameters":{}}`).Denied(400, want[0], want[1])
		}
	})
	t.Run("invalid bodies", func(t *testing.T) {
		for body, want := range map[string][2]string{
			"": {"303", "FIELD_CANNOT_BE_BLANK"}, `{"template_name":"T"}`: {"303", "FIELD_CANNOT_BE_BLANK"}, `{"template_parameters":{}}`: {"303", "FIELD_CANNOT_BE_BLANK"},
			`[]`: {"310", "MALFORMED_DATA"}, `{"template_name":1,"template_parameters":{}}`: {"310", "MALFORMED_DATA"}, `{"template_name":"T","template_parameters":[]}`: {"310", "MALFORMED_DATA"},
			`{`: {"902", "MALFORMED_JSON"}, `{"template_name":"T","template_parameters":{},"template_name":"T"}`: {"902", "MALFORMED_JSON"},
		} {
			put(body).Denied(400, want[0], want[1])
		}
	})
}

func TestMessages_by_templates(t *testing.T) {
	t.Parallel()
	d := apitest.StartWith(t, `{"id":"kopi","name":"Kopi","templates":[
		{"name":"REFUND","kind":"push","title":"Refund","text":"{currency} {amount} came back, {nobody}"},{"name":"BILL","kind":"reminder"}]}`)
	token := d.Open("").Login()
	push := func(id, template string) apitest.Answer {
		return d.Post(apitest.PushPath, `{"template_name":"`+template+`","template_parameters":{"amount":5000,"currency":"{amount}"}}`, apitest.Bearer(token), apitest.RequestID(id))
	}
	push("1", "REFUND").Done()
	if m := d.Messages()[0]; m.Title != "Refund" || m.Text != "{amount} 5000 came back, {nobody}" {
		t.Errorf("shown: %+v", m)
	}
	for i, name := range []string{"BILL", "refund", "OTHER", "REFUND "} {
		push("again", name).Denied(404, "40003", "NotificationTemplate not found")
		d.Send("PUT", apitest.ReminderPath, `{"template_name":"`+[]string{"REFUND", "bill", "OTHER", " "}[i]+`","template_parameters":{}}`, apitest.Bearer(token)).
			Denied(404, "40003", "NotificationTemplate not found")
	}
	push("again", "REFUND").Done() // the failed request has not used the id
	d.Send("PUT", apitest.ReminderPath, `{"template_name":"BILL","template_parameters":{}}`, apitest.Bearer(token)).Granted()
}

func TestMessages_in_the_journal(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	token := l.Login()
	d.Post(apitest.PushPath, `{"template_name":"PROMO","template_parameters":{}}`, apitest.Bearer(token), apitest.RequestID("1")).Done()
	id := d.Send("PUT", apitest.ReminderPath, `{"template_name":"BILL","template_parameters":{}}`, apitest.Bearer(token)).Granted().Text("data.reminder_id")
	d.Send("DELETE", apitest.ReminderPath+"/"+id, "", apitest.Bearer(token)).Done()
	d.Send("DELETE", "/control/v1/messages/"+d.Messages()[0].ID, "").OK(204)
	user := d.Get("/control/v1/state").Text("current_user")
	var titles []string
	for _, e := range d.Entries("message") {
		titles = append(titles, e.Title)
		if e.MiniApp != "kopi" || e.User != user || (e.Launch != l.ID) != strings.Contains(e.Title, "dismissed") {
			t.Errorf("%+v", e)
		}
	}
	if got := strings.Join(titles, ", "); got != "push shown: PROMO, reminder shown: BILL, reminder deleted: BILL, push dismissed: PROMO" {
		t.Errorf("the journal tells %q", got)
	}
}
