package serve_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/serve"
)

// A withdrawn consent refuses the next call of an open launch. Each decision has a receipt,
// the ledger stays whole, and an erasure leaves nothing of the user in it.
func TestConsents_are_exported_withdrawn_and_erased(t *testing.T) {
	t.Parallel()
	o := start(t, serve.Config{Operator: consent.Operator{Name: "Super App Ltd", Email: "privacy@super.example"}})
	l := o.opened()
	token := []string{"Authorization", "Bearer " + l.at("token")}
	call := func() answer {
		return o.do("POST", "/host/v1/launches/"+l.at("launch_id")+"/calls", `{"method":"getAuthCode"}`, token...).is(200)
	}
	o.do("POST", "/host/v1/asks/"+l.at("ask.id")+"/answer", `{"answer":"allow"}`, token...).is(200)
	if allowed := call(); allowed.at("result.success") != "true" {
		t.Fatalf("with the consent: %s", allowed.text)
	}
	gone := o.do("POST", "/admin/v1/users/u-1/consents/withdraw", `{"mini_app_id":"kopi","source":"settings"}`).is(200)
	if !strings.Contains(gone.text, `["profile"]`) {
		t.Errorf("withdrawn: %s", gone.text)
	}
	if again := o.do("POST", "/admin/v1/users/u-1/consents/withdraw", `{"mini_app_id":"kopi"}`).is(200); !strings.Contains(again.text, `[]`) {
		t.Errorf("withdrawn twice: %s", again.text)
	}
	o.do("POST", "/admin/v1/users/u-1/consents/withdraw", `{"mini_app_id":"kopi","consents":["x"]}`).refused(400, "bad_request")
	o.do("POST", "/admin/v1/users/u-1/consents/withdraw", `{"mini_app_id":"kopi","source":"launch"}`).refused(400, "bad_request")
	o.do("POST", "/admin/v1/users/u-1/consents/withdraw", `{"mini_app_id":"teh"}`).refused(404, "mini_app_unknown")

	exported := o.do("GET", "/admin/v1/users/u-1/consents", "").is(200)
	for _, want := range []string{`"event_state":"given"`, `"event_state":"withdrawn"`, "Super App Ltd", `"party_name":"Kopi"`, `"source":"settings"`} {
		if !strings.Contains(exported.text, want) {
			t.Errorf("the export has no %s: %s", want, exported.text)
		}
	}
	first := exported.body["consents"].([]any)[0].(map[string]any)["id"].(string)
	o.do("GET", "/admin/v1/consents/"+first+"/receipt", "").is(200)
	anchor := o.whole("")

	o.do("POST", "/admin/v1/users/u-1/erase", "").refused(409, "conflict") // the wallet has money
	o.do("PUT", "/admin/v1/users/u-1", `{"balance":0}`).is(200)
	o.do("POST", "/admin/v1/users/u-1/erase", "").is(204)
	o.do("GET", "/admin/v1/consents/"+first+"/receipt", "").refused(404, "not_found")
	if after := o.do("GET", "/admin/v1/users/u-1/consents", "").is(200); !strings.Contains(after.text, `"consents":[]`) {
		t.Errorf("after the erasure: %s", after.text)
	}
	if kept := o.do("GET", "/admin/v1/users/u-1", "").is(200); strings.Contains(kept.text, "Sari") {
		t.Errorf("the user: %s", kept.text)
	}
	o.whole(anchor)
}

// whole verifies the ledger and the audit log, and returns the ledger's anchor.
func (o *operator) whole(anchor string) string {
	o.t.Helper()
	report := o.do("POST", "/admin/v1/consents/verify", `{"anchor":"`+anchor+`"}`).is(200)
	audit := o.do("POST", "/admin/v1/audit/verify", "").is(200)
	if report.body["fault"] != nil || audit.body["fault"] != nil || audit.at("entries") == "0" {
		o.t.Errorf("the ledger: %s; the audit log: %s", report.text, audit.text)
	}
	return report.at("anchor")
}

func TestDeletion_of_a_mini_app_withdraws_its_consents(t *testing.T) {
	t.Parallel()
	o := start(t, serve.Config{})
	l := o.opened()
	o.do("POST", "/host/v1/asks/"+l.at("ask.id")+"/answer", `{"answer":"allow"}`, "Authorization", "Bearer "+l.at("token")).is(200)
	o.do("DELETE", "/admin/v1/mini-apps/kopi", "").is(204)
	o.do("GET", "/admin/v1/mini-apps/kopi", "").refused(404, "mini_app_unknown")
	o.do("POST", "/admin/v1/mini-apps", kopi).refused(409, "conflict")
	if err := o.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := o.do("GET", "/admin/v1/users/u-1/consents", "").is(200); !strings.Contains(left.text, `"event_state":"withdrawn"`) {
		t.Errorf("after the deletion: %s", left.text)
	}
}
