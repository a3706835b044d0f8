package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
)

// payment is a payment on the platform: the deeplink for the page, and the reference number.
type payment struct {
	Deeplink    string `json:"-"`
	ReferenceNo string `json:"reference_no"`
}

// amount is an amount of money in BI-SNAP: whole rupiah with two decimals.
type amount struct {
	Value    string `json:"value"`
	Currency string `json:"currency"`
}

func rupiah(n int) amount { return amount{fmt.Sprintf("%d.00", n), "IDR"} }

// makePayment creates a payment for the total of an order. The point of purchase ties the payment to this mini app: the
// super app opens it in no other.
func (b *biSNAP) makePayment(ctx context.Context, o order) (payment, error) {
	var made struct {
		ReferenceNo    string `json:"referenceNo"`
		WebRedirectURL string `json:"webRedirectUrl"`
	}
	err := b.call(ctx, "/v1.0/debit/payment-host-to-host", rand.Text(), map[string]any{
		"partnerReferenceNo": o.Number,
		"chargeToken":        "",
		"payOptionDetails":   []any{map[string]any{"payMethod": "GOPAY", "payOption": "GOPAY_WALLET", "transAmount": rupiah(o.Total)}},
		"additionalInfo": map[string]any{
			"pointOfPurchaseId": b.popID,
			"items":             []any{map[string]any{"id": o.Number, "name": short(o.What, 64), "price": rupiah(o.Total), "quantity": "1"}},
		},
	}, &made)
	if err != nil {
		return payment{}, err
	}
	// In a browser, the web redirect URL opens a payment page. In the super app, its query is the query of the deeplink.
	page, err := url.Parse(made.WebRedirectURL)
	if err != nil || page.RawQuery == "" {
		return payment{}, fmt.Errorf("the platform returned no payment page: %q", made.WebRedirectURL)
	}
	return payment{Deeplink: "gopay://merchanttransfer?" + page.RawQuery, ReferenceNo: made.ReferenceNo}, nil
}

// short truncates a text to the maximal length of a field.
func short(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

// words maps latestTransactionStatus to the states of an order.
var words = map[string]string{
	"00": "paid", "01": "created", "03": "pending", "04": "refunded", "05": "cancelled", "06": "failed", "08": "expired", "09": "failed",
}

// paymentState asks the platform for the state of a payment. Kopi delivers an order only by this answer, not by the word of
// the page or of a notification.
func (b *biSNAP) paymentState(ctx context.Context, p payment) (string, error) {
	var answer struct {
		Latest string `json:"latestTransactionStatus"`
	}
	err := b.call(ctx, "/v1.0/debit/status", rand.Text(), map[string]string{"originalReferenceNo": p.ReferenceNo, "serviceCode": "54"}, &answer)
	if err != nil {
		return "", err
	}
	state, ok := words[answer.Latest]
	if !ok {
		return "", fmt.Errorf("the platform returned the unknown state %q for the payment %s", answer.Latest, p.ReferenceNo)
	}
	return state, nil
}

// refund refunds the whole amount. A retry with the same partnerRefundNo makes no second refund.
func (b *biSNAP) refund(ctx context.Context, o order) error {
	var answer struct {
		RefundNo string `json:"refundNo"`
	}
	return b.call(ctx, "/v1.0/debit/refund", rand.Text(), map[string]any{
		"originalReferenceNo":        o.Payment.ReferenceNo,
		"originalPartnerReferenceNo": o.Number,
		"partnerRefundNo":            o.Number + "-refund",
		"refundAmount":               rupiah(o.Total),
		"reason":                     "the customer changed their mind",
	}, &answer)
}
