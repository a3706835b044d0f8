package payment_test

import (
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func TestOpenCheckout_opens_its_own_tokens_only(t *testing.T) {
	key, other := secret.Random(), secret.Random()
	token := payment.SealCheckout(key, "A1")
	for text, want := range map[string]string{
		token: "A1", payment.SealCheckout(other, "A1"): "", token + "!": "", token[1:]: "", strings.ToUpper(token): "", token + "A": "", "": "", "!": "", "A1": "",
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

func TestMakeCheckout_makes_one_payment_for_each_order_id(t *testing.T) {
	c := newTill(t)
	c.App("teh")
	// The way and the external id of the order do not count.
	o := payment.Order{MiniAppID: "kopi", Via: payment.BySnap, ExternalID: "other", PartnerRef: "order-1", Amount: 15_000}
	p, err := c.MakeCheckout(c.Ctx, o)
	c.Must(err)
	stage.Is(t, "the payment", []any{p.Via, p.ExternalID, p.PartnerRef, p.Amount}, []any{payment.ByCheckout, "order-1", "order-1", money.Rupiah(15_000)})
	stage.Is(t, "the payment kept", c.kept(p.Ref), p)
	key := request.Of("kopi", "order-1", "checkout", nil, c.Stage.Clock.Now())
	key.Space = request.OrderID
	c.Read(func(tx *stage.Tx) error {
		first, found, err := request.Earlier(c.Ctx, tx.Requests(), key)
		stage.Is(t, "the request kept", []any{found, first.Subject}, []any{true, p.Ref})
		return err
	})

	before := c.Contents()
	_, err = c.MakeCheckout(c.Ctx, o)
	c.Refused(err, payment.OrderTaken)
	stage.Is(t, "the contents after the refusal", c.Contents(), before)

	o.Amount, o.PartnerRef = 0, "order-2"
	_, err = c.MakeCheckout(c.Ctx, o)
	c.Refused(err, problem.ParamValue)
	for _, next := range []payment.Order{{MiniAppID: "kopi", PartnerRef: "order-2", Amount: 1}, {MiniAppID: "teh", PartnerRef: "order-1", Amount: 1}} {
		_, err = c.MakeCheckout(c.Ctx, next)
		c.Must(err)
	}
}

// An order_id is free again when its payment can no longer be paid. The next payment takes
// it, and the one after that.
func TestMakeCheckout_after_the_end_of_the_last_payment(t *testing.T) {
	for name, one := range map[string]struct {
		end  func(c *till, ref string)
		free bool
	}{
		"open":      {func(*till, string) {}, false},
		"paid":      {func(c *till, ref string) { c.Must(c.settle(ref, "sari", payment.StatusSuccess)) }, false},
		"pending":   {func(c *till, ref string) { c.Must(c.settle(ref, "sari", payment.StatusPending)) }, false},
		"cancelled": {func(c *till, ref string) { c.Must(c.settle(ref, "sari", payment.StatusCancelled)) }, true},
		"denied":    {func(c *till, ref string) { c.Must(c.settle(ref, "sari", payment.StatusFailed)) }, true},
		// Nothing has swept it yet.
		"expired": {func(c *till, _ string) { c.Pass(25 * time.Hour) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			c := newTill(t)
			o := payment.Order{MiniAppID: "kopi", PartnerRef: "order-1", Amount: 15_000}
			seen := map[string]bool{}
			for range 3 {
				p, err := c.MakeCheckout(c.Ctx, o)
				if !one.free && len(seen) == 1 {
					c.Refused(err, payment.OrderTaken)
					return
				}
				c.Must(err)
				if seen[p.Ref] {
					t.Errorf("the payment %s again", p.Ref)
				}
				seen[p.Ref] = true
				one.end(c, p.Ref)
				c.Pass(second) // the last payment is found by its time
			}
		})
	}
}

// An order_id is taken only by a payment of Snap Checkout.
func TestMakeCheckout_allows_the_id_of_another_way_to_pay(t *testing.T) {
	c := newTill(t)
	c.order(100)
	_, err := c.MakeCheckout(c.Ctx, payment.Order{MiniAppID: "kopi", PartnerRef: "ext-1", Amount: 1})
	c.Must(err)
}

func TestMakeCheckout_is_whole(t *testing.T) {
	c := newTill(t)
	c.Whole(func() error {
		_, err := c.MakeCheckout(c.Ctx, payment.Order{MiniAppID: "kopi", PartnerRef: "order-1", Amount: 1})
		return err
	})
}
