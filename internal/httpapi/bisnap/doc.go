// Package bisnap is the door of BI-SNAP. A mini app's backend creates payments, reads
// their status, cancels them and refunds them (core-api-snap-open-api-overview).
//
// Routes:
//
//	POST     /v1.0/access-token/b2b             signed with the private key of X-CLIENT-KEY
//	POST     /v1.0/debit/payment-host-to-host   signed with the access token and the client secret
//	GET|POST /v1.0/debit/status                 likewise
//	POST     /v1.0/debit/cancel                 likewise
//	POST     /v1.0/debit/refund                 likewise
//
// Every transaction passes the same steps, and the first step that fails decides
// the answer:
//
//	body 1 MiB · headers · X-TIMESTAMP · token · partner · X-SIGNATURE ·
//	mini app · X-EXTERNAL-ID in flight · fault · JSON · X-EXTERNAL-ID used · the rule
//
// An access token has its own steps; see token.go.
//
// Callers are backends of mini apps with their own credentials, never pages or hosts.
// Account binding, customer tokens, and payment methods other than GOPAY are out of
// scope.
package bisnap
