package provider

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/selasar/selasar/internal/transfer"
	"github.com/selasar/selasar/spec"
)

// The document has exactly the requests of the reference, the states that the client
// knows, and the headers of a signed message.
func TestOpenAPI_is_what_the_reference_serves(t *testing.T) {
	t.Parallel()
	var document struct {
		Info       struct{ Description string }
		Paths      map[string]map[string]any
		Components struct {
			Responses map[string]struct {
				Content map[string]struct {
					Schema struct {
						Properties struct {
							State struct{ Enum []string }
						}
					}
				}
			}
		}
	}
	if err := yaml.Unmarshal(spec.Provider, &document); err != nil {
		t.Fatal(err)
	}
	var listed []string
	for path, operations := range document.Paths {
		for method := range operations {
			if method != "parameters" {
				listed = append(listed, strings.ToUpper(method)+" "+path)
			}
		}
	}
	slices.Sort(listed)
	if served := slices.Sorted(maps.Keys((&Reference{}).routes(nil))); !slices.Equal(listed, served) {
		t.Errorf("the document lists %q, the reference serves %q", listed, served)
	}
	for kind, name := range map[transfer.Kind]string{transfer.Charge: "ChargeOutcome", transfer.Refund: "RefundOutcome"} {
		states := slices.Sorted(slices.Values(document.Components.Responses[name].Content["application/json"].Schema.Properties.State.Enum))
		if want := slices.Sorted(maps.Keys(known[kind])); !slices.Equal(states, want) {
			t.Errorf("%s: the document lists %q, the client knows %q", name, states, want)
		}
	}
	for _, name := range []string{headerTimestamp, headerNonce, headerSignature, headerKey} {
		if !strings.Contains(document.Info.Description, "`"+name+"`") {
			t.Errorf("the document does not describe %s", name)
		}
	}
}
