package payment_test

import (
	"testing"

	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/secret"
)

func TestOpenCheckout_opens_its_own_tokens_only(t *testing.T) {
	key, other := secret.Random(), secret.Random()
	token := payment.SealCheckout(key, "A1")
	for text, want := range map[string]string{
		token: "A1", payment.SealCheckout(other, "A1"): "", token[1:]: "", token + "A": "", "": "", "!": "", "A1": "",
	} {
		if got := payment.OpenCheckout(key, text); got != want {
			t.Errorf("%q opens %q, want %q", text, got, want)
		}
	}
}

func TestPayment_CheckoutDetails(t *testing.T) {
	stored := payment.CheckoutDetails{Finish: "https://shop.example/"}.Encode()
	for _, one := range []struct {
		p    payment.Payment
		want string
	}{
		{payment.Payment{Via: payment.ByCheckout, Details: stored}, "https://shop.example/"},
		{payment.Payment{Via: payment.ByCheckout, Details: payment.CheckoutDetails{}.Encode()}, ""},
		{payment.Payment{Via: payment.ByCheckout, Details: `{"finish":"https://shop.example/"`}, ""},
		{payment.Payment{Via: payment.BySnap, Details: stored}, ""},
	} {
		if got := one.p.CheckoutDetails().Finish; got != one.want {
			t.Errorf("%+v finishes at %q, want %q", one.p, got, one.want)
		}
	}
}
