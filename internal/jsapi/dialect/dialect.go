// Package dialect lists the dialects of the platform. The server, the generated files
// and the tests use this list, so that a dialect is added in one place.
package dialect

import (
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/dialect/container"
	"github.com/selasar/selasar/internal/jsapi/dialect/webview"
)

// All are the dialects. A call that names none uses the first.
var All = []*jsapi.Dialect{webview.Dialect, container.V2, container.V1}
