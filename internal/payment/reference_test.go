package payment_test

import (
	"testing"

	"github.com/selasar/selasar/internal/payment"
)

func TestReferenceText(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "Order-1_a~b.Z9": true, "09": true, "AZ": true, "az": true, "/": false, ":": false, "a b": false, "a/b": false, "a:b": false, "é": false, "a\n": false, "@": false, "[": false, "`": false, "{": false,
	} {
		if payment.ReferenceText(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
