package notification

import (
	"fmt"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/money"
)

// Status is latestTransactionStatus (core-api-snap-open-api-overview).
type Status string

// The statuses of a payment.
const (
	Success   Status = "00"
	Pending   Status = "03"
	Refunded  Status = "04" // in full or in part
	Cancelled Status = "05"
	Failed    Status = "06"
	NotFound  Status = "07" // in status answers only
	Expired   Status = "08"
)

var descriptions = map[Status]string{
	Success: "SUCCESS", Pending: "PENDING", Refunded: "REFUNDED", Cancelled: "CANCELLED", Failed: "FAILED", NotFound: "NOT FOUND", Expired: "EXPIRED",
}

// Description is the transactionStatusDesc of a status.
func (s Status) Description() string { return descriptions[s] }

// Change is the content of a notification: a payment after a change of its state.
// Times are ms since the epoch.
type Change struct {
	ID         string // the id of the notification
	At         int64
	MiniAppID  string
	Payment    string // reference number
	PartnerRef string // partnerReferenceNo; empty for none
	ExternalID string // X-EXTERNAL-ID of the request that made the payment; empty for none
	MerchantID string // omitted when empty
	Status     Status
	Amount     money.Rupiah
	CreatedAt  int64 // when the payment was made
	FinishedAt int64 // when it was paid; 0 for an unpaid payment
	PayOption  string
	Refunds    []Refund
	First      bool // whether the payment has no notification yet, because it was made in this transaction
}

// Refund is one refund of the payment.
type Refund struct {
	No        string // refundNo
	PartnerNo string // partnerRefundNo
	Amount    money.Rupiah
	Reason    string
	At        int64
}

// body is the documented body, with the members in the order of the sample.
type body struct {
	PartnerRef  string     `json:"originalPartnerReferenceNo,omitzero"`
	Ref         string     `json:"originalReferenceNo"`
	ExternalID  string     `json:"originalExternalId,omitzero"`
	MerchantID  string     `json:"merchantId,omitzero"`
	Amount      amount     `json:"amount"`
	Status      Status     `json:"latestTransactionStatus"`
	Description string     `json:"transactionStatusDesc"`
	CreatedTime string     `json:"createdTime"`
	Finished    string     `json:"finishedTime,omitzero"`
	Additional  additional `json:"additionalInfo"`
}

type amount struct {
	Value    string `json:"value"`
	Currency string `json:"currency"`
}

type additional struct {
	RefundHistory []refund `json:"refundHistory"`
	TotalRefund   *amount  `json:"totalRefundAmount,omitzero"`
	PaidBy        []paidBy `json:"userPaymentDetails,omitempty"`
}

// refund has the keys of the documentation's table and of its sample, which differ:
// partnerRefundNo and refundTime, partnerReferenceNo and refundDate.
type refund struct {
	No         string `json:"refundNo"`
	PartnerNo  string `json:"partnerRefundNo"`
	PartnerRef string `json:"partnerReferenceNo"`
	Status     Status `json:"refundStatus"`
	Amount     amount `json:"refundAmount"`
	Time       string `json:"refundTime"`
	Date       string `json:"refundDate"`
	Reason     string `json:"reason"`
}

type paidBy struct {
	Method string `json:"payMethod"`
	Option string `json:"payOption"`
}

// Body returns the documented JSON of a change. It escapes only characters that JSON
// requires to be escaped. So a receiver that parses the body and encodes it again
// before the verification gets the same bytes. The body is ASCII without "/", except
// in texts of the mini app: the reason of a refund and external ids.
func (c Change) Body() (string, error) {
	b := body{
		PartnerRef: c.PartnerRef, Ref: c.Payment, ExternalID: c.ExternalID, MerchantID: c.MerchantID,
		Amount: rupiah(c.Amount), Status: c.Status, Description: c.Status.Description(), CreatedTime: Time(c.CreatedAt),
	}
	if c.Status == Success {
		b.Finished = Time(c.FinishedAt)
	}
	if c.PayOption != "" {
		b.Additional.PaidBy = []paidBy{{"GOPAY", c.PayOption}}
	}
	var total money.Rupiah
	for _, r := range c.Refunds {
		total += r.Amount
		b.Additional.RefundHistory = append(b.Additional.RefundHistory, refund{
			No: r.No, PartnerNo: r.PartnerNo, PartnerRef: r.PartnerNo, Status: Success, Amount: rupiah(r.Amount),
			Time: Time(r.At), Date: Time(r.At), Reason: strings.ToValidUTF8(r.Reason, "?"),
		})
	}
	if len(c.Refunds) > 0 {
		all := rupiah(total)
		b.Additional.TotalRefund = &all
	}
	text, err := json.Marshal(b)
	if err != nil {
		return "", fmt.Errorf("writing the notification of payment %s: %w", c.Payment, err)
	}
	return string(text), nil
}

func rupiah(r money.Rupiah) amount { return amount{r.Decimal(), "IDR"} }

// Time returns a time in the form of BI-SNAP: 2026-03-14T16:26:53+07:00.
func Time(ms int64) string {
	return time.UnixMilli(ms).In(clock.Jakarta).Format("2006-01-02T15:04:05-07:00")
}
