package admin

import (
	"testing"

	"github.com/selasar/selasar/internal/testkit/openapitest"
	"github.com/selasar/selasar/spec"
)

func TestDocument_has_exactly_the_routes_with_their_rights(t *testing.T) {
	left := openapitest.Parse(spec.Admin).Operations()
	for _, one := range (&door{}).table() {
		operation, ok := left[one.pattern]
		if !ok {
			t.Errorf("spec/admin.yaml has no %s", one.pattern)
			continue
		}
		delete(left, one.pattern)
		scope, _ := operation["x-scope"].(string)
		if operation["x-role"] != string(one.role) || scope != string(one.scope) {
			t.Errorf("%s needs %s %s; spec/admin.yaml has %v %q", one.pattern, one.role, one.scope, operation["x-role"], scope)
		}
		if operation["security"] != nil {
			t.Errorf("%s has its own security", one.pattern)
		}
	}
	delete(left, "GET /healthz")
	delete(left, "GET /openapi.yaml")
	for name := range left {
		t.Errorf("the API has no %s", name)
	}
}

// A route that changes something has an action for the audit log, and a retry of it
// has one effect.
func TestDocument_states_which_routes_are_idempotent(t *testing.T) {
	document := openapitest.Parse(spec.Admin)
	operations := document.Operations()
	for _, one := range (&door{}).table() {
		acts := one.act != nil || one.prepare != nil
		if acts == (one.read != nil) || acts != (one.action != "") {
			t.Errorf("%s: it needs read, or an action with act or prepare", one.pattern)
		}
		keyed := false
		parameters, _ := operations[one.pattern]["parameters"].([]any)
		for _, p := range parameters {
			keyed = keyed || p.(map[string]any)["$ref"] == "#/components/parameters/IdempotencyKey"
		}
		if keyed != acts {
			t.Errorf("%s: Idempotency-Key is %v in spec/admin.yaml", one.pattern, keyed)
		}
	}
}

func TestDocument_examples_are_valid(t *testing.T) {
	checked, mistakes := openapitest.Parse(spec.Admin).CheckExamples()
	for _, err := range mistakes {
		t.Error(err)
	}
	if checked < 50 {
		t.Errorf("only %d examples", checked)
	}
}
