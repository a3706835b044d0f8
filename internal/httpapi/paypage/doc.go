// Package paypage is the door of the payment page: what a payment's webRedirectUrl
// opens in a browser, as the sandbox's page does (seamless-payment-v2), and what
// Snap Checkout shows (miniapp-x-snap-checkout-payment).
//
// Routes, under a name of this machine:
//
//	GET  /app/merchanttransfer           the page of a payment
//	POST /app/merchanttransfer           a press of one of its buttons, from the page only
//	GET  /app/merchanttransfer/{file}    its files
//	GET  /snap/v4/redirection/{token}    the page of a token of Snap Checkout
//	POST /snap/v4/redirection/{token}    likewise, a press
//	GET  /snap/snap.js                   the script that shows it over a mini app's page
//
// Callers are users' browsers. The page works without scripts, except in the frame
// of snap.js. It authenticates nobody: the payer is the platform's current user, so
// it serves development platforms only.
package paypage
