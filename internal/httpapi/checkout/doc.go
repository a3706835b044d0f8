// Package checkout is the door of Snap Checkout. A mini app's backend gets a token for
// an order (miniapp-x-snap-checkout-payment). The mini app's page passes the token to
// snap.js, or sends the user to redirect_url.
//
// Route, with Basic credentials of the server key and an empty password:
//
//	POST /snap/v1/transactions
//
// Callers are backends of mini apps. Package paypage serves the page of a token, and
// snap.js. The status, cancel and refund APIs of Snap are out of scope.
package checkout
