// Package checkout is the door of Snap Checkout, by which a mini app's backend gets
// a token for an order (miniapp-x-snap-checkout-payment). The mini app's page hands
// the token to snap.js, or sends the user to redirect_url.
//
// Route, with Basic credentials of the server key and an empty password:
//
//	POST /snap/v1/transactions
//
// Callers are backends of mini apps. The page that a token opens, and snap.js, are
// served by package paypage. The status, cancel and refund APIs of Snap are not
// here.
package checkout
