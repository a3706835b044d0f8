package bisnap

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/signature"
)

// order is the body of payment-host-to-host (seamless-payment-v2). It omits members
// without a meaning for a mini app: chargeToken, and urlParam or urlParams, because a
// payment returns to the page of the mini app.
type order struct {
	PartnerRef string          `json:"partnerReferenceNo"`
	MerchantID string          `json:"merchantId"`
	ValidUpTo  string          `json:"validUpTo"`
	Options    []option        `json:"payOptionDetails"`
	Additional json.RawMessage `json:"additionalInfo"`
}

type option struct {
	Method string  `json:"payMethod"`
	Option string  `json:"payOption"`
	Amount *amount `json:"transAmount"`
}

type additional struct {
	PopID    string          `json:"pointOfPurchaseId"`
	Items    []item          `json:"items"`
	Metadata json.RawMessage `json:"metadata"`
}

type item struct {
	Name     string     `json:"name"`
	Quantity edge.Spelt `json:"quantity"`
}

// details are the members of an order that a status answer repeats.
type details struct {
	Options  []paidOption    `json:"payOptionDetails,omitempty"`
	Metadata json.RawMessage `json:"metadata,omitempty"`
}

// storedDetails are details for an answer that repeats them as they were stored.
type storedDetails struct {
	Options  json.RawMessage `json:"payOptionDetails"`
	Metadata json.RawMessage `json:"metadata"`
}

type paidOption struct {
	Method string       `json:"payMethod"`
	Option string       `json:"payOption"`
	Amount money.Rupiah `json:"transAmount"`
}

const (
	maxPartnerRef = 64
	maxOptions    = 10
)

// optional reads an optional member.
func optional(name string, data json.RawMessage, v any) error {
	if data = bytes.TrimSpace(data); len(data) == 0 || string(data) == "null" {
		return nil
	}
	return edge.Loosely(name, data, v)
}

// free reads an optional object with any members. It also accepts [], which is how PHP
// writes an empty object.
func free(name string, data json.RawMessage, v any) error {
	if data = bytes.TrimSpace(data); len(data) > 0 && data[0] == '[' && len(bytes.TrimSpace(data[1:len(data)-1])) == 0 {
		return nil
	}
	return optional(name, data, v)
}

// orderOf validates the body and returns the order.
func (d *door) orderOf(c *call, in order, more additional) (o payment.Order, err error) {
	if err := partnerReference("partnerReferenceNo", in.PartnerRef); err != nil {
		return o, err
	}
	if err := within("merchantId", in.MerchantID, maxPartnerRef); err != nil {
		return o, err
	}
	details := details{Metadata: more.Metadata}
	if details.Options, o.Amount, err = options(in.Options); err != nil {
		return o, err
	}
	if o.Until, err = d.validUpTo(in.ValidUpTo, c.skew); err != nil {
		return o, err
	}
	text, err := encoded(details)
	o.MiniAppID, o.Via, o.PartnerRef, o.ExternalID = c.App.ID, payment.BySnap, in.PartnerRef, c.request.ID
	o.Title, o.Details = titleOf(in, more), string(text)
	return o, err
}

// partnerReference checks a number that the mini app chose: letters, digits, dash,
// underscore, tilde and dot.
func partnerReference(name, ref string) error {
	switch {
	case ref == "":
		return problem.New(edge.FieldBlank, "%s is missing or empty", name)
	case len(ref) > maxPartnerRef:
		return problem.New(edge.FieldLong, "%s is longer than %d characters", name, maxPartnerRef)
	case !payment.ReferenceText(ref):
		return problem.New(edge.FieldWrong, "%s %q: letters, digits, dash, underscore, tilde and dot only", name, edge.Excerpt(ref))
	}
	return nil
}

// options reads the payment options, and returns their total.
func options(list []option) (paid []paidOption, sum money.Rupiah, err error) {
	if len(list) == 0 {
		return nil, 0, problem.New(edge.FieldBlank, "payOptionDetails is missing or empty; send one with payMethod, payOption and transAmount")
	}
	if len(list) > maxOptions {
		return nil, 0, problem.New(edge.FieldLong, "payOptionDetails has %d entries; at most %d", len(list), maxOptions)
	}
	for i, one := range list {
		name := "payOptionDetails[" + strconv.Itoa(i) + "]"
		if !strings.EqualFold(one.Method, "GOPAY") {
			return nil, 0, problem.New(edge.FieldWrong, "%s.payMethod must be GOPAY, got %q", name, edge.Excerpt(one.Method))
		}
		if err := within(name+".payOption", one.Option, maxPartnerRef); err != nil {
			return nil, 0, err
		}
		amount, err := one.Amount.rupiah(name + ".transAmount")
		if err != nil {
			return nil, 0, err
		}
		sum += amount
		paid = append(paid, paidOption{one.Method, one.Option, amount})
	}
	return paid, sum, nil
}

// validUpTo reads the expiry of a payment, in the time of the sender's clock; zero if
// it is absent. A later time than the longest lifetime of a payment is reduced to that,
// because the documentation's own examples exceed it.
func (d *door) validUpTo(text string, ahead time.Duration) (until time.Time, err error) {
	if text == "" {
		return until, nil
	}
	if until, err = signature.ParseTime(text); err != nil {
		return until, problem.New(edge.FieldWrong, "validUpTo %q: it reads 2026-12-31T23:59:59+07:00", edge.Excerpt(text))
	}
	until = until.Add(ahead)
	if last := d.Clock.Now().Add(payment.MaxLife); until.After(last) {
		return last, nil
	}
	return until, nil
}

const maxTitle = 64

// titleOf returns the title that the sheet shows.
func titleOf(in order, more additional) string {
	title := in.PartnerRef
	if len(more.Items) > 0 {
		title = cmp.Or(oneLine(more.Items[0].Name), title)
	}
	if runes := []rune(title); len(runes) > maxTitle {
		title = string(runes[:maxTitle-1]) + "…"
	}
	if others := len(more.Items) - 1; others > 0 {
		title += " +" + strconv.Itoa(others)
	}
	return title
}
