package apitest

import (
	"net/http"
	"sync"

	"github.com/selasar/selasar/internal/testkit/openapitest"
	"github.com/selasar/selasar/spec"
)

// OpenAPI returns spec/openapi.yaml.
var OpenAPI = sync.OnceValue(func() *openapitest.Document { return openapitest.Parse(spec.OpenAPI) })

// documented checks that an answer of the server is one of the document. Every answer to
// [Platform] passes here.
func (a Answer) documented(r *http.Request) {
	a.T.Helper()
	if err := OpenAPI().CheckAnswer(r, a.Status, a.Header, a.Body); err != nil {
		a.T.Errorf("%s: %v", a.What, err)
	}
}
