package apikey

import (
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/problem"
)

// Role says how much a key may do. A role includes the ones before it.
type Role string

// The roles, from the least to the most powerful.
const (
	Viewer   Role = "viewer"   // reads everything but secrets
	Reviewer Role = "reviewer" // also approves and rejects versions of mini apps
	Operator Role = "operator" // also changes mini apps, opens launches and reads credentials
	Owner    Role = "owner"    // also manages keys and erases users
)

// Roles lists the roles in their order.
var Roles = []Role{Viewer, Reviewer, Operator, Owner}

// Includes reports whether a key of this role may do what needs another role.
func (r Role) Includes(other Role) bool {
	mine, needed := slices.Index(Roles, r), slices.Index(Roles, other)
	return mine >= 0 && needed >= 0 && mine >= needed
}

// Scope names a group of requests: a noun of the API, and what is done with it.
type Scope string

// The scopes.
const (
	MiniAppsRead     Scope = "mini-apps:read"
	MiniAppsWrite    Scope = "mini-apps:write"
	MiniAppsReview   Scope = "mini-apps:review"
	CredentialsRead  Scope = "credentials:read"
	CredentialsWrite Scope = "credentials:write"
	LaunchesCreate   Scope = "launches:create"
	LaunchesRead     Scope = "launches:read"
	UsersRead        Scope = "users:read"
	UsersWrite       Scope = "users:write"
	ConsentsRead     Scope = "consents:read"
	ConsentsWrite    Scope = "consents:write"
	PaymentsRead     Scope = "payments:read"
	DeliveriesRead   Scope = "deliveries:read"
	DeliveriesWrite  Scope = "deliveries:write"
	KeysRead         Scope = "keys:read"
	KeysWrite        Scope = "keys:write"
	AuditRead        Scope = "audit:read"
)

// Scopes lists the scopes.
var Scopes = []Scope{
	MiniAppsRead, MiniAppsWrite, MiniAppsReview, CredentialsRead, CredentialsWrite, LaunchesCreate, LaunchesRead, UsersRead, UsersWrite,
	ConsentsRead, ConsentsWrite, PaymentsRead, DeliveriesRead, DeliveriesWrite, KeysRead, KeysWrite, AuditRead,
}

// checkRights returns a problem for an unknown role or scope.
func checkRights(role Role, scopes []Scope) error {
	if !slices.Contains(Roles, role) {
		return problem.New(problem.BadRequest, "role is one of %s, not %q", list(Roles), role)
	}
	for i, one := range scopes {
		switch {
		case !slices.Contains(Scopes, one):
			return problem.New(problem.BadRequest, "there is no scope %q; the scopes are %s", one, list(Scopes))
		case slices.Contains(scopes[:i], one):
			return problem.New(problem.BadRequest, "scopes repeats %q", one)
		}
	}
	return nil
}

func list[T ~string](names []T) string {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = string(name)
	}
	return strings.Join(texts, ", ")
}
