// Package httpapi joins doors to one HTTP handler: the route table with its guards,
// unknown paths, /healthz and /openapi.yaml. A door is one API with its own dialect.
// Each door has its own package below this one, and none imports another. Package edge
// has the parts that doors share.
//
// This package has no rule and no dialect.
package httpapi

import (
	"net/http"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
)

// Door is one API.
type Door struct {
	Routes []Route
	// Prefixes are the path prefixes for which the door answers unknown paths.
	Prefixes []Prefix
	// Operations are the operations that accept faults.
	Operations []Operation
}

// Demand is a route's requirement for its caller.
type Demand string

// The demands.
const (
	OwnOrigin Demand = "own origin"   // see edge.OwnOrigin
	LocalHost Demand = "local host"   // any caller, under a name of this machine
	Anyone    Demand = "anyone"       // any caller, under any name
	Launch    Demand = "launch token" // Authorization: Bearer of the launch
	Socket    Demand = "socket"       // the launch token comes in the first message
	Preflight Demand = "preflight"    // a browser asks before a request of another origin (CORS)
	Basic     Demand = "basic"        // Authorization: Basic of the mini app
	Bearer    Demand = "auth token"   // Authorization: Bearer of a user
	ClientKey Demand = "client key"   // signed with the private key of X-CLIENT-KEY
	Signed    Demand = "signature"    // signed with a B2B access token and the client secret
	APIKey    Demand = "api key"      // Authorization: Bearer of the operator API
	ServerKey Demand = "server key"   // Authorization: Basic of the server key and an empty password
)

// Route is one path with its demand.
type Route struct {
	Pattern string // METHOD /path, as http.ServeMux reads it
	Demand  Demand
	Handler http.Handler
}

// guarded returns the route's handler behind its guard. The door itself checks
// credentials.
func (r Route) guarded() http.Handler {
	own := edge.UnderOwnHost(r.Handler)
	switch r.Demand {
	case OwnOrigin:
		return edge.JoinRepeatedHeaders(edge.OwnOrigin(own))
	case LocalHost:
		return edge.JoinRepeatedHeaders(edge.LocalHost(own))
	case Socket: // it checks the Host itself
		return edge.JoinRepeatedHeaders(r.Handler)
	default:
		return edge.JoinRepeatedHeaders(own)
	}
}

// Prefix is a part of the paths that belongs to a door.
type Prefix struct {
	Path string // with a slash at its end
	// Unknown, when set, returns the answer to a request without a route in the door's
	// dialect. Otherwise the answer has the form of Selasar's own APIs.
	Unknown func(unknown *problem.Problem) edge.Answer
	// Scope, when set, says which operations below the path exist and which do not, and
	// is a part of the answer.
	Scope string
	// Trace, when set, records the request in the journal.
	Trace func(r *http.Request, a edge.Answer)
}

// Operation is an operation that accepts faults.
type Operation struct {
	Name  string
	API   string // the name of the API that it belongs to
	Codes []Code // its documented failures, each code once
}

// Code is a documented failure of an operation.
type Code struct {
	Code    string `json:"code"`
	Message string `json:"message"` // the documentation's
}

// SortCodes sorts codes and removes duplicates.
func SortCodes(codes []Code) []Code {
	slices.SortStableFunc(codes, func(a, b Code) int { return strings.Compare(a.Code, b.Code) })
	return slices.CompactFunc(codes, func(a, b Code) bool { return a.Code == b.Code })
}
