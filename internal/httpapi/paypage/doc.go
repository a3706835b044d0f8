// Package paypage is the door of the payment page. A payment's webRedirectUrl opens it
// in a browser, as in the sandbox (seamless-payment-v2), and Snap Checkout shows it
// (miniapp-x-snap-checkout-payment).
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
// Callers are users' browsers. The page works without scripts, except in the frame of
// snap.js. It has no authentication: the payer is the platform's current user. So only
// development platforms serve it.
package paypage
