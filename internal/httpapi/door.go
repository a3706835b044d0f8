// Package httpapi puts doors together into one HTTP handler: the route table with
// its guards, unknown paths, /healthz and /openapi.yaml. A door is one API with
// its own dialect; each has a package of its own below this one, and none imports
// another. What doors share is in package edge.
//
// No rule and no dialect is here.
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
	// Prefixes are the paths below which the door answers what no route does.
	Prefixes []Prefix
	// Operations are those of its operations that can be made to fail.
	Operations []Operation
}

// Demand is what a route demands of its caller.
type Demand string

// The demands.
const (
	OwnOrigin Demand = "own origin"   // see edge.OwnOrigin
	LocalHost Demand = "local host"   // anybody, under a name of this machine
	Launch    Demand = "launch token" // Authorization: Bearer of the launch
	Socket    Demand = "socket"       // the launch token comes in the first message
	Basic     Demand = "basic"        // Authorization: Basic of the mini app
	Bearer    Demand = "auth token"   // Authorization: Bearer of a user
	ClientKey Demand = "client key"   // signed with the private key of X-CLIENT-KEY
	Signed    Demand = "signature"    // signed with a B2B access token and the client secret
	ServerKey Demand = "server key"   // Authorization: Basic of the server key and an empty password
)

// Route is one path with what it demands.
type Route struct {
	Pattern string // METHOD /path, as http.ServeMux reads it
	Demand  Demand
	Handler http.Handler
}

// guarded returns the route's handler behind its guard. Demands that name a
// credential are checked by the door itself.
func (r Route) guarded() http.Handler {
	switch r.Demand {
	case OwnOrigin:
		return edge.JoinRepeatedHeaders(edge.OwnOrigin(r.Handler))
	case LocalHost:
		return edge.JoinRepeatedHeaders(edge.LocalHost(r.Handler))
	default:
		return edge.JoinRepeatedHeaders(r.Handler)
	}
}

// Prefix is a part of the path space that a door owns.
type Prefix struct {
	Path string // with a slash at its end
	// Unknown, when set, answers requests that no route takes. Nil answers in the
	// form of Selasar's own APIs.
	Unknown func(w http.ResponseWriter, r *http.Request, unknown *problem.Problem)
}

// Operation is an operation that a fault can be injected into.
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

// SortCodes sorts codes, and keeps the first of those that are equal.
func SortCodes(codes []Code) []Code {
	slices.SortStableFunc(codes, func(a, b Code) int { return strings.Compare(a.Code, b.Code) })
	return slices.CompactFunc(codes, func(a, b Code) bool { return a.Code == b.Code })
}
