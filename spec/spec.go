// Package spec holds the documents that others read: the OpenAPI description
// of everything that the server answers, and beside it the bridge, the
// manifest's schema and the vectors.
package spec

import _ "embed"

// OpenAPI is openapi.yaml.
//
//go:embed openapi.yaml
var OpenAPI []byte
