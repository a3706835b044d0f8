package payment

import (
	"context"
	"encoding/hex"
	"encoding/json"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/secret"
)

// OrderTaken is the problem of an order_id that already stands for a transaction
// of Snap Checkout.
const OrderTaken problem.Code = "order_taken"

// MakeCheckout makes the payment of a Snap Checkout order. While the last payment of the
// order_id can still be paid, or is paid, it is refused with OrderTaken. Of two concurrent
// orders, one inserts the request first, and the other finds its payment.
func (s *Service) MakeCheckout(ctx context.Context, o Order) (p Payment, err error) {
	o.Via, o.ExternalID = ByCheckout, o.PartnerRef
	err = s.DB.Write(ctx, func(tx Tx) error {
		r := request.Of(o.MiniAppID, o.PartnerRef, "checkout", nil, s.Clock.Now())
		r.Space = request.OrderID
		switch last, err := tx.Payments().Of(ctx, o.MiniAppID, o.ExternalID, ByCheckout); {
		case err == nil && s.blocks(last):
			return problem.New(OrderTaken, "transaction_details.order_id has already been taken")
		case err == nil:
			r.ID += " after " + last.Ref // both of two concurrent orders follow the same payment
		case !problem.Is(err, problem.PaymentUnknown):
			return err
		}
		if p, err = s.Make(ctx, tx, o); err != nil {
			return err
		}
		return request.Keep(ctx, tx.Requests(), r, p.Ref)
	})
	return p, err
}

// blocks reports whether a payment of Snap Checkout keeps its order_id. After cancel,
// deny and expiry, the order_id is free.
func (s *Service) blocks(p Payment) bool {
	s.expire(&p)
	return !p.State.Final() || p.State == Paid
}

// CheckoutDetails is what an order of Snap Checkout stores in the payment's
// Details.
type CheckoutDetails struct {
	Finish string `json:"finish,omitempty"` // the page to which the user returns
}

// Encode returns the details as the JSON of [Order].Details.
func (d CheckoutDetails) Encode() string {
	text, _ := json.Marshal(d) // a text only
	return string(text)
}

// CheckoutDetails returns the details of a payment of Snap Checkout; empty for any
// other.
func (p Payment) CheckoutDetails() (d CheckoutDetails) {
	if p.Via == ByCheckout {
		_ = json.Unmarshal([]byte(p.Details), &d) // Encode wrote them
	}
	return d
}

const checkoutContext = "checkout token"

// SealCheckout returns the token of a payment, in hex. It is not stored, and only a
// platform with the same key can open it.
func SealCheckout(key *secret.Key, ref string) string {
	return hex.EncodeToString(key.Encrypt(ref, checkoutContext))
}

// OpenCheckout returns the reference of a token's payment; empty for any other
// text. The only spelling of a token is lower-case hex.
func OpenCheckout(key *secret.Key, token string) string {
	sealed, err := hex.DecodeString(token)
	if err != nil || hex.EncodeToString(sealed) != token {
		return ""
	}
	ref, _ := key.Decrypt(sealed, checkoutContext) // empty with an error
	return ref
}
