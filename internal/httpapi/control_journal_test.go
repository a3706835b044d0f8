package httpapi_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// told gives the journal's entries of a kind as "title: outcome", in order.
func (d *dev) told(kind string) (list []string) {
	d.t.Helper()
	var all struct {
		Entries []struct{ Kind, Title, Outcome string }
	}
	d.get("/control/v1/journal").into(&all)
	for _, e := range all.Entries {
		if e.Kind == kind {
			list = append(list, e.Title+": "+e.Outcome)
		}
	}
	return list
}

func (d *dev) tells(kind string, want ...string) {
	d.t.Helper()
	if got := d.told(kind); !reflect.DeepEqual(got, want) {
		d.t.Errorf("the journal tells %q of %s, want %q", got, kind, want)
	}
}

func TestJournal_of_a_suspended_mini_app_and_its_refused_launch(t *testing.T) {
	t.Parallel()
	d := start(t)
	d.patch("/control/v1/mini-app", `{"status":"suspended"}`)
	d.patch("/control/v1/mini-app", `{"status":"suspended"}`) // is so already
	d.post("/host/v1/launches", "").refused(403, "mini_app_suspended")
	d.post("/host/v1/launches", `{"user_id":"nobody"}`).refused(403, "mini_app_suspended")
	d.patch("/control/v1/mini-app", `{"status":"active"}`)
	d.post("/host/v1/launches", `{"user_id":"nobody"}`).refused(404, "user_unknown") // the host's own affair
	d.tells("mini_app", "mini app suspended: info", "mini app activated: info")
	d.tells("launch", "launch refused: failed", "launch refused: failed")
	if next := d.entries("launch")[0].Next; !strings.Contains(next, "activate") {
		t.Errorf("what to do next is %q", next)
	}
}

func TestJournal_of_faults(t *testing.T) {
	t.Parallel()
	d := start(t)
	one := d.post("/control/v1/faults", `{"operation":"status","code":"5045500","times":3}`).ok(201).text("id")
	d.send("DELETE", "/control/v1/faults/"+one, "").ok(204)
	d.send("DELETE", "/control/v1/faults/"+one, "").refused(404, "not_found")
	d.send("DELETE", "/control/v1/faults", "").ok(204) // there are none
	for range 2 {
		d.post("/control/v1/faults", `{"operation":"token","delay_ms":1}`).ok(201)
	}
	d.send("DELETE", "/control/v1/faults", "").ok(204)
	d.tells("fault", "fault added: status 5045500: info", "fault removed: status 5045500: info",
		"fault added: token: info", "fault added: token: info", "faults removed: 2: info")
}

func TestJournal_of_a_wallet_that_is_short(t *testing.T) {
	t.Parallel()
	d := start(t)
	p, l := d.payment(`{"amount":250001}`), d.open(allowAll)
	p.press("pay").page(409, "open", "The wallet is short.")
	ask := l.call("triggerPayment", fmt.Sprintf(`{"deeplink":"gopay://merchanttransfer?tref=%s"}`, p.ref)).text("ask.id")
	l.answer(ask, `{"answer":"success"}`).refused(409, "insufficient_funds")
	l.answer(ask, `{"answer":"later"}`).refused(400, "answer_invalid")
	d.tells("payment", "payment created Rp250.001: info", "payment refused: failed", "payment refused: failed")
	last := d.entries("payment")[2]
	if last.Launch != l.id || last.Detail["reference_no"] != p.ref || !strings.Contains(last.Next, "top the wallet up") {
		t.Errorf("got %+v", last)
	}
}

func TestJournal_names_what_of_a_user_was_changed_and_no_value(t *testing.T) {
	t.Parallel()
	d := start(t)
	began := len(d.told("user"))
	d.patch("/control/v1/users", `{"balance":1000,"bank":{"bank_code":"jago","account_name":"Sari","account_number":"123450000"}}`)
	d.patch("/control/v1/users", `{"current":true}`)
	if got := d.told("user")[began:]; !reflect.DeepEqual(got, []string{"user changed: info", "user switched: info"}) {
		t.Errorf("the journal tells %q", got)
	}
	entry := d.entries("user")[began]
	if got := fmt.Sprint(entry.Detail["changed"]); got != "[balance bank]" {
		t.Errorf("changed is %s", got)
	}
	if told := string(d.get("/control/v1/journal").body); strings.Contains(told, "123450000") {
		t.Error("the journal holds the account number")
	}
}
