package control_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestJournal_of_a_suspended_mini_app_and_its_refused_launch(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	d.Patch("/control/v1/mini-app", `{"status":"suspended"}`)
	d.Patch("/control/v1/mini-app", `{"status":"suspended"}`) // it is already suspended
	d.Post("/host/v1/launches", "").Refused(403, "mini_app_suspended")
	d.Post("/host/v1/launches", `{"user_id":"nobody"}`).Refused(403, "mini_app_suspended")
	d.Patch("/control/v1/mini-app", `{"status":"active"}`)
	d.Post("/host/v1/launches", `{"user_id":"nobody"}`).Refused(404, "user_unknown") // this refusal has no journal entry
	d.Tells("mini_app", "mini app suspended: info", "mini app activated: info")
	d.Tells("launch", "launch refused: failed", "launch refused: failed")
	if next := d.Entries("launch")[0].Next; !strings.Contains(next, "activate") {
		t.Errorf("what to do next is %q", next)
	}
}

func TestJournal_of_faults(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	one := d.Post("/control/v1/faults", `{"operation":"status","code":"5045500","times":3}`).OK(201).Text("id")
	d.Send("DELETE", "/control/v1/faults/"+one, "").OK(204)
	d.Send("DELETE", "/control/v1/faults/"+one, "").Refused(404, "not_found")
	d.Send("DELETE", "/control/v1/faults", "").OK(204) // there are none
	for range 2 {
		d.Post("/control/v1/faults", `{"operation":"token","delay_ms":1}`).OK(201)
	}
	d.Send("DELETE", "/control/v1/faults", "").OK(204)
	d.Tells("fault", "fault added: status 5045500: info", "fault removed: status 5045500: info",
		"fault added: token: info", "fault added: token: info", "faults removed: 2: info")
}

func TestJournal_of_a_wallet_with_too_little_balance(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	p, l := d.Payment(`{"amount":250001}`), d.Open(apitest.AllowAll)
	p.Press("pay").Page(409, "open", "The wallet is short.")
	ask := l.Call("triggerPayment", fmt.Sprintf(`{"deeplink":"gopay://merchanttransfer?tref=%s"}`, p.Ref)).Text("ask.id")
	l.Answer(ask, `{"answer":"success"}`).Refused(409, "insufficient_funds")
	l.Answer(ask, `{"answer":"later"}`).Refused(400, "answer_invalid")
	d.Tells("payment", "payment created Rp250.001: info", "payment refused: failed", "payment refused: failed")
	last := d.Entries("payment")[2]
	if last.Launch != l.ID || last.Detail["reference_no"] != p.Ref || !strings.Contains(last.Next, "top the wallet up") {
		t.Errorf("got %+v", last)
	}
}

func TestJournal_names_the_changed_members_of_a_user_without_values(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	began := len(d.Told("user"))
	d.Patch("/control/v1/users", `{"balance":1000,"bank":{"bank_code":"jago","account_name":"Sari","account_number":"123450000"}}`)
	d.Patch("/control/v1/users", `{"current":true}`)
	if got := d.Told("user")[began:]; !reflect.DeepEqual(got, []string{"user changed: info", "user switched: info"}) {
		t.Errorf("the journal tells %q", got)
	}
	entry := d.Entries("user")[began]
	if got := fmt.Sprint(entry.Detail["changed"]); got != "[balance bank]" {
		t.Errorf("changed is %s", got)
	}
	if told := string(d.Get("/control/v1/journal").Body); strings.Contains(told, "123450000") {
		t.Error("the journal holds the account number")
	}
}
