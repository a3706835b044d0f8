package bisnap

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
)

// serviceOfPayments is the serviceCode in a status request.
const serviceOfPayments = "54"

// paymentStatus is /v1.0/debit/status (get-transaction-status-api); some pages call it
// with POST, others with GET. It only reads: a repeated X-EXTERNAL-ID gets the current
// state. An id of a payment, a cancel or a refund is refused.
func (d *door) paymentStatus(ctx context.Context, c *call) ([]byte, error) {
	in, err := statusWanted(c)
	if err != nil {
		return nil, err
	}
	of, err := in.of(c)
	if err != nil {
		return nil, err
	}
	err = d.Payments.DB.Read(ctx, func(tx payment.Tx) error {
		_, _, err := request.Earlier(ctx, tx.Requests(), c.request)
		return err
	})
	if err != nil {
		return nil, err
	}
	p, refunds, err := d.Payments.Status(ctx, of)
	if problem.Is(err, problem.PaymentUnknown) {
		return encoded(c.notFound(in.original))
	}
	if err != nil {
		return nil, err
	}
	c.PaymentRef = p.Ref
	return encoded(c.statusOf(p, refunds))
}

type statusRequest struct {
	original
	Service edge.Spelt `json:"serviceCode"`
}

// statusWanted reads the body, or the query of a request without a body.
func statusWanted(c *call) (in statusRequest, err error) {
	if c.HTTP.Method == http.MethodGet && len(bytes.TrimSpace(c.Body)) == 0 {
		query := c.HTTP.URL.Query()
		in.Ref, in.PartnerRef = query.Get("originalReferenceNo"), query.Get("originalPartnerReferenceNo")
		in.ExternalID, in.Service = query.Get("originalExternalId"), edge.Spelt(query.Get("serviceCode"))
	} else if err := c.fields(&in); err != nil {
		return in, err
	}
	switch in.Service {
	case "":
		return in, problem.New(edge.FieldBlank, `serviceCode is missing; send "54"`)
	case serviceOfPayments:
		return in, nil
	default:
		return in, problem.New(edge.FieldWrong, `serviceCode must be "54", got %q`, edge.Excerpt(string(in.Service)))
	}
}

type refunded struct {
	No         string       `json:"refundNo"`
	PartnerNo  string       `json:"partnerRefundNo"`    // the name in the documentation's table
	PartnerRef string       `json:"partnerReferenceNo"` // in the sample
	Status     string       `json:"refundStatus"`
	Amount     money.Rupiah `json:"refundAmount"`
	Time       string       `json:"refundTime"` // in the table
	Date       string       `json:"refundDate"` // in the sample
	Reason     string       `json:"reason,omitempty"`
}

type standing struct {
	head
	original
	Service     string         `json:"serviceCode"`
	Latest      payment.Latest `json:"latestTransactionStatus"`
	Description string         `json:"transactionStatusDesc"`
	Amount      *money.Rupiah  `json:"transAmount,omitempty"`
	PaidAt      string         `json:"paidTime,omitempty"`
	Refunds     []refunded     `json:"refundHistory"`
	Info        *statusInfo    `json:"additionalInfo,omitempty"`
}

type statusInfo struct {
	Fraud     string          `json:"fraudStatus,omitempty"`
	ValidUpTo string          `json:"validUpTo"`
	Options   json.RawMessage `json:"payOptionDetails,omitempty"`
	Paid      []paidWith      `json:"userPaymentDetails,omitempty"`
	Metadata  json.RawMessage `json:"metadata,omitempty"`
}

type paidWith struct {
	Method string `json:"payMethod"`
	Option string `json:"payOption"`
}

func (c *call) standing(of original, latest payment.Latest) standing {
	return standing{
		head: c.success(), original: of, Service: serviceOfPayments,
		Latest: latest, Description: latest.Description(), Refunds: []refunded{},
	}
}

// notFound is the answer for a payment that does not exist; the documentation has a
// status for it.
func (c *call) notFound(of original) any { return c.standing(of, payment.LatestNotFound) }

func (c *call) statusOf(p payment.Payment, refunds []payment.Refund) any {
	s := c.standing(original{}.echo(p), p.Latest())
	s.Amount = &p.Amount
	s.Info = &statusInfo{Fraud: p.Fraud(), ValidUpTo: notification.Time(p.ExpiresAt)}
	var details storedDetails
	if json.Unmarshal([]byte(p.Details), &details) == nil { // a payment of the control API has no details
		s.Info.Options, s.Info.Metadata = details.Options, details.Metadata
	}
	if p.State == payment.Paid {
		s.PaidAt = notification.Time(p.SettledAt)
		s.Info.Paid = []paidWith{{"GOPAY", "GOPAY_WALLET"}}
	}
	for _, r := range refunds {
		at := notification.Time(r.At)
		s.Refunds = append(s.Refunds, refunded{r.No, r.PartnerNo, r.PartnerNo, "00", r.Amount, at, at, r.Reason})
	}
	return s
}
