// Package dialect lists the dialects of the platform. The server, the generated files
// and the tests use this list, so that a dialect is added in one place.
package dialect

import (
	"slices"

	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/dialect/container"
	"github.com/selasar/selasar/internal/jsapi/dialect/webview"
)

// All are the dialects. A call that names none uses the first.
var All = []*jsapi.Dialect{webview.Dialect, container.V2, container.V1}

// Methods returns the names of all methods in all dialects, with their aliases, each once.
func Methods() (names []string) {
	for _, d := range All {
		for _, name := range d.Names() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}
