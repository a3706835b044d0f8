// Package checkout is the door of Snap Checkout. A mini app's backend gets a token for
// an order (miniapp-x-snap-checkout-payment). The mini app's page passes the token to
// snap.js, or sends the user to redirect_url.
//
// Route, with Basic credentials of the server key and an empty password:
//
//	POST /snap/v1/transactions
//	GET  /v2/{order_id}/status
//	POST /v2/{order_id}/cancel
//	POST /v2/{order_id}/expire
//	POST /v2/{order_id}/refund
//	POST /v2/{order_id}/refund/online/direct
//
// The paths below /v2/ answer as Midtrans' Core API does, for orders of Snap Checkout only.
//
// Callers are backends of mini apps. Package paypage serves the page of a token, and
// snap.js. The other operations of the Core API are out of scope.
package checkout
