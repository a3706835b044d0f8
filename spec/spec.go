// Package spec holds the documents that others read: the OpenAPI description
// of everything that the server answers and of what it asks an operator's
// provider, and beside them the bridge, the manifest's schema and the vectors.
package spec

import _ "embed"

// OpenAPI is openapi.yaml.
//
//go:embed openapi.yaml
var OpenAPI []byte

// Provider is provider.yaml: what an operator implements for the platform's money and
// users.
//
//go:embed provider.yaml
var Provider []byte

// Admin is admin.yaml, the operator API of `selasar serve`.
//
//go:embed admin.yaml
var Admin []byte
