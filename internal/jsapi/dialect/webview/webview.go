// Package webview is the dialect of MiniAppSDK, the generation A of the GoPay
// documentation: eight methods, the envelope {success, data, error} that always has its
// three members, and nine numeric error codes.
//
// It declares how MiniAppSDK writes operations, not what they do.
package webview

import (
	"encoding/json"
	"fmt"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

// Name is the dialect's name in asks and calls.
const Name = "webview"

// Dialect is the dialect of MiniAppSDK.
var Dialect = jsapi.MustDialect(jsapi.Dialect{
	Name: Name, Generation: miniapp.Webview, About: about, Bindings: bindings, Codes: jsapi.Codes, Success: success, Failure: failure,
	AskFor: func(name consent.Name) string { return fmt.Sprintf("getConsent(%q)", name) },
})

var about = jsapi.About{
	Surface: "MiniAppSDK", Generation: "generation A", Page: "list-of-jssdks-webview-v1",
	Envelope: "Each returns a promise of an envelope that always has three members:\n" +
		"`{success: true, data, error: null}` or `{success: false, data: null, error: {code, message}}`. The promise of a failed call resolves too.",
}

const head, tail = `{"success":true,"data":`, `,"error":null}`

func success(_ *jsapi.Call, data, _ json.RawMessage) json.RawMessage {
	out := make(json.RawMessage, 0, len(head)+len(data)+len(tail))
	return append(append(append(out, head...), data...), tail...)
}

// notFound is the error of an unknown mini app in the specification's own types, where
// error is a string.
const notFound = "Mini app is not found"

// failed is the envelope of a failure.
type failed struct {
	Success bool      `json:"success"`
	Data    *struct{} `json:"data"`
	Error   any       `json:"error"` // a jsapi.Error, or notFound
}

func failure(c *jsapi.Call, p *problem.Problem) jsapi.Failure {
	e := c.ErrorOf(p)
	out := failed{Error: e}
	if (p.Code == problem.MiniAppUnknown || p.Code == problem.MiniAppSuspended) && c.Variant(miniapp.NotFoundForm) == "string" {
		out.Error = notFound
	}
	return jsapi.Fail(e, out)
}
