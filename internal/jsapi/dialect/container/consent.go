package container

import (
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/operation"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/miniapp"
)

// authorize is written twice in the documentation, with its result beside data and in it
// (C11).
func authorize() *jsapi.Binding {
	scopes := schema.Map(schema.Boolean()).Doc("Whether the user has given the consent, by its name.")
	result := schema.Object(schema.Optional("successScope", scopes))
	beside := schema.Object(schema.Optional("successScope", scopes))
	within := func(here, there string) func(c *jsapi.Call, data any) any {
		return func(c *jsapi.Call, data any) any {
			got, _ := data.(operation.Consented)
			if c.Variant(miniapp.SuccessScope) == there {
				return map[string]any{}
			}
			return map[string]any{"successScope": map[string]bool{got.Name: got.Given}}
		}
	}
	return &jsapi.Binding{
		Operation: operation.RequestConsent, Class: "GP", Method: "authorize", Aliases: []string{"GPConsent.getUserConsent"}, Since: consents,
		Rename: map[string]string{"consent_name": "scope"},
		Result: &result, Out: within("data", "top"),
		BesideSchema: &beside, Beside: within("top", "data"),
	}
}
