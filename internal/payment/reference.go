package payment

import "strings"

// ReferenceText reports whether a mini app may use a text as its own number of a
// payment: partnerReferenceNo and order_id take letters, digits, dash, underscore,
// tilde and dot (seamless-payment-v2, miniapp-x-snap-checkout-payment).
func ReferenceText(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return !('0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' || strings.ContainsRune("-_~.", r))
	})
}
