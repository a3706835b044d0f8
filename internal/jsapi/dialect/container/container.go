// Package container has the two dialects of gpContainer.call, the generation B of the
// GoPay documentation (frontend-v1, frontend-v2). They share their envelope and differ in
// their methods, and in the spelling of an error's members.
//
// It declares how gpContainer writes operations, not what they do. The script in the page
// is sdk/container.
package container

import (
	"fmt"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/miniapp"
)

// Family is the name for both dialects: the mini app's generation chooses one. In launches
// of MiniAppSDK it is V2.
const Family = "container"

// V2 is the dialect of Container V2: a mini app at a URL of its owner.
var V2 = jsapi.MustDialect(jsapi.Dialect{
	Name: "container-v2", Generation: miniapp.ContainerV2, Family: Family, Bindings: v2Bindings,
	About:   about("generation B, Container V2", v2Page),
	Codes:   jsapi.Codes,
	Success: success, Failure: failure, AskFor: askFor, EventForm: eventForm,
})

// V1 is the dialect of Container V1: a mini app that is bundled in a ZIP file.
var V1 = jsapi.MustDialect(jsapi.Dialect{
	Name: "container-v1", Generation: miniapp.ContainerV1, Family: Family, Bindings: v1Bindings,
	About:   about("generation B, Container V1", v1Page),
	Codes:   jsapi.Codes,
	Success: success, Failure: failure, AskFor: askFor, EventForm: eventForm,
})

func about(generation, page string) jsapi.About {
	return jsapi.About{
		Surface: "gpContainer", Generation: generation, Page: page,
		Envelope: "The last arguments of `gpContainer.call(className, methodName, params, success, failure, timeout)` are callbacks. `success` gets\n" +
			"`{success: true, data, ret: \"GP_SUCCESS\"}`, and `failure` gets `{success: false, error_code, error_type, error_message, ret: \"GP_EXCEPTION\"}`.\n" +
			"Some methods have values beside `data`. The members of a failure are also in camelCase, and in `container-v1` only so.",
		Sample: func(class, method, params string) string {
			return fmt.Sprintf("gpContainer.call(%q, %q, %s, success, failure);", class, method, params)
		},
	}
}

func askFor(name consent.Name) string {
	return fmt.Sprintf(`gpContainer.call("GP", "authorize", {scope: %q}, ...)`, name)
}
