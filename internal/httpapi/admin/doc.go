// Package admin is the door of the operator: the API by which a platform of `selasar
// serve` is managed. It has its own address, and its own document, spec/admin.yaml.
//
// Callers are programs and people of the operator, each with an API key (package apikey)
// as Authorization: Bearer. table.go lists the routes, with the role and the scope that
// each needs.
//
// A request that changes something is an act (act.go). Its effect, its audit entry, and
// the answer for a retry with the same Idempotency-Key are one transaction.
//
// Not in it: the requests of mini apps' backends and of hosts, which are other doors on
// the public address.
package admin
