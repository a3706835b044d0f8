package admin

import (
	"context"

	"github.com/selasar/selasar/internal/apikey"
)

// route is one request of the API. It has read, or act, or prepare.
type route struct {
	pattern string
	role    apikey.Role
	scope   apikey.Scope

	// read returns the body of the answer, which may be tagged. It changes nothing.
	read func(ctx context.Context, c *call) (any, error)

	// action names the act in the audit log.
	action string
	// unaudited leaves the act out of the audit log: it happens for each user, the
	// journal has it, and the log would make all of them wait for one another.
	unaudited bool
	act       act
	// prepare does the work that must not hold a transaction, and returns the act.
	prepare func(ctx context.Context, c *call) (act, error)
}

// act changes something in a transaction. It may run more than once.
type act func(ctx context.Context, tx Tx, c *call) (done, error)

// table lists the routes.
func (d *door) table() []route {
	const viewer, reviewer, operator, owner = apikey.Viewer, apikey.Reviewer, apikey.Operator, apikey.Owner
	return []route{
		{pattern: "GET /admin/v1/whoami", role: viewer, read: d.whoami},

		{pattern: "GET /admin/v1/mini-apps", role: viewer, scope: apikey.MiniAppsRead, read: d.listApps},
		{pattern: "POST /admin/v1/mini-apps", role: operator, scope: apikey.MiniAppsWrite, action: "mini_app.registered", act: d.register},
		{pattern: "GET /admin/v1/mini-apps/{id}", role: viewer, scope: apikey.MiniAppsRead, read: d.showApp},
		{pattern: "DELETE /admin/v1/mini-apps/{id}", role: owner, scope: apikey.MiniAppsWrite, action: "mini_app.deleted", act: d.deleteApp},
		{pattern: "PUT /admin/v1/mini-apps/{id}/permissions", role: operator, scope: apikey.MiniAppsWrite, action: "mini_app.permitted", act: d.permit},
		{pattern: "POST /admin/v1/mini-apps/{id}/suspend", role: operator, scope: apikey.MiniAppsWrite, action: "mini_app.suspended", act: d.suspend},
		{pattern: "POST /admin/v1/mini-apps/{id}/resume", role: operator, scope: apikey.MiniAppsWrite, action: "mini_app.resumed", act: d.resume},
		{pattern: "GET /admin/v1/mini-apps/{id}/versions", role: viewer, scope: apikey.MiniAppsRead, read: d.listVersions},
		{pattern: "POST /admin/v1/mini-apps/{id}/versions", role: operator, scope: apikey.MiniAppsWrite, action: "version.submitted", act: d.submit},
		{pattern: "GET /admin/v1/mini-apps/{id}/versions/{number}", role: viewer, scope: apikey.MiniAppsRead, read: d.showVersion},
		{pattern: "POST /admin/v1/mini-apps/{id}/versions/{number}/approve", role: reviewer, scope: apikey.MiniAppsReview, action: "version.approved", act: d.approve},
		{pattern: "POST /admin/v1/mini-apps/{id}/versions/{number}/reject", role: reviewer, scope: apikey.MiniAppsReview, action: "version.rejected", act: d.reject},

		{pattern: "POST /admin/v1/mini-apps/{id}/credentials/reveal", role: operator, scope: apikey.CredentialsRead, action: "credentials.revealed", prepare: d.revealCredentials},
		{pattern: "POST /admin/v1/mini-apps/{id}/credentials/rotate", role: operator, scope: apikey.CredentialsWrite, action: "credentials.rotated", prepare: d.rotateCredentials},

		{pattern: "GET /admin/v1/users", role: viewer, scope: apikey.UsersRead, read: d.listUsers},
		{pattern: "GET /admin/v1/users/{id}", role: viewer, scope: apikey.UsersRead, read: d.showUser},
		{pattern: "PUT /admin/v1/users/{id}", role: operator, scope: apikey.UsersWrite, action: "user.changed", act: d.putUser},

		{pattern: "POST /admin/v1/users/{id}/erase", role: owner, scope: apikey.UsersWrite, action: "user.erased", act: d.eraseUser},
		{pattern: "GET /admin/v1/users/{id}/consents", role: viewer, scope: apikey.ConsentsRead, read: d.listConsents},
		{pattern: "POST /admin/v1/users/{id}/consents/withdraw", role: operator, scope: apikey.ConsentsWrite, action: "consents.withdrawn", act: d.withdrawConsents},
		{pattern: "GET /admin/v1/consents/{id}/receipt", role: viewer, scope: apikey.ConsentsRead, read: d.showReceipt},
		{pattern: "POST /admin/v1/consents/verify", role: viewer, scope: apikey.ConsentsRead, read: d.verifyConsents},

		{pattern: "POST /admin/v1/launches", role: operator, scope: apikey.LaunchesCreate, action: "launch.created", unaudited: true, act: d.createLaunch},
		{pattern: "GET /admin/v1/launches/{id}", role: viewer, scope: apikey.LaunchesRead, read: d.showLaunch},
		{pattern: "POST /admin/v1/launches/{id}/end", role: operator, scope: apikey.LaunchesCreate, action: "launch.ended", act: d.endLaunch},

		{pattern: "GET /admin/v1/payments", role: viewer, scope: apikey.PaymentsRead, read: d.listPayments},
		{pattern: "GET /admin/v1/payments/{ref}", role: viewer, scope: apikey.PaymentsRead, read: d.showPayment},

		{pattern: "GET /admin/v1/deliveries", role: viewer, scope: apikey.DeliveriesRead, read: d.listDeliveries},
		{pattern: "POST /admin/v1/deliveries/{id}/replay", role: operator, scope: apikey.DeliveriesWrite, action: "delivery.replayed", act: d.replay},
		{pattern: "POST /admin/v1/deliveries/recover", role: operator, scope: apikey.DeliveriesWrite, action: "deliveries.recovered", act: d.recoverSince},

		{pattern: "GET /admin/v1/keys", role: owner, scope: apikey.KeysRead, read: d.listKeys},
		{pattern: "POST /admin/v1/keys", role: owner, scope: apikey.KeysWrite, action: "key.created", act: d.createKey},
		{pattern: "POST /admin/v1/keys/{id}/rotate", role: owner, scope: apikey.KeysWrite, action: "key.rotated", act: d.rotateKey},
		{pattern: "DELETE /admin/v1/keys/{id}", role: owner, scope: apikey.KeysWrite, action: "key.revoked", act: d.revokeKey},

		{pattern: "POST /admin/v1/master-key/rotate", role: owner, scope: apikey.KeysWrite, action: "master_key.rotated", prepare: d.rotateMasterKey},

		{pattern: "GET /admin/v1/audit", role: viewer, scope: apikey.AuditRead, read: d.listAudit},
		{pattern: "POST /admin/v1/audit/verify", role: viewer, scope: apikey.AuditRead, read: d.verifyAudit},
	}
}
