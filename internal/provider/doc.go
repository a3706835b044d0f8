// Package provider talks to the operator's own provider, which holds the money and the
// users of the super app (spec/provider.yaml). [Client] is the caller's side: it sends
// charges and refunds, asks for their outcomes, and reads profiles. [Reference] is the
// other side over the built-in wallet, as a model for operators and for tests.
//
// Both sides sign every message with a shared secret; see sign.go. A client believes an
// answer only if its signature belongs to the client's own request. Everything else, such
// as an unsigned 200 from a proxy, is no answer, and the outcome stays unknown.
//
// Not in it: when a transfer is sent again, which is internal/transfer.
package provider
